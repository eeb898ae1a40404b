package dev.unroll.vector.base;

import static dev.unroll.vector.base.Species.L;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loops of plain floats that give the same bits as loops of vectors: sums run in as many lanes, and
 * the lanes are added in the same order. For the {@link WarmUp} of a process. A call costs some
 * nanoseconds a number, compiled or not.
 */
public final class ScalarKernels {
    private ScalarKernels() {}

    /** As {@link LaneSums#sum(float[], int, int)}. */
    public static float sum(float[] x, int at, int n) {
        float[] lanes = new float[4 * L];
        int i = 0;
        for (; i <= n - 4 * L; i += 4 * L) {
            for (int l = 0; l < 4 * L; l++) {
                lanes[l] += x[at + i + l];
            }
        }
        for (; i < n; i++) {
            lanes[i & L - 1] += x[at + i];
        }
        for (int l = 0; l < L; l++) {
            lanes[l] = lanes[l] + lanes[L + l] + (lanes[2 * L + l] + lanes[3 * L + l]);
        }
        return total(lanes);
    }

    /** As {@link LaneSums#dot}. */
    public static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        float[] lanes = new float[2 * L];
        int i = 0;
        for (; i <= n - 2 * L; i += 2 * L) {
            for (int l = 0; l < 2 * L; l++) {
                lanes[l] = Math.fma(x[xAt + i + l], y[yAt + i + l], lanes[l]);
            }
        }
        for (; i < n; i++) {
            lanes[i & L - 1] = Math.fma(x[xAt + i], y[yAt + i], lanes[i & L - 1]);
        }
        return totalOfTwo(lanes);
    }

    /** As {@code NormLoops.squares}. */
    public static float squares(float[] x, int at, float mean, int n) {
        float[] lanes = new float[2 * L];
        int i = 0;
        for (; i <= n - 2 * L; i += 2 * L) {
            for (int l = 0; l < 2 * L; l++) {
                float u = x[at + i + l] - mean;
                lanes[l] = Math.fma(u, u, lanes[l]);
            }
        }
        for (; i < n; i++) {
            float u = x[at + i] - mean;
            lanes[i & L - 1] = Math.fma(u, u, lanes[i & L - 1]);
        }
        return totalOfTwo(lanes);
    }

    /** As {@code NormLoops.centred}. */
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
        for (int i = 0; i < n; i++) {
            y[to + i] = Math.fma((x[at + i] - mean) * r, gain[gainAt + i], bias[biasAt + i]);
        }
    }

    /** x + z. */
    public static void add(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = x[at + i] + z[zAt + i];
        }
    }

    /** max(x, 0). */
    public static void relu(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = Math.max(x[at + i], 0);
        }
    }

    /** As {@link LaneSums#peak}. */
    public static float peak(float[] x, int at, int n) {
        float peak = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            peak = Math.max(peak, x[i]);
        }
        return peak == Float.NEGATIVE_INFINITY ? 0 : peak;
    }

    /** As {@code SoftmaxLoops.exponentials}. */
    public static float exponentials(
            float[] x, int at, float m, float @Nullable [] y, int to, int n) {
        float[] lanes = new float[L];
        int whole = n / L * L;
        float sum = 0;
        for (int i = 0; i < n; i++) {
            if (i == whole) {
                sum = total(lanes);
                Arrays.fill(lanes, 0);
            }
            float e = exp(x[at + i] - m);
            if (y != null) {
                y[to + i] = e;
            }
            lanes[i & L - 1] += e;
        }
        return whole == n ? total(lanes) : sum + total(lanes);
    }

    /** As {@link LaneSums#sumExp}. */
    public static float sumExp(float[] x, int at, int n, float m) {
        return exponentials(x, at, m, null, 0, n);
    }

    /** As {@link VectorMath#exp}. */
    public static float exp(float x) {
        if (x > VectorMath.MOST) {
            return Float.POSITIVE_INFINITY;
        }
        if (x < VectorMath.LEAST) {
            return 0;
        }
        float shifted = Math.fma(x, VectorMath.LOG2_E, VectorMath.ROUNDER);
        float n = shifted - VectorMath.ROUNDER;
        float r = Math.fma(n, -VectorMath.LN2_LOW, Math.fma(n, -VectorMath.LN2_HIGH, x));
        float p = 1.9875691500e-4f;
        p = Math.fma(p, r, 1.3981999507e-3f);
        p = Math.fma(p, r, 8.3334519073e-3f);
        p = Math.fma(p, r, 4.1665795894e-2f);
        p = Math.fma(p, r, 1.6666665459e-1f);
        p = Math.fma(p, r, 5.0000001201e-1f);
        float y = Math.fma(p, r * r, r) + 1;
        int whole = Float.floatToRawIntBits(shifted) - VectorMath.ROUNDER_BITS;
        int half = whole >> 1;
        return y * powerOfTwo(half) * powerOfTwo(whole - half);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat(n + VectorMath.EXPONENT_BIAS << VectorMath.MANTISSA);
    }

    /** The first two vectors added, then their lanes. */
    private static float totalOfTwo(float[] lanes) {
        for (int l = 0; l < L; l++) {
            lanes[l] += lanes[L + l];
        }
        return total(lanes);
    }

    /** Σ of the first L lanes, as {@link LaneSums#sum(jdk.incubator.vector.FloatVector)}. */
    private static float total(float[] lanes) {
        for (int half = L / 2; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                lanes[l] += lanes[l + half];
            }
        }
        return lanes[0];
    }
}
