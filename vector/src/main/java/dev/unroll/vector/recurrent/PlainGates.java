package dev.unroll.vector.recurrent;

import dev.unroll.vector.base.VectorMath;

/**
 * The gates of {@link GateLoops} without vectors, to the same bits: {@link Spans.Function}s, whose
 * lines stand in the same order.
 */
final class PlainGates {
    private PlainGates() {}

    static void sigmoid(int n, float[][] data, int[] at) {
        float[] x = data[0];
        for (int k = at[0]; k < at[0] + n; k++) {
            x[k] = VectorMath.sigmoid(x[k]);
        }
    }

    static void tanh(int n, float[][] data, int[] at) {
        float[] x = data[0];
        for (int k = at[0]; k < at[0] + n; k++) {
            x[k] = VectorMath.tanh(x[k]);
        }
    }

    static void relu(int n, float[][] data, int[] at) {
        float[] x = data[0];
        for (int k = at[0]; k < at[0] + n; k++) {
            x[k] = Math.max(x[k], 0);
        }
    }

    /** Lines: c and h, written; i, f, g, o, the cell before. */
    static void lstm(int n, float[][] data, int[] at) {
        float[] i = data[2];
        float[] f = data[3];
        float[] g = data[4];
        float[] o = data[5];
        float[] last = data[6];
        for (int k = 0; k < n; k++) {
            float product = i[at[2] + k] * g[at[4] + k];
            float c = Math.fma(f[at[3] + k], last[at[6] + k], product);
            data[0][at[0] + k] = c;
            data[1][at[1] + k] = o[at[5] + k] * VectorMath.tanh(c);
        }
    }

    /** Lines: y, written; r, the state before. */
    static void gruReset(int n, float[][] data, int[] at) {
        for (int k = 0; k < n; k++) {
            data[0][at[0] + k] = data[1][at[1] + k] * data[2][at[2] + k];
        }
    }

    /** Lines: g, written; r, y. */
    static void gruAddReset(int n, float[][] data, int[] at) {
        float[] g = data[0];
        for (int k = 0; k < n; k++) {
            g[at[0] + k] = Math.fma(data[1][at[1] + k], data[2][at[2] + k], g[at[0] + k]);
        }
    }

    /** Lines: g and h, written; z, the state before. */
    static void gru(int n, float[][] data, int[] at) {
        for (int k = 0; k < n; k++) {
            float g = VectorMath.tanh(data[0][at[0] + k]);
            float difference = data[3][at[3] + k] - g;
            data[0][at[0] + k] = g;
            data[1][at[1] + k] = Math.fma(data[2][at[2] + k], difference, g);
        }
    }
}
