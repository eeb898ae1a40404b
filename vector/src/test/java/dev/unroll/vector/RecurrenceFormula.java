package dev.unroll.vector;

import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;

/**
 * The cells' formulas row by row in double precision.
 *
 * @param n hidden units
 */
record RecurrenceFormula(TimeMajorSteps steps, int n) {

    /** Elman 1990: h = f(x + h·Wh). */
    double[] elman(Unary f, float[] x, float[] wh, float[] h0) {
        double[] h = new double[steps.rows() * n];
        for (int row = 0; row < steps.rows(); row++) {
            double[] before = before(h, h0, row);
            for (int k = 0; k < n; k++) {
                double z = x[row * n + k] + column(before, wh, k);
                h[row * n + k] = f.value(z);
            }
        }
        return h;
    }

    /** Gates after activation, and states. */
    record Lstm(double[] gates, double[] h, double[] c) {}

    /** Hochreiter and Schmidhuber 1997, with Gers' forget gate. */
    Lstm lstm(float[] x, float[] wh, float[] h0, float[] c0) {
        int rows = steps.rows();
        Lstm out = new Lstm(new double[rows * 4 * n], new double[rows * n], new double[rows * n]);
        for (int row = 0; row < rows; row++) {
            double[] h = before(out.h, h0, row);
            double[] c = before(out.c, c0, row);
            for (int k = 0; k < n; k++) {
                double[] z = new double[4];
                for (int g = 0; g < 4; g++) {
                    z[g] = x[row * 4 * n + g * n + k] + column(h, wh, g * n + k);
                    z[g] = g == 2 ? Math.tanh(z[g]) : sigmoid(z[g]);
                    out.gates[row * 4 * n + g * n + k] = z[g];
                }
                out.c[row * n + k] = z[1] * c[k] + z[0] * z[2];
                out.h[row * n + k] = z[3] * Math.tanh(out.c[row * n + k]);
            }
        }
        return out;
    }

    /** Cho et al. 2014, or with the reset gate after the product. */
    double[] gru(boolean resetAfter, float[] x, float[] wh, float[] bn, float[] h0) {
        double[] out = new double[steps.rows() * n];
        for (int row = 0; row < steps.rows(); row++) {
            double[] h = before(out, h0, row);
            double[] r = new double[n];
            double[] reset = new double[n];
            for (int k = 0; k < n; k++) {
                r[k] = sigmoid(x[row * 3 * n + k] + column(h, wh, k));
                reset[k] = r[k] * h[k];
            }
            for (int k = 0; k < n; k++) {
                double z = sigmoid(x[row * 3 * n + n + k] + column(h, wh, n + k));
                double inner =
                        resetAfter
                                ? r[k] * (column(h, wh, 2 * n + k) + bn[k])
                                : column(reset, wh, 2 * n + k);
                double g = Math.tanh(x[row * 3 * n + 2 * n + k] + inner);
                out[row * n + k] = (1 - z) * g + z * h[k];
            }
        }
        return out;
    }

    /** The state a row continues. */
    private double[] before(double[] states, float[] first, int row) {
        int step = 0;
        int start = 0;
        while (row >= start + steps.sizes()[step]) {
            start += steps.sizes()[step++];
        }
        double[] before = new double[n];
        for (int k = 0; k < n; k++) {
            before[k] =
                    step == 0
                            ? first[row * n + k]
                            : states[(row - steps.sizes()[step - 1]) * n + k];
        }
        return before;
    }

    /** One column of h·w. */
    private double column(double[] h, float[] w, int column) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += h[k] * w[k * (w.length / n) + column];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
