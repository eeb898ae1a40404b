package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.SUB;

import dev.unroll.backend.Binary;
import dev.unroll.vector.base.LaneSums;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Layer norm of one row and its derivative. RMS norm is the same with a mean of 0 that has no
 * derivative. The row stays in the first cache, so all of it costs one pass over memory.
 */
public final class NormLoops {
    private NormLoops() {}

    /** x = x + fx, n numbers. */
    public static void add(float[] x, int at, float[] fx, int fxAt, int n) {
        BinaryLoops.run(Binary.PLUS, x, at, fx, fxAt, x, at, n);
    }

    /** y = (x − mean)/√(variance + ε)·gain + bias of one row; y may be x. */
    public static void layer(
            float[] x,
            int at,
            float[] gain,
            int gainAt,
            float[] bias,
            int biasAt,
            float epsilon,
            float[] y,
            int to,
            int n) {
        float mean = LaneSums.sum(x, at, n) / n;
        float squares = squares(x, at, mean, n);
        float r = (float) (1 / Math.sqrt((double) squares / n + epsilon));
        centred(x, at, mean, r, gain, gainAt, bias, biasAt, y, to, n);
    }

    /** Σ (x − mean)². */
    public static float squares(float[] x, int at, float mean, int n) {
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
        return LaneSums.sum(a.add(b));
    }

    /** y = (x − mean)·r·gain + bias. */
    public static void centred(
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
    public static void scaled(
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
     * The sums of the derivative of one row of layer norm, with d = dy·gain and normal = (x −
     * mean)·r.
     *
     * @param sums [2·L] lanes of Σd, then of Σ(d·normal), written
     * @param parts where both sums for the rows lie
     * @param dgainAt [n] dy·normal is added
     * @param dbiasAt [n] dy is added
     */
    static void layerSums(
            float[] x,
            int at,
            float mean,
            float r,
            float[] gain,
            int gainAt,
            float[] dy,
            int dyAt,
            float[] parts,
            int dgainAt,
            int dbiasAt,
            float[] sums,
            int n) {
        FloatVector sum = FloatVector.zero(S);
        FloatVector dot = sum;
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector normal = FloatVector.fromArray(S, x, at + i).sub(mean).mul(r);
            FloatVector up = FloatVector.fromArray(S, dy, dyAt + i);
            FloatVector d = up.mul(FloatVector.fromArray(S, gain, gainAt + i));
            FloatVector g = FloatVector.fromArray(S, parts, dgainAt + i);
            normal.fma(up, g).intoArray(parts, dgainAt + i);
            FloatVector.fromArray(S, parts, dbiasAt + i).add(up).intoArray(parts, dbiasAt + i);
            sum = d.add(sum);
            dot = d.fma(normal, dot);
        }
        sum.intoArray(sums, 0);
        dot.intoArray(sums, L);
        for (; i < n; i++) {
            float normal = (x[at + i] - mean) * r;
            float up = dy[dyAt + i];
            float d = up * gain[gainAt + i];
            parts[dgainAt + i] = Math.fma(normal, up, parts[dgainAt + i]);
            parts[dbiasAt + i] += up;
            sums[0] += d;
            sums[L] = Math.fma(d, normal, sums[L]);
        }
    }

    /**
     * The sum of the derivative of one row of RMS norm, as in {@link #layerSums}.
     *
     * @param sums [2·L] zeros, then lanes of Σ(d·normal), written
     */
    static void rmsSums(
            float[] x,
            int at,
            float r,
            float[] gain,
            int gainAt,
            float[] dy,
            int dyAt,
            float[] dgain,
            int dgainAt,
            float[] sums,
            int n) {
        FloatVector dot = FloatVector.zero(S);
        dot.intoArray(sums, 0);
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector normal = FloatVector.fromArray(S, x, at + i).mul(r);
            FloatVector up = FloatVector.fromArray(S, dy, dyAt + i);
            FloatVector d = up.mul(FloatVector.fromArray(S, gain, gainAt + i));
            FloatVector g = FloatVector.fromArray(S, dgain, dgainAt + i);
            normal.fma(up, g).intoArray(dgain, dgainAt + i);
            dot = d.fma(normal, dot);
        }
        dot.intoArray(sums, L);
        for (; i < n; i++) {
            float normal = x[at + i] * r;
            float up = dy[dyAt + i];
            dgain[dgainAt + i] = Math.fma(normal, up, dgain[dgainAt + i]);
            sums[L] = Math.fma(up * gain[gainAt + i], normal, sums[L]);
        }
    }

    /**
     * dx = r·(d − Σd/n − normal·Σ(d·normal)/n) with d = dy·gain and normal = (x − mean)·r.
     *
     * @param sums [2·L] as the methods above leave them; used up
     */
    static void slopes(
            float[] x,
            int at,
            float mean,
            float r,
            float[] gain,
            int gainAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int to,
            float[] sums,
            int n) {
        float sum = halved(sums, 0) / n;
        float dot = -halved(sums, L) / n;
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector normal = FloatVector.fromArray(S, x, at + i).sub(mean).mul(r);
            FloatVector d =
                    FloatVector.fromArray(S, dy, dyAt + i)
                            .mul(FloatVector.fromArray(S, gain, gainAt + i));
            normal.fma(FloatVector.broadcast(S, dot), d.sub(sum)).mul(r).intoArray(dx, to + i);
        }
        for (; i < n; i++) {
            float normal = (x[at + i] - mean) * r;
            float d = dy[dyAt + i] * gain[gainAt + i];
            dx[to + i] = Math.fma(normal, dot, d - sum) * r;
        }
    }

    /**
     * Σ of L numbers, halves on halves, in place. From memory, because a method that takes a vector
     * may not be inlined where much else is, and then every vector of the loop becomes an object:
     * the derivative of layer norm was seen at 2 ms instead of 0.1.
     */
    private static float halved(float[] x, int at) {
        for (int half = L / 2; half > 0; half /= 2) {
            for (int i = at; i < at + half; i++) {
                x[i] += x[i + half];
            }
        }
        return x[at];
    }
}
