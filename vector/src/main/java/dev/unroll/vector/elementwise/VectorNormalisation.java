package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Normalisation;
import dev.unroll.backend.View;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.ColumnSums;
import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.PlainLoops;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.Workers;
import java.util.Arrays;

/**
 * Softmax and norms, rows spread over threads. Gradients of gain and bias are sums over the rows of
 * fixed blocks, added in order, so threads change no bit.
 *
 * @param workers the threads that share the work
 * @param plain without vectors, to the same bits; derivatives and group norm have no such loops
 */
public record VectorNormalisation(Workers workers, boolean plain) implements Normalisation {
    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 12;

    /** Rows of a block of the sums over rows. */
    private static final int BLOCK = 64;

    private void rows(View x, Workers.Range range) {
        workers.ranges(x.dim(0), Math.max(1, LEAST / Math.max(1, x.dim(1))), range);
    }

    @Override
    public void softmax(View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int n = x.dim(1);
        rows(
                x,
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int at = x.offset() + i * n;
                        int to = y.offset() + i * n;
                        SoftmaxLoops.softmax(in, at, out, to, n, plain);
                    }
                });
    }

    @Override
    public void softmaxBackward(View y, View dy, View dx) {
        float[] p = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int n = y.dim(1);
        rows(
                y,
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int at = y.offset() + i * n;
                        int dyAt = dy.offset() + i * n;
                        float dot = LaneSums.dot(p, at, up, dyAt, n);
                        SoftmaxLoops.backward(p, at, up, dyAt, dot, out, dx.offset() + i * n, n);
                    }
                });
    }

    @Override
    public void logSoftmax(View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int n = x.dim(1);
        rows(
                x,
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int at = x.offset() + i * n;
                        SoftmaxLoops.logSoftmax(in, at, out, y.offset() + i * n, n, plain);
                    }
                });
    }

    @Override
    public void logSoftmaxBackward(View y, View dy, View dx) {
        float[] log = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int n = y.dim(1);
        rows(
                y,
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int at = y.offset() + i * n;
                        int dyAt = dy.offset() + i * n;
                        float sum = LaneSums.sum(up, dyAt, n);
                        SoftmaxLoops.logBackward(
                                log, at, up, dyAt, sum, out, dx.offset() + i * n, n);
                    }
                });
    }

    @Override
    public void layerNorm(
            View x, View gain, View bias, float epsilon, View y, View mean, View inverse) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] b = floats(bias.buffer());
        float[] out = floats(y.buffer());
        float[] means = floats(mean.buffer());
        float[] inverses = floats(inverse.buffer());
        int n = x.dim(1);
        rows(
                x,
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int at = x.offset() + i * n;
                        float m =
                                plain ? PlainLoops.sum(in, at, n) / n : LaneSums.sum(in, at, n) / n;
                        float squares =
                                plain
                                        ? PlainLoops.squares(in, at, m, n)
                                        : NormLoops.squares(in, at, m, n);
                        float r = (float) (1 / Math.sqrt((double) squares / n + epsilon));
                        means[mean.offset() + i] = m;
                        inverses[inverse.offset() + i] = r;
                        int to = y.offset() + i * n;
                        if (plain) {
                            PlainLoops.centred(
                                    in, at, m, r, g, gain.offset(), b, bias.offset(), out, to, n);
                            continue;
                        }
                        NormLoops.centred(
                                in, at, m, r, g, gain.offset(), b, bias.offset(), out, to, n);
                    }
                });
    }

    @Override
    public void layerNormBackward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] means = floats(mean.buffer());
        float[] inverses = floats(inverse.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int n = x.dim(1);
        blocks(
                x.dim(0),
                n,
                (from, end, parts, part, count) -> {
                    float[] sums = StridedCopy.own().sums;
                    for (int i = from; i < end; i++) {
                        int at = x.offset() + i * n;
                        int dyAt = dy.offset() + i * n;
                        float m = means[mean.offset() + i];
                        float r = inverses[inverse.offset() + i];
                        int next = part + count * n;
                        NormLoops.layerSums(
                                in,
                                at,
                                m,
                                r,
                                g,
                                gain.offset(),
                                up,
                                dyAt,
                                parts,
                                part,
                                next,
                                sums,
                                n);
                        int to = dx.offset() + i * n;
                        NormLoops.slopes(
                                in, at, m, r, g, gain.offset(), up, dyAt, out, to, sums, n);
                    }
                },
                dgain,
                dbias);
    }

    @Override
    public void rmsNorm(View x, View gain, float epsilon, View y, View inverse) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] out = floats(y.buffer());
        float[] inverses = floats(inverse.buffer());
        int n = x.dim(1);
        rows(
                x,
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int at = x.offset() + i * n;
                        int to = y.offset() + i * n;
                        float squares =
                                plain
                                        ? PlainLoops.squares(in, at, 0, n)
                                        : NormLoops.squares(in, at, 0, n);
                        float r = (float) (1 / Math.sqrt((double) squares / n + epsilon));
                        if (plain) {
                            PlainLoops.scaled(in, at, r, g, gain.offset(), out, to, n);
                        } else {
                            NormLoops.scaled(in, at, r, g, gain.offset(), out, to, n);
                        }
                        inverses[inverse.offset() + i] = r;
                    }
                });
    }

    @Override
    public void rmsNormBackward(View x, View gain, View inverse, View dy, View dx, View dgain) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] inverses = floats(inverse.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int n = x.dim(1);
        blocks(
                x.dim(0),
                n,
                (from, end, parts, part, count) -> {
                    float[] sums = StridedCopy.own().sums;
                    for (int i = from; i < end; i++) {
                        int at = x.offset() + i * n;
                        int dyAt = dy.offset() + i * n;
                        float r = inverses[inverse.offset() + i];
                        NormLoops.rmsSums(
                                in, at, r, g, gain.offset(), up, dyAt, parts, part, sums, n);
                        int to = dx.offset() + i * n;
                        NormLoops.slopes(
                                in, at, 0, r, g, gain.offset(), up, dyAt, out, to, sums, n);
                    }
                },
                dgain);
    }

    @Override
    public void groupNorm(
            View x, View gain, View bias, float epsilon, View y, View mean, View inverse) {
        new VectorGroupNorm(workers).forward(x, gain, bias, epsilon, y, mean, inverse);
    }

    @Override
    public void groupNormBackward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias) {
        new VectorGroupNorm(workers).backward(x, gain, mean, inverse, dy, dx, dgain, dbias);
    }

    /** Some rows, whose sums are written. */
    @FunctionalInterface
    private interface Block {
        /**
         * @param from first row
         * @param end one past the last
         * @param parts sums of all blocks; those of these rows are 0 at first
         * @param part where the first kind of sum lies; each further one {@code count} rows on
         */
        void run(int from, int end, float[] parts, int part, int count);
    }

    /**
     * Runs all rows in fixed blocks; then adds up what they have left, for each result by itself.
     */
    private void blocks(int rows, int width, Block block, View... results) {
        int count = (rows + BLOCK - 1) / BLOCK;
        ArrayBuffer room = Workspace.allocate(count * width * results.length);
        float[] parts = floats(room);
        workers.ranges(
                count,
                Math.max(1, LEAST / BLOCK / Math.max(1, width)),
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int part = i * width;
                        for (int r = 0; r < results.length; r++) {
                            int at = part + r * count * width;
                            Arrays.fill(parts, at, at + width, 0);
                        }
                        block.run(i * BLOCK, Math.min(rows, (i + 1) * BLOCK), parts, part, count);
                    }
                });
        for (int r = 0; r < results.length; r++) {
            View y = results[r];
            int at = r * count * width;
            ColumnSums.sum(parts, at, width, count, width, floats(y.buffer()), y.offset());
        }
        Workspace.release(room);
    }
}
