package dev.unroll.vector.attention;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.LinearAttention;
import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import dev.unroll.vector.base.Workers;

/**
 * Linear attention in its chunked form, one (sequence, key head) after another on each thread: with
 * chunks of c tokens, 4·c·width + 4·width² FLOPs a token and head forward, and two and a half times
 * as many backward, whatever the length of the sequence. Nothing but results is stored.
 */
public final class VectorLinearAttention implements LinearAttention {
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

    /** A sequence and a query head. */
    @FunctionalInterface
    private interface Part {
        void run(int sequence, int head);
    }

    /** The query heads that read one key head stay on one thread, in order. */
    private void parts(LinearAttentionShape shape, Part part) {
        int keyHeads = shape.heads().keyHeads();
        int group = shape.heads().group();
        int parts = shape.batch() * keyHeads;
        int shares = Math.min(parts, workers.threads() * SHARES);
        workers.run(
                shares,
                share -> {
                    int end = (int) ((long) parts * (share + 1) / shares);
                    for (int i = (int) ((long) parts * share / shares); i < end; i++) {
                        int first = i % keyHeads * group;
                        for (int head = first; head < first + group; head++) {
                            part.run(i / keyHeads, head);
                        }
                    }
                });
    }

    @Override
    public void attend(LinearAttentionShape shape, Operands x, View y, View sums) {
        parts(shape, (s, head) -> LinearHead.attend(shape, s, head, x, y, sums));
    }

    @Override
    public void attendBackward(
            LinearAttentionShape shape, Operands x, View y, View sums, View dy, Operands dx) {
        parts(shape, (s, head) -> LinearHeadGradient.write(shape, s, head, x, y, sums, dy, dx));
    }

    @Override
    public void states(LinearAttentionShape shape, Operands x, View states) {
        LinearAttentionHeads heads = shape.heads();
        int sums = heads.width() * heads.valueWidth();
        parts(
                shape,
                (s, head) -> {
                    LinearScratch room = LinearScratch.of(heads);
                    LinearHead.state(shape, s, head, x, room);
                    int to = states.offset() + s * states.strides()[0] + head * heads.state();
                    System.arraycopy(room.state, 0, floats(states.buffer()), to, sums);
                    System.arraycopy(
                            room.keySums, 0, floats(states.buffer()), to + sums, heads.width());
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
