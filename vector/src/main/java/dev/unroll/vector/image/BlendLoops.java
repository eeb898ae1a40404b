package dev.unroll.vector.image;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Runs of numbers mixed. */
final class BlendLoops {
    private BlendLoops() {}

    /** y = (1 − share)·a + share·b; a alone if the share is 0. */
    static void mix(float[] a, int aAt, float[] b, int bAt, float share, float[] y, int to, int n) {
        if (share == 0) {
            System.arraycopy(a, aAt, y, to, n);
            return;
        }
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector v = FloatVector.fromArray(S, a, aAt + i).mul(1 - share);
            FloatVector w = FloatVector.fromArray(S, b, bAt + i);
            w.fma(FloatVector.broadcast(S, share), v).intoArray(y, to + i);
        }
        if (i < n) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, a, aAt + i, lanes).mul(1 - share);
            FloatVector w = FloatVector.fromArray(S, b, bAt + i, lanes);
            w.fma(FloatVector.broadcast(S, share), v).intoArray(y, to + i, lanes);
        }
    }

    /** y += share·x. */
    static void add(float[] x, int at, float share, float[] y, int to, int n) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            FloatVector w = FloatVector.fromArray(S, y, to + i);
            v.fma(FloatVector.broadcast(S, share), w).intoArray(y, to + i);
        }
        if (i < n) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, at + i, lanes);
            FloatVector w = FloatVector.fromArray(S, y, to + i, lanes);
            v.fma(FloatVector.broadcast(S, share), w).intoArray(y, to + i, lanes);
        }
    }

    /** y += Σ shares[sAt + i·sStep]·x[i], rows of x so far apart, four at a time. */
    static void addRows(
            int rows,
            float[] x,
            int at,
            int xStep,
            float[] shares,
            int sAt,
            int sStep,
            float[] y,
            int to,
            int n) {
        int r = 0;
        for (; r <= rows - 4; r += 4) {
            int from = at + r * xStep;
            int s = sAt + r * sStep;
            FloatVector s0 = FloatVector.broadcast(S, shares[s]);
            FloatVector s1 = FloatVector.broadcast(S, shares[s + sStep]);
            FloatVector s2 = FloatVector.broadcast(S, shares[s + 2 * sStep]);
            FloatVector s3 = FloatVector.broadcast(S, shares[s + 3 * sStep]);
            int i = 0;
            for (; i <= n - L; i += L) {
                FloatVector v = FloatVector.fromArray(S, y, to + i);
                v = FloatVector.fromArray(S, x, from + i).fma(s0, v);
                v = FloatVector.fromArray(S, x, from + xStep + i).fma(s1, v);
                v = FloatVector.fromArray(S, x, from + 2 * xStep + i).fma(s2, v);
                v = FloatVector.fromArray(S, x, from + 3 * xStep + i).fma(s3, v);
                v.intoArray(y, to + i);
            }
            for (; i < n; i++) {
                float v = Math.fma(x[from + i], shares[s], y[to + i]);
                v = Math.fma(x[from + xStep + i], shares[s + sStep], v);
                v = Math.fma(x[from + 2 * xStep + i], shares[s + 2 * sStep], v);
                y[to + i] = Math.fma(x[from + 3 * xStep + i], shares[s + 3 * sStep], v);
            }
        }
        for (; r < rows; r++) {
            add(x, at + r * xStep, shares[sAt + r * sStep], y, to, n);
        }
    }
}
