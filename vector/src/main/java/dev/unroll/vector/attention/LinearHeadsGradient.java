package dev.unroll.vector.attention;

import static dev.unroll.vector.attention.LinearScratch.rows;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations.Operands;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.SmallGemm;
import dev.unroll.vector.gemm.Transposing;
import java.util.Arrays;

/**
 * The derivative of linear attention of some heads of one sequence. One pass from the beginning to
 * the end has the state before each chunk, for the gradients of queries, and all that happens
 * inside a chunk; a second one from the end has the state of what comes later, for the rest of the
 * gradients of keys and values. No state is stored. Values have one more number, 1, and its
 * gradient is that of the divisor. The states are turned: [value width + 1, width].
 *
 * <p>The gradient of the logarithm of a decay is the sum of q·dq − k·dk over all tokens from its
 * own on, because a weight depends on the decays through a difference of two sums of logarithms.
 */
final class LinearHeadsGradient {
    private final LinearAttentionShape shape;
    private final LinearAttentionHeads heads;
    private final int width;
    private final int valueWidth;
    private final int s;
    private final int from;
    private final int to;
    private final Operands x;
    private final View y;
    private final View sums;
    private final View dy;
    private final Operands dx;
    private final LinearScratch room;

    private LinearHeadsGradient(
            LinearAttentionShape shape,
            int s,
            int from,
            int to,
            Operands x,
            View y,
            View sums,
            View dy,
            Operands dx) {
        this.shape = shape;
        this.heads = shape.heads();
        this.width = heads.width();
        this.valueWidth = heads.valueWidth();
        this.s = s;
        this.from = from;
        this.to = to;
        this.x = x;
        this.y = y;
        this.sums = sums;
        this.dy = dy;
        this.dx = dx;
        this.room = LinearScratch.of(heads);
    }

    /**
     * Writes the gradients of query heads.
     *
     * @param from the first of all that read some key head
     * @param to one past the last of all that read some key head
     */
    static void write(
            LinearAttentionShape shape,
            int s,
            int from,
            int to,
            Operands x,
            View y,
            View sums,
            View dy,
            Operands dx) {
        LinearHeadsGradient gradient =
                new LinearHeadsGradient(shape, s, from, to, x, y, sums, dy, dx);
        gradient.room.clear(shape.heads(), from, to);
        if (shape.causal()) {
            LinearChunk.forwards(shape, s, from, to, gradient::inside);
            LinearChunk.backwards(shape, s, from, to, gradient::later);
        } else {
            gradient.bothWays();
        }
    }

    private void bothWays() {
        LinearChunk.forwards(
                shape,
                s,
                from,
                to,
                chunk -> {
                    readAhead(chunk);
                    chunk.decays(null, room);
                    up(chunk);
                    turnValues(chunk);
                    remember(chunk);
                    rememberLater(chunk);
                });
        LinearChunk.forwards(
                shape,
                s,
                from,
                to,
                chunk -> {
                    readAhead(chunk);
                    chunk.readAhead(dx, from, to, room);
                    up(chunk);
                    turnValues(chunk);
                    readQueries(chunk, false);
                    readKeys(chunk, more(chunk));
                    turnLater(chunk);
                    Matrix toValues = chunk.ofKeys(dx.v(), valueWidth);
                    Matrix later = rows(room.turnedLater, width, valueWidth);
                    SmallGemm.multiply(chunk.ofKeys(x.k(), width), later, toValues, more(chunk));
                });
    }

    /** {@return whether another head has already written the gradients of keys and values} */
    private boolean more(LinearChunk chunk) {
        return chunk.head() % heads.group() != 0;
    }

    private void readAhead(LinearChunk chunk) {
        chunk.readAhead(x, from, to, room);
        chunk.readAhead(y, from, to, room);
        chunk.readAhead(dy, from, to, room);
    }

