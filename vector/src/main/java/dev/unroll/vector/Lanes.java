package dev.unroll.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and extremes of a run of floats. A sum has one order whatever the number of threads: each
 * lane adds every so-many-th number, then the lanes are added in their order, which reduceLanes
 * does not promise.
 */
final class Lanes {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /** Lanes of a vector. */
    static final int COUNT = S.length();

    private Lanes() {}

    /** Σ x. */
    static float sum(float[] x, int at, int n) {
        FloatVector sum = FloatVector.zero(S);
        int j = 0;
        for (; j + COUNT <= n; j += COUNT) {
            sum = sum.add(FloatVector.fromArray(S, x, at + j));
        }
        float total = sum(sum);
        for (; j < n; j++) {
            total += x[at + j];
        }
        return total;
    }

    /** Σ x·y. */
    static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        FloatVector sum = FloatVector.zero(S);
        int j = 0;
        for (; j + COUNT <= n; j += COUNT) {
            FloatVector a = FloatVector.fromArray(S, x, xAt + j);
            sum = a.fma(FloatVector.fromArray(S, y, yAt + j), sum);
        }
        float total = sum(sum);
        for (; j < n; j++) {
            total = Math.fma(x[xAt + j], y[yAt + j], total);
        }
        return total;
    }

    /** The largest; −∞ of none. */
    static float max(float[] x, int at, int n) {
        FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        int j = 0;
        for (; j + COUNT <= n; j += COUNT) {
            max = max.max(FloatVector.fromArray(S, x, at + j));
        }
        float most = max.reduceLanes(VectorOperators.MAX);
        for (; j < n; j++) {
            most = Math.max(most, x[at + j]);
        }
        return most;
    }

    /** Σ e^(x − shift). */
    static float sumExp(float[] x, int at, int n, float shift) {
        FloatVector sum = FloatVector.zero(S);
        int j = 0;
        for (; j + COUNT <= n; j += COUNT) {
            sum = sum.add(VectorMath.exp(FloatVector.fromArray(S, x, at + j).sub(shift)));
        }
        float total = sum(sum);
        if (j < n) {
            total += sum(expTail(x, at + j, n - j, shift));
        }
        return total;
    }

    /** ln Σ eˣ without overflow; −∞ where every x is. */
    static float logSum(float[] x, int at, int n) {
        float max = max(x, at, n);
        if (max == Float.NEGATIVE_INFINITY) {
            return max;
        }
        return max + (float) Math.log(sumExp(x, at, n, max));
    }

    /** e^(x − shift) of fewer numbers than a vector has lanes; 0 in the others. */
    private static FloatVector expTail(float[] x, int at, int n, float shift) {
        var in = S.indexInRange(0, n);
        FloatVector e = VectorMath.exp(FloatVector.fromArray(S, x, at, in).sub(shift));
        return FloatVector.zero(S).blend(e, in);
    }

    /** The lanes added in their order, in pairs. */
    static float sum(FloatVector x) {
        float sum = 0;
        for (float lane : x.toArray()) {
            sum += lane;
        }
        return sum;
    }
}
