package dev.unroll.vector.recurrent;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.recurrent.Pieces.Piece;
import java.util.Arrays;

/**
 * y[t] = a[t − shift] ⊙ y[t−1] + x[t] over all pieces. Where a sequence is cut, that takes three
 * phases: each piece by itself, from a state of 0, with the product of its factors; the states
 * between the pieces, one after another; each piece again, from its state.
 *
 * @param shift 0, or 1: each step takes the factor of the step before, and the first has none
 * @param a [rows, width]
 * @param x [rows, width]
 * @param first [batch, width], what the first step continues; not read where it has no factor
 * @param y [rows, width], written
 * @param plain without vectors, to the same bits
 */
record PieceScan(Pieces pieces, int shift, View a, View x, View first, View y, boolean plain) {

    /** What follows a step while its row is in the first cache. */
    @FunctionalInterface
    interface Then {
        /**
         * @param t the step
         * @param column the first of some columns
         * @param columns how many
         */
        void step(int sequence, int t, int column, int columns);
    }

    void run(Workers workers, Then then) {
        int room = pieces.cut() ? pieces.all().size() * pieces.width() : 0;
        ArrayBuffer starts = Workspace.allocate(room); // the state before each piece
        ArrayBuffer products = Workspace.allocate(room);
        if (room > 0) {
            float[] s = floats(starts);
            float[] p = floats(products);
            pieces.run(workers, (piece, j, n) -> alone(piece, j, n, s, p));
            pieces.all().forEach(piece -> join(piece, s, p));
        }
        pieces.run(workers, (piece, j, n) -> whole(piece, j, n, floats(starts), then));
        Workspace.release(products);
        Workspace.release(starts);
    }

    /** The end of a piece from a state of 0, where the next one starts; the product of factors. */
    private void alone(Piece piece, int column, int n, float[] starts, float[] products) {
        if (piece.last()) {
            return;
        }
        int end = (piece.number() + 1) * pieces.width() + column;
        int product = piece.number() * pieces.width() + column;
        Arrays.fill(starts, end, end + n, 0);
        Arrays.fill(products, product, product + n, 1);
        for (int t = piece.from(); t < piece.to(); t++) {
            int from = at(x, piece, t, column);
            if (t < shift) {
                System.arraycopy(floats(x.buffer()), from, starts, end, n);
                continue;
            }
            float[] factors = floats(a.buffer());
            int factor = at(a, piece, t - shift, column);
            ScanLoops.advance(
                    factors, factor, starts, end, floats(x.buffer()), from, starts, end, n, plain);
            ScanLoops.multiply(factors, factor, products, product, products, product, n, plain);
        }
    }

    /** Adds to the start of the next piece what this one makes of its own start. */
    private void join(Piece piece, float[] starts, float[] products) {
        if (piece.last() || piece.from() < shift) {
            return;
        }
        int n = pieces.width();
        int next = (piece.number() + 1) * n;
        float[] before = piece.from() == 0 ? floats(first.buffer()) : starts;
        int at = piece.from() == 0 ? first.offset() + piece.sequence() * n : next - n;
        ScanLoops.advance(products, next - n, before, at, starts, next, starts, next, n, plain);
    }

    /** All steps of a piece, from its start. */
    private void whole(Piece piece, int column, int n, float[] starts, Then then) {
        float[] states = floats(y.buffer());
        float[] before = piece.from() == 0 ? floats(first.buffer()) : starts;
        int start = piece.from() == 0 ? first.offset() : 0;
        int row = piece.from() == 0 ? piece.sequence() : piece.number();
        int last = start + row * pieces.width() + column;
        for (int t = piece.from(); t < piece.to(); t++) {
            int from = at(x, piece, t, column);
            int to = at(y, piece, t, column);
            if (t < shift) {
                System.arraycopy(floats(x.buffer()), from, states, to, n);
            } else {
                ScanLoops.advance(
                        floats(a.buffer()),
                        at(a, piece, t - shift, column),
                        before,
                        last,
                        floats(x.buffer()),
                        from,
                        states,
                        to,
                        n,
                        plain);
            }
            then.step(piece.sequence(), t, column, n);
            before = states;
            last = to;
        }
    }

    /** Where the columns of a step lie. */
    private int at(View view, Piece piece, int t, int column) {
        return view.offset() + pieces.order().row(piece.sequence(), t) * pieces.width() + column;
    }
}