    /** What the tokens of a chunk are to each other, and what those before are to its queries. */
    private void inside(LinearChunk chunk) {
        readAhead(chunk);
        chunk.readAhead(dx, from, to, room);
        int n = chunk.tokens();
        int padded = chunk.padded();
        chunk.decays(x.logDecays(), room);
        Matrix up = up(chunk);
        Matrix keys = chunk.ofKeys(x.k(), width);
        Matrix queries = chunk.ofQueries(x.q(), width);
        AttentionLoops.turn(queries, room.queries, padded);
        Matrix turned = rows(room.queries, width, padded);
        SmallGemm.multiply(keys, turned, rows(room.weights, n, padded), false);
        Matrix turnedUp = rows(room.turnedUp, valueWidth, padded);
        Matrix slopes = rows(room.slopes, n, padded);
        SmallGemm.multiply(chunk.ofKeys(x.v(), valueWidth), turnedUp, slopes, false);
        LinearLoops.decayBoth(
                room.weights,
                room.slopes,
                room.decays,
                n,
                padded,
                room.turnedUp,
                valueWidth * padded);
        Matrix byQuery = new Matrix(room.slopes, 0, n, n, 1, padded);
        SmallGemm.multiply(byQuery, keys, chunk.ofQueries(dx.q(), width), false);
        Matrix weights = rows(room.weights, n, n, padded);
        SmallGemm.multiply(weights, up, chunk.ofKeys(dx.v(), valueWidth), more(chunk));
        if (!chunk.first()) {
            decay(room.turnedUp, padded, room.upTo);
            readQueries(chunk, true);
        }
        startSlopes(chunk);
        addToKeys(chunk, rows(room.slopes, n, n, padded), queries, more(chunk));
        if (!chunk.last()) {
            turnValues(chunk);
            decay(room.values, padded, room.after);
            remember(chunk);
        }
    }

    /** What the keys and values of a chunk are to the queries of later chunks. */
    private void later(LinearChunk chunk) {
        readAhead(chunk);
        chunk.readAhead(dx, from, to, room);
        int padded = chunk.padded();
        chunk.decays(x.logDecays(), room);
        if (!chunk.last()) {
            turnValues(chunk);
            decay(room.values, padded, room.after);
            Matrix keys = chunk.ofKeys(x.k(), width);
            turnLater(chunk);
            LinearLoops.scaleRows(keys, room.after, room.keys);
            SmallGemm.multiply(
                    rows(room.keys, chunk.tokens(), width),
                    rows(room.turnedLater, width, valueWidth),
                    chunk.ofKeys(dx.v(), valueWidth),
                    true);
            readKeys(chunk, true);
        }
        finishSlopes(chunk);
        if (!chunk.first()) {
            up(chunk);
            decay(room.turnedUp, padded, room.upTo);
            rememberLater(chunk);
        }
    }

    /**
     * Gradients of the sums, dy/divisor, and as columns with those of the divisor, −(y·dy)/divisor,
     * in the last row.
     *
     * @return by rows
     */
    private Matrix up(LinearChunk chunk) {
        int n = chunk.tokens();
        int padded = chunk.padded();
        Matrix up = chunk.ofQueries(dy, valueWidth);
        int last = valueWidth * padded;
        Arrays.fill(room.turnedUp, last, last + padded, 0);
        if (heads.normalised()) {
            Matrix divisors = chunk.numbers(sums);
            Matrix results = chunk.ofQueries(y, valueWidth);
            for (int t = 0; t < n; t++) {
                float share = 1 / divisors.data()[divisors.index(t, 0)];
                int to = t * valueWidth;
                LinearLoops.scaled(up.data(), up.index(t, 0), share, room.up, to, valueWidth);
                room.turnedUp[last + t] =
                        -LaneSums.dot(results.data(), results.index(t, 0), room.up, to, valueWidth);
            }
            up = rows(room.up, n, valueWidth);
        }
        AttentionLoops.turn(up, room.turnedUp, padded);
        return up;
    }

    /** Values as columns, and ones. */
    private void turnValues(LinearChunk chunk) {
        int padded = chunk.padded();
        AttentionLoops.turn(chunk.ofKeys(x.v(), valueWidth), room.values, padded);
        int last = valueWidth * padded;
        Arrays.fill(room.values, last, last + chunk.tokens(), 1);
        Arrays.fill(room.values, last + chunk.tokens(), last + padded, 0);
    }

    private void decay(float[] columns, int padded, float[] factors) {
        if (x.logDecays() != null) {
            LinearLoops.scaleColumns(columns, valueWidth + 1, padded, factors);
        }
    }

