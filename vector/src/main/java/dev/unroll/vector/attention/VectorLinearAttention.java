package dev.unroll.vector.attention;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import dev.unroll.vector.base.Workers;

/**
 * Linear attention in its chunked form, some heads of a sequence on each thread: with chunks of c
 * tokens and heads of width w, some 4·w·(c + w) FLOPs a token and head forward and 10·w·(c + w)
 * backward, whatever the length of the sequence. Besides results one sum a query is stored; weights
 * and states exist in the arrays of a thread only.
 */
public final class VectorLinearAttention implements LinearAttentionOperations {
    /** Shares of the work for each thread, so that one that is held up keeps nobody waiting. */
    private static final int SHARES = 16;

    /** Numbers of states that are worth a thread. */
    private static final int STATES = 1 << 14;

    private final Workers workers;

    /**
     * Makes the operations.
     *
     * @param workers the threads that share the work
     */
    public VectorLinearAttention(Workers workers) {
        this.workers = workers;
    }

    /** Some neighbouring query heads of a sequence. */
    @FunctionalInterface
    private interface Part {
        void run(int sequence, int from, int to);
    }

    /** The query heads that read one key head stay on one thread. */
    private void parts(LinearAttentionShape shape, Part part) {
        int keyHeads = shape.heads().keyHeads();
        int group = shape.heads().group();
        int parts = shape.batch() * keyHeads;
        int most = workers.threads() * SHARES;
        int shares = shape.batch() >= most ? most : Math.min(parts, workers.threads() * 2);
        workers.run(
                shares,
                share -> {
                    int end = (int) ((long) parts * (share + 1) / shares);
                    int i = (int) ((long) parts * share / shares);
                    while (i < end) {
                        int first = i % keyHeads;
                        int count = Math.min(keyHeads - first, end - i);
                        part.run(i / keyHeads, first * group, (first + count) * group);
                        i += count;
                    }
                });
    }

    @Override
    public void attend(LinearAttentionShape shape, Operands x, View y, View sums) {
        parts(shape, (s, from, to) -> LinearHeads.attend(shape, s, from, to, x, y, sums));
    }

    @Override
    public void attendBackward(
            LinearAttentionShape shape, Operands x, View y, View sums, View dy, Operands dx) {
        parts(
                shape,
                (s, from, to) -> LinearHeadsGradient.write(shape, s, from, to, x, y, sums, dy, dx));
    }

    @Override
    public void states(LinearAttentionShape shape, Operands x, View states) {
        parts(
                shape,
                (s, from, to) -> {
                    LinearScratch room = LinearScratch.of(shape.heads());
                    LinearHeads.states(shape, s, from, to, x, room);
                    for (int head = from; head < to; head++) {
                        int at = states.offset() + s * states.strides()[0];
                        room.state(head)
                                .write(
                                        shape.heads(),
                                        floats(states.buffer()),
                                        at + head * shape.heads().state());
                    }
                });
    }

    @Override
    public void step(
            LinearAttentionHeads heads,
            int[] parents,
            Operands x,
            View before,
            View after,
            View y) {
        workers.ranges(
                parents.length * heads.heads(),
                Math.max(1, STATES / heads.state()),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int row = i / heads.heads();
                        step(heads, row, i % heads.heads(), parents[row], x, before, after, y);
                    }
                });
    }

    private static void step(
            LinearAttentionHeads heads,
            int row,
            int head,
            int parent,
            Operands x,
            View before,
            View after,
            View y) {
        int width = heads.width();
        int vw = heads.valueWidth();
        int keyHead = head / heads.group();
        float[] q = floats(x.q().buffer());
        float[] k = floats(x.k().buffer());
        float[] v = floats(x.v().buffer());
        float[] old = floats(before.buffer());
        float[] next = floats(after.buffer());
        float[] result = floats(y.buffer());
        int qAt = at(x.q(), row, head * width);
        int kAt = at(x.k(), row, keyHead * width);
        int vAt = at(x.v(), row, keyHead * vw);
        int from = at(before, parent, head * heads.state());
        int to = at(after, row, head * heads.state());
        int yAt = at(y, row, head * vw);
        View logs = x.logDecays();
        float decay = 1;
        if (logs != null) {
            int logAt = at(logs, row, head * logs.strides()[1]);
            decay = (float) Math.exp(floats(logs.buffer())[logAt]);
        }
        LinearLoops.step(
                old, from, next, to, decay, q, qAt, k, kAt, width, v, vAt, vw, result, yAt);
        float sum = EPSILON;
        for (int i = 0; i < width; i++) {
            float z = old[from + width * vw + i] * decay + k[kAt + i];
            next[to + width * vw + i] = z;
            sum += z * q[qAt + i];
        }
        if (heads.normalised()) {
            LinearLoops.scaled(result, yAt, 1 / sum, result, yAt, vw);
        }
    }

    private static int at(View x, int row, int column) {
        return x.offset() + row * x.strides()[0] + column;
    }
}
