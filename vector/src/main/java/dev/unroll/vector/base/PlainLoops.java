package dev.unroll.vector.base;

import static dev.unroll.vector.base.Species.L;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loops of plain floats that give the same bits as loops of vectors: sums run in as many lanes, and
 * the lanes are added in the same order. For a process in which the compiler has not seen the loops
 * of vectors yet. A call costs some nanoseconds a number, compiled or not.
 */
public final class PlainLoops {
    private PlainLoops() {}

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

    /** As {@code NormLoops.scaled}. */
    public static void scaled(
            float[] x, int at, float r, float[] gain, int gainAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = x[at + i] * r * gain[gainAt + i];
        }
    }

    /** As {@code SoftmaxLoops.less}. */
    public static void less(float[] x, int at, float m, float s, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = x[at + i] - m - s;
        }
    }

    /** As {@link LaneSums#max}. */
    public static float max(float[] x, int at, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    /** As {@link LaneSums#peak}. */
    public static float peak(float[] x, int at, int n) {
        float peak = max(x, at, n);
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
            float e = VectorMath.expOrZero(x[at + i] - m);
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

    /** As {@link ColumnSums#sum}. */
    public static void columnSums(
            float[] x, int at, int step, int rows, int width, float[] y, int to) {
        Arrays.fill(y, to, to + width, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                y[to + j] += x[at + i * step + j];
            }
        }
    }

    /** As {@link ColumnSums#max}. */
    public static void columnMaxima(
            float[] x, int at, int step, int rows, int width, float[] y, int to) {
        Arrays.fill(y, to, to + width, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                y[to + j] = Math.max(y[to + j], x[at + i * step + j]);
            }
        }
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
