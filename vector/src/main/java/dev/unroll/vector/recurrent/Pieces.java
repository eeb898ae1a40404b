package dev.unroll.vector.recurrent;

import dev.unroll.backend.Scan;
import dev.unroll.vector.base.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * The sequences of a batch, of which long ones of narrow rows are cut in time. Where, depends on
 * the length and the width alone, so that neither neighbours nor threads change a bit.
 *
 * @param all in the order of the sequences and of their steps; none for an empty sequence
 * @param order of the rows
 * @param width numbers in a row
 */
record Pieces(List<Piece> all, Scan.Order order, int width) {
    /** Steps of a piece, at least. */
    static final int STEPS = 512;

    /** Rows of so many numbers have enough columns for all threads. */
    static final int WIDE = 256;

    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 14;

    /** Columns are dealt in lines of the cache. */
    private static final int LINE = 16;

    /**
     * Some steps of a sequence.
     *
     * @param number its place among all
     * @param sequence of the batch
     * @param from its first step
     * @param to the step after its last
     * @param last whether the sequence ends with it
     */
    record Piece(int number, int sequence, int from, int to, boolean last) {}

    static Pieces of(Scan.Order order, int width) {
        List<Piece> all = new ArrayList<>();
        for (int s = 0; s < order.batch(); s++) {
            int length = order.length(s);
            int count = width < WIDE ? Math.max(1, length / STEPS) : 1;
            for (int i = 0; i < count && length > 0; i++) {
                int from = (int) ((long) length * i / count);
                int to = (int) ((long) length * (i + 1) / count);
                all.add(new Piece(all.size(), s, from, to, i == count - 1));
            }
        }
        return new Pieces(all, order, width);
    }

    /** {@return whether any sequence is cut} */
    boolean cut() {
        return all.stream().anyMatch(piece -> !piece.last);
    }

    /** Work on some columns of a piece. */
    @FunctionalInterface
    interface Work {
        void run(Piece piece, int column, int columns);
    }

    /** All columns of every piece once, on several threads. */
    void run(Workers workers, Work work) {
        long numbers = 0;
        for (Piece piece : all) {
            numbers += (long) (piece.to - piece.from) * width;
        }
        if (workers.threads() == 1 || numbers < 2 * LEAST) {
            all.forEach(piece -> work.run(piece, 0, width));
            return;
        }
        long grain = Math.max(LEAST, numbers / (4L * workers.threads()));
        int lines = (width + LINE - 1) / LINE;
        List<Runnable> parts = new ArrayList<>();
        for (Piece piece : all) {
            long own = (long) (piece.to - piece.from) * width;
            int stripes = (int) Math.min(lines, (own + grain - 1) / grain);
            for (int i = 0; i < stripes; i++) {
                int from = lines * i / stripes * LINE;
                int to = Math.min(width, lines * (i + 1) / stripes * LINE);
                parts.add(() -> work.run(piece, from, to - from));
            }
        }
        workers.run(parts.size(), i -> parts.get(i).run());
    }
}