    /** dq = Sᵀ·up, or dq += Sᵀ·up. */
    private void readQueries(LinearChunk chunk, boolean add) {
        Matrix up = new Matrix(room.turnedUp, 0, chunk.tokens(), valueWidth + 1, 1, chunk.padded());
        Matrix state = rows(room.state(chunk).before, valueWidth + 1, width);
        SmallGemm.multiply(up, state, chunk.ofQueries(dx.q(), width), add);
    }

    /** dk = R·v, or dk += R·v, with the state R of later queries. */
    private void readKeys(LinearChunk chunk, boolean add) {
        Matrix values =
                new Matrix(room.values, 0, chunk.tokens(), valueWidth + 1, 1, chunk.padded());
        addToKeys(chunk, values, rows(room.state(chunk).later, valueWidth + 1, width), add);
    }

    /** dk = a·b, or dk += a·b, and k·(a·b) to the gradients of the decays. */
    private void addToKeys(LinearChunk chunk, Matrix a, Matrix b, boolean add) {
        Matrix gradient = chunk.ofKeys(dx.k(), width);
        View logs = dx.logDecays();
        if (logs == null) {
            SmallGemm.multiply(a, b, gradient, add);
            return;
        }
        Matrix part = rows(room.keys, chunk.tokens(), width); // of this head only
        SmallGemm.multiply(a, b, part, false);
        Matrix slopes = chunk.numbers(logs);
        Matrix keys = chunk.ofKeys(x.k(), width);
        for (int t = 0; t < chunk.tokens(); t++) {
            int at = part.index(t, 0);
            slopes.data()[slopes.index(t, 0)] -=
                    LaneSums.dot(part.data(), at, keys.data(), keys.index(t, 0), width);
            int to = gradient.index(t, 0);
            if (add) {
                LinearLoops.add(part.data(), at, gradient.data(), to, width);
            } else {
                System.arraycopy(part.data(), at, gradient.data(), to, width);
            }
        }
    }

    /** q·dq, which is complete, where the gradients of the decays will be. */
    private void startSlopes(LinearChunk chunk) {
        View logs = dx.logDecays();
        if (logs == null) {
            return;
        }
        Matrix slopes = chunk.numbers(logs);
        Matrix queries = chunk.ofQueries(x.q(), width);
        Matrix gradient = chunk.ofQueries(dx.q(), width);
        for (int t = 0; t < chunk.tokens(); t++) {
            slopes.data()[slopes.index(t, 0)] =
                    LaneSums.dot(
                            queries.data(),
                            queries.index(t, 0),
                            gradient.data(),
                            gradient.index(t, 0),
                            width);
        }
    }

    /** From q·dq − k·dk of each token to the sums from each token on. */
    private void finishSlopes(LinearChunk chunk) {
        View logs = dx.logDecays();
        if (logs == null) {
            return;
        }
        LinearState state = room.state(chunk);
        Matrix slopes = chunk.numbers(logs);
        for (int t = chunk.tokens() - 1; t >= 0; t--) {
            int at = slopes.index(t, 0);
            state.slopes += slopes.data()[at];
            slopes.data()[at] = (float) state.slopes;
        }
        if (chunk.first()) {
            slopes.data()[slopes.index(0, 0)] = 0; // nothing comes before
        }
    }

    /** S = decays·S + Σ v·kᵀ over a chunk, with v as it lies turned in its array. */
    private void remember(LinearChunk chunk) {
        extend(chunk, room.state(chunk).before, room.values, chunk.ofKeys(x.k(), width));
    }

    /** The same for what comes later: Σ up·qᵀ. */
    private void rememberLater(LinearChunk chunk) {
        extend(chunk, room.state(chunk).later, room.turnedUp, chunk.ofQueries(x.q(), width));
    }

    private void extend(LinearChunk chunk, float[] state, float[] turned, Matrix b) {
        if (x.logDecays() != null) {
            LinearLoops.scale(state, heads.state(), room.upTo[chunk.tokens() - 1]);
        }
        Matrix a = rows(turned, valueWidth + 1, chunk.tokens(), chunk.padded());
        SmallGemm.multiply(a, b, rows(state, valueWidth + 1, width), true);
    }

    private void turnLater(LinearChunk chunk) {
        Matrix later = rows(room.state(chunk).later, valueWidth, width);
        Transposing.rows(later, room.turnedLater, 0, valueWidth);
    }
}
