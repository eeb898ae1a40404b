package dev.unroll.vector;

import static dev.unroll.backend.ArrayBuffer.floats;

import dev.unroll.backend.Normalisation;
import dev.unroll.backend.View;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax and norms, row by row; threads share rows. Gradients of gains and biases are sums over
 * rows in their order; there the threads share columns.
 */
final class VectorNormalisation implements Normalisation {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 13;

    private final Workers workers;

    VectorNormalisation(Workers workers) {
        this.workers = workers;
    }

    /** Does something with each row. */
    @FunctionalInterface
    private interface Row {
        void at(int i);
    }

    private void rows(View x, Row row) {
        workers.ranges(
                x.dim(0),
                LEAST / Math.max(1, x.dim(1)) + 1,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        row.at(i);
                    }
                });
    }

    @Override
    public void softmax(View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int n = x.dim(1);
        rows(
                x,
                i -> {
                    int at = x.offset() + i * n;
                    int to = y.offset() + i * n;
                    float max = finite(Lanes.max(in, at, n));
                    float share = 1 / Lanes.sumExp(in, at, n, max);
                    for (int j = 0; j < n; j += S.length()) {
                        VectorMask<Float> m = S.indexInRange(j, n);
                        VectorMath.exp(FloatVector.fromArray(S, in, at + j, m).sub(max))
                                .mul(share)
                                .intoArray(out, to + j, m);
                    }
                });
    }

    /** What is taken away before the powers: of a row of −∞ alone, nothing. */
    private static float finite(float max) {
        return max == Float.NEGATIVE_INFINITY ? 0 : max;
    }

    @Override
    public void softmaxBackward(View y, View dy, View dx) {
        float[] p = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int n = y.dim(1);
        rows(
                y,
                i -> {
                    int pAt = y.offset() + i * n;
                    int upAt = dy.offset() + i * n;
                    float dot = Lanes.dot(p, pAt, up, upAt, n);
                    for (int j = 0; j < n; j += S.length()) {
                        VectorMask<Float> in = S.indexInRange(j, n);
                        FloatVector d = FloatVector.fromArray(S, up, upAt + j, in).sub(dot);
                        FloatVector.fromArray(S, p, pAt + j, in)
                                .mul(d)
                                .intoArray(out, dx.offset() + i * n + j, in);
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
                i -> {
                    int at = x.offset() + i * n;
                    float max = finite(Lanes.max(in, at, n));
                    float logSum = (float) Math.log(Lanes.sumExp(in, at, n, max));
                    for (int j = 0; j < n; j += S.length()) {
                        VectorMask<Float> m = S.indexInRange(j, n);
                        FloatVector.fromArray(S, in, at + j, m)
                                .sub(max)
                                .sub(logSum)
                                .intoArray(out, y.offset() + i * n + j, m);
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
                i -> {
                    int upAt = dy.offset() + i * n;
                    float sum = Lanes.sum(up, upAt, n);
                    for (int j = 0; j < n; j += S.length()) {
                        VectorMask<Float> m = S.indexInRange(j, n);
                        FloatVector p =
                                VectorMath.exp(
                                        FloatVector.fromArray(S, log, y.offset() + i * n + j, m));
                        FloatVector.fromArray(S, up, upAt + j, m)
                                .sub(p.mul(sum))
                                .intoArray(out, dx.offset() + i * n + j, m);
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
                i -> {
                    int at = x.offset() + i * n;
                    float centre = Lanes.sum(in, at, n) / n;
                    // what the rounding of the mean left, or large means would cost precision
                    float rest = differences(in, at, n, centre) / n;
                    float variance = squares(in, at, n, centre) / n - rest * rest;
                    float r = (float) (1 / Math.sqrt(variance + epsilon));
                    for (int j = 0; j < n; j += S.length()) {
                        VectorMask<Float> m = S.indexInRange(j, n);
                        FloatVector.fromArray(S, in, at + j, m)
                                .sub(centre)
                                .sub(rest)
                                .mul(r)
                                .mul(FloatVector.fromArray(S, g, gain.offset() + j, m))
                                .add(FloatVector.fromArray(S, b, bias.offset() + j, m))
                                .intoArray(out, y.offset() + i * n + j, m);
                    }
                    means[mean.offset() + i] = centre;
                    inverses[inverse.offset() + i] = r;
                });
    }

    /** Σ (x − centre). */
    private static float differences(float[] x, int at, int n, float centre) {
        FloatVector sum = FloatVector.zero(S);
        int j = 0;
        for (; j + S.length() <= n; j += S.length()) {
            sum = sum.add(FloatVector.fromArray(S, x, at + j).sub(centre));
        }
        float total = Lanes.sum(sum);
        for (; j < n; j++) {
            total += x[at + j] - centre;
        }
        return total;
    }

    /** Σ (x − centre)². */
    private static float squares(float[] x, int at, int n, float centre) {
        FloatVector sum = FloatVector.zero(S);
        int j = 0;
        for (; j + S.length() <= n; j += S.length()) {
            FloatVector d = FloatVector.fromArray(S, x, at + j).sub(centre);
            sum = d.fma(d, sum);
        }
        float total = Lanes.sum(sum);
        for (; j < n; j++) {
            total = Math.fma(x[at + j] - centre, x[at + j] - centre, total);
        }
        return total;
    }

    @Override
    public void layerNormBackward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias) {
        float[] centres = floats(mean.buffer());
        rows(x, i -> slopes(x, gain, centres[mean.offset() + i], true, inverse, dy, dx, i));
        columns(x, centres, mean.offset(), inverse, dy, dgain);
        columnSums(dy, dbias);
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
                i -> {
                    int at = x.offset() + i * n;
                    float r = (float) (1 / Math.sqrt(squares(in, at, n, 0) / n + epsilon));
                    for (int j = 0; j < n; j += S.length()) {
                        VectorMask<Float> m = S.indexInRange(j, n);
                        FloatVector.fromArray(S, in, at + j, m)
                                .mul(r)
                                .mul(FloatVector.fromArray(S, g, gain.offset() + j, m))
                                .intoArray(out, y.offset() + i * n + j, m);
                    }
                    inverses[inverse.offset() + i] = r;
                });
    }

    @Override
    public void rmsNormBackward(View x, View gain, View inverse, View dy, View dx, View dgain) {
        rows(x, i -> slopes(x, gain, 0, false, inverse, dy, dx, i));
        columns(x, new float[0], 0, inverse, dy, dgain);
    }

    /**
     * One row of dx = r·(d − Σd/n − u·Σ(d·u)/n) with d = dy ⊙ gain and the normalised u; the first
     * sum is left out where no mean was taken away.
     */
    private static void slopes(
            View x,
            View gain,
            float centre,
            boolean centred,
            View inverse,
            View dy,
            View dx,
            int i) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        float r = floats(inverse.buffer())[inverse.offset() + i];
        int n = x.dim(1);
        int at = x.offset() + i * n;
        int upAt = dy.offset() + i * n;
        FloatVector sums = FloatVector.zero(S);
        FloatVector dots = FloatVector.zero(S);
        for (int j = 0; j < n; j += S.length()) {
            VectorMask<Float> m = S.indexInRange(j, n);
            FloatVector d =
                    FloatVector.fromArray(S, up, upAt + j, m)
                            .mul(FloatVector.fromArray(S, g, gain.offset() + j, m));
            FloatVector u = FloatVector.fromArray(S, in, at + j, m).sub(centre).mul(r);
            sums = sums.add(d);
            dots = d.fma(u, dots); // where u is not of the row, d is 0
        }
        float sum = centred ? Lanes.sum(sums) / n : 0;
        float dot = Lanes.sum(dots) / n;
        for (int j = 0; j < n; j += S.length()) {
            VectorMask<Float> m = S.indexInRange(j, n);
            FloatVector d =
                    FloatVector.fromArray(S, up, upAt + j, m)
                            .mul(FloatVector.fromArray(S, g, gain.offset() + j, m));
            FloatVector u = FloatVector.fromArray(S, in, at + j, m).sub(centre).mul(r);
            d.sub(sum).sub(u.mul(dot)).mul(r).intoArray(out, dx.offset() + i * n + j, m);
        }
    }

    /** dgain = Σ over rows of dy ⊙ (x − mean)·inverse; no means: 0. */
    private void columns(View x, float[] means, int meanAt, View inverse, View dy, View dgain) {
        float[] in = floats(x.buffer());
        float[] up = floats(dy.buffer());
        float[] inverses = floats(inverse.buffer());
        float[] out = floats(dgain.buffer());
        int n = x.dim(1);
        strips(
                x,
                (j, m) -> {
                    FloatVector sum = FloatVector.zero(S);
                    for (int i = 0; i < x.dim(0); i++) {
                        float centre = means.length == 0 ? 0 : means[meanAt + i];
                        FloatVector u =
                                FloatVector.fromArray(S, in, x.offset() + i * n + j, m)
                                        .sub(centre)
                                        .mul(inverses[inverse.offset() + i]);
                        sum = FloatVector.fromArray(S, up, dy.offset() + i * n + j, m).fma(u, sum);
                    }
                    sum.intoArray(out, dgain.offset() + j, m);
                });
    }

    private void columnSums(View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int n = x.dim(1);
        strips(
                x,
                (j, m) -> {
                    FloatVector sum = FloatVector.zero(S);
                    for (int i = 0; i < x.dim(0); i++) {
                        sum = sum.add(FloatVector.fromArray(S, in, x.offset() + i * n + j, m));
                    }
                    sum.intoArray(out, y.offset() + j, m);
                });
    }

    /** Does something with each strip of columns as wide as a vector. */
    @FunctionalInterface
    private interface Strip {
        void at(int j, VectorMask<Float> in);
    }

    private void strips(View x, Strip strip) {
        int n = x.dim(1);
        int all = (n + S.length() - 1) / S.length();
        workers.ranges(
                all,
                LEAST / Math.max(1, x.dim(0) * S.length()) + 1,
                (from, to) -> {
                    for (int j = from * S.length();
                            j < Math.min(n, to * S.length());
                            j += S.length()) {
                        strip.at(j, S.indexInRange(j, n));
                    }
                });
    }
}
