package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;
import static jdk.incubator.vector.VectorOperators.SUB;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Layer norm of one row and its derivative. RMS norm is the same with a mean of 0 that has no
 * derivative. The row stays in the first cache, so all of it costs one pass over memory.
 */
final class NormLoops {
    private NormLoops() {}

    /** Σ (x − mean)². */
    static float squares(float[] x, int at, float mean, int n) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * L; i += 2 * L) {
            FloatVector u = FloatVector.fromArray(S, x, at + i).sub(mean);
            FloatVector v = FloatVector.fromArray(S, x, at + i + L).sub(mean);
            a = u.fma(u, a);
            b = v.fma(v, b);
        }
        for (; i < n; i += L) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            FloatVector u = FloatVector.fromArray(S, x, at + i, rest).lanewise(SUB, mean, rest);
            a = u.fma(u, a);
        }
        return Lanes.sum(a.add(b));
    }

    /** y = (x − mean)·r·gain + bias. */
    static void centred(
            float[] x,
            int at,
            float mean,
            float r,
            float[] gain,
            int gainAt,
            float[] bias,
            int biasAt,
            float[] y,
            int to,
            int n) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector g = FloatVector.fromArray(S, gain, gainAt + i);
            FloatVector b = FloatVector.fromArray(S, bias, biasAt + i);
            FloatVector.fromArray(S, x, at + i).sub(mean).mul(r).fma(g, b).intoArray(y, to + i);
        }
        if (i < n) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            FloatVector g = FloatVector.fromArray(S, gain, gainAt + i, rest);
            FloatVector b = FloatVector.fromArray(S, bias, biasAt + i, rest);
            FloatVector.fromArray(S, x, at + i, rest)
                    .sub(mean)
                    .mul(r)
                    .fma(g, b)
                    .intoArray(y, to + i, rest);
        }
    }

    /** y = x·r·gain. */
    static void scaled(
            float[] x, int at, float r, float[] gain, int gainAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector.fromArray(S, x, at + i, lanes)
                    .mul(r)
                    .mul(FloatVector.fromArray(S, gain, gainAt + i, lanes))
                    .intoArray(y, to + i, lanes);
        }
    }

    /**
     * dx = r·(d − Σd/n − normal·Σ(d·normal)/n) with d = dy·gain and normal = (x − mean)·r.
     *
     * @param centred whether the mean has a derivative: without it the first sum is left out
     * @param dgain [n] dy·normal is added
     */
    static void backward(
            float[] x,
            int at,
            float mean,
            float r,
            boolean centred,
            float[] gain,
            int gainAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int to,
            float[] dgain,
            int dgainAt,
            int n) {
        FloatVector sums = FloatVector.zero(S);
        FloatVector dots = sums;
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector normal = FloatVector.fromArray(S, x, at + i).sub(mean).mul(r);
            FloatVector up = FloatVector.fromArray(S, dy, dyAt + i);
            FloatVector d = up.mul(FloatVector.fromArray(S, gain, gainAt + i));
            normal.fma(up, FloatVector.fromArray(S, dgain, dgainAt + i))
                    .intoArray(dgain, dgainAt + i);
            sums = sums.add(d);
            dots = d.fma(normal, dots);
        }
        if (i < n) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            FloatVector normal = FloatVector.fromArray(S, x, at + i, rest).sub(mean).mul(r);
            FloatVector up = FloatVector.fromArray(S, dy, dyAt + i, rest);
            FloatVector d = up.mul(FloatVector.fromArray(S, gain, gainAt + i, rest));
            normal.fma(up, FloatVector.fromArray(S, dgain, dgainAt + i, rest))
                    .intoArray(dgain, dgainAt + i, rest);
            sums = sums.add(d);
            dots = dots.add(d.mul(normal), rest);
        }
        float sum = centred ? Lanes.sum(sums) / n : 0;
        FloatVector dot = FloatVector.broadcast(S, -Lanes.sum(dots) / n);
        for (i = 0; i < n; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector normal = FloatVector.fromArray(S, x, at + i, lanes).sub(mean).mul(r);
            FloatVector d =
                    FloatVector.fromArray(S, dy, dyAt + i, lanes)
                            .mul(FloatVector.fromArray(S, gain, gainAt + i, lanes));
            normal.fma(dot, d.sub(sum)).mul(r).intoArray(dx, to + i, lanes);
        }
    }
}
