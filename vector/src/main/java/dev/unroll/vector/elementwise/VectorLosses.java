package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Losses;
import dev.unroll.backend.View;
import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.VectorMath;
import dev.unroll.vector.base.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Softmax cross-entropy: three passes over a row that stays in the cache; threads share rows. */
public final class VectorLosses implements Losses {
    /** Logits that are worth a thread. */
    private static final int LEAST = 1 << 13;

    private final Workers workers;

    public VectorLosses(Workers workers) {
        this.workers = workers;
    }

    @Override
    public void crossEntropy(
            View logits, int[] targets, float smoothing, View losses, View logSums) {
        float[] in = floats(logits.buffer());
        float[] out = floats(losses.buffer());
        float[] sums = floats(logSums.buffer());
        int width = logits.dim(1);
        workers.ranges(
                targets.length,
                LEAST / Math.max(1, width) + 1,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int at = logits.offset() + i * width;
                        float logSum = LaneSums.logSum(in, at, width);
                        float loss = 0;
                        if (targets[i] != IGNORED) {
                            float smooth =
                                    smoothing > 0
                                            ? smoothing * (LaneSums.sum(in, at, width) / width)
                                            : 0;
                            loss = logSum - (1 - smoothing) * in[at + targets[i]] - smooth;
                        }
                        out[losses.offset() + i] = loss;
                        sums[logSums.offset() + i] = logSum;
                    }
                });
    }

    @Override
    public void crossEntropyBackward(
            View logits, int[] targets, float smoothing, View logSums, View dlosses, View dlogits) {
        float[] in = floats(logits.buffer());
        float[] out = floats(dlogits.buffer());
        float[] sums = floats(logSums.buffer());
        float[] up = floats(dlosses.buffer());
        int width = logits.dim(1);
        workers.ranges(
                targets.length,
                LEAST / Math.max(1, width) + 1,
                (first, end) -> {
                    for (int i = first; i < end; i++) {
                        int at = dlogits.offset() + i * width;
                        if (targets[i] == IGNORED) {
                            Arrays.fill(out, at, at + width, 0);
                            continue;
                        }
                        float d = up[dlosses.offset() + i];
                        int from = logits.offset() + i * width;
                        float logSum = sums[logSums.offset() + i];
                        slopes(in, from, out, at, width, logSum, smoothing / width, d);
                        out[at + targets[i]] -= d * (1 - smoothing);
                    }
                });
    }

    /** y = d·(e^(x − logSum) − spread). */
    private static void slopes(
            float[] x, int xAt, float[] y, int yAt, int n, float logSum, float spread, float d) {
        int whole = S.loopBound(n);
        vectors(x, xAt, y, yAt, whole, logSum, spread, d);
        if (whole < n) {
            float[] rest = StridedCopy.own().rest;
            System.arraycopy(x, xAt + whole, rest, 0, n - whole);
            vectors(rest, 0, rest, 0, L, logSum, spread, d);
            System.arraycopy(rest, 0, y, yAt + whole, n - whole);
        }
    }

    /** Whole vectors only, as in {@link UnaryLoops}. */
    private static void vectors(
            float[] x, int xAt, float[] y, int yAt, int n, float logSum, float spread, float d) {
        for (int j = 0; j < n; j += L) {
            VectorMath.exp(FloatVector.fromArray(S, x, xAt + j).sub(logSum))
                    .sub(spread)
                    .mul(d)
                    .intoArray(y, yAt + j);
        }
    }
}
