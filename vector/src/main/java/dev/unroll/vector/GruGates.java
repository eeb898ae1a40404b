package dev.unroll.vector;

import static dev.unroll.vector.LstmGates.rise;
import static dev.unroll.vector.LstmGates.slope;
import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** What a GRU does to one row between two products, and its derivative. */
final class GruGates {
    private GruGates() {}

    private static VectorMask<Float> lanes(int k, int n) {
        return S.indexInRange(k, n);
    }

    /** z = σ(z), n numbers. */
    static void sigmoid(int n, float[] z, int at) {
        int k = 0;
        for (; k <= n - L; k += L) {
            VectorMath.sigmoid(FloatVector.fromArray(S, z, at + k)).intoArray(z, at + k);
        }
        if (k < n) {
            VectorMask<Float> rest = lanes(k, n);
            VectorMath.sigmoid(FloatVector.fromArray(S, z, at + k, rest))
                    .intoArray(z, at + k, rest);
        }
    }

    /** y = a ⊙ b. */
    static void times(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] = a[aAt + k] * b[bAt + k];
        }
    }

    /** y += a ⊙ b. */
    static void addTimes(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] += a[aAt + k] * b[bAt + k];
        }
    }

    /**
     * The candidate and the new state: g = tanh(g), h = (1 − z) ⊙ g + z ⊙ last.
     *
     * @param x [3·n] the gates r and z, activated, and the sum of g; g is activated in place
     */
    static void forward(int n, float[] x, int xAt, float[] last, int lastAt, float[] h, int hAt) {
        for (int k = 0; k < n; k += L) {
            VectorMask<Float> mask = lanes(k, n);
            FloatVector z = FloatVector.fromArray(S, x, xAt + n + k, mask);
            FloatVector g = VectorMath.tanh(FloatVector.fromArray(S, x, xAt + 2 * n + k, mask));
            FloatVector before = FloatVector.fromArray(S, last, lastAt + k, mask);
            g.intoArray(x, xAt + 2 * n + k, mask);
            z.fma(before.sub(g), g).intoArray(h, hAt + k, mask);
        }
    }

    /**
     * Back to the sums of z and g, and straight to the state before.
     *
     * @param x [3·n] the activated gates r, z, g; z and g are replaced by the gradients of their
     *     sums
     * @param dh [n] gradient of the state from outside
     * @param next [n] gradient of the state from the step after; replaced by what reaches the state
     *     before through z ⊙ last
     */
    static void backward(
            int n,
            float[] x,
            int xAt,
            float[] last,
            int lastAt,
            float[] dh,
            int dhAt,
            float[] next,
            int nextAt) {
        for (int k = 0; k < n; k += L) {
            VectorMask<Float> mask = lanes(k, n);
            FloatVector d =
                    FloatVector.fromArray(S, dh, dhAt + k, mask)
                            .add(FloatVector.fromArray(S, next, nextAt + k, mask));
            FloatVector z = FloatVector.fromArray(S, x, xAt + n + k, mask);
            FloatVector g = FloatVector.fromArray(S, x, xAt + 2 * n + k, mask);
            FloatVector before = FloatVector.fromArray(S, last, lastAt + k, mask);
            d.mul(z).intoArray(next, nextAt + k, mask);
            d.mul(before.sub(g)).mul(rise(z)).intoArray(x, xAt + n + k, mask);
            d.mul(FloatVector.broadcast(S, 1).sub(z))
                    .mul(slope(g))
                    .intoArray(x, xAt + 2 * n + k, mask);
        }
    }

    /**
     * Back through g + r ⊙ y, with y = last·Wn + bn.
     *
     * @param x [3·n] r, the gradient of z's sum and that of g's; r is replaced by that of its sum
     * @param y [n] replaced by its gradient
     */
    static void resetAfter(int n, float[] x, int xAt, float[] y, int yAt) {
        for (int k = 0; k < n; k += L) {
            VectorMask<Float> mask = lanes(k, n);
            FloatVector r = FloatVector.fromArray(S, x, xAt + k, mask);
            FloatVector d = FloatVector.fromArray(S, x, xAt + 2 * n + k, mask);
            d.mul(FloatVector.fromArray(S, y, yAt + k, mask))
                    .mul(rise(r))
                    .intoArray(x, xAt + k, mask);
            d.mul(r).intoArray(y, yAt + k, mask);
        }
    }

    /**
     * Back through r ⊙ last.
     *
     * @param x [3·n] its first n are r; replaced by the gradient of r's sum
     * @param d [n] gradient of the product
     * @param next [n] gradient of last; added to
     */
    static void resetBefore(
            int n,
            float[] x,
            int xAt,
            float[] last,
            int lastAt,
            float[] d,
            int dAt,
            float[] next,
            int nextAt) {
        for (int k = 0; k < n; k += L) {
            VectorMask<Float> mask = lanes(k, n);
            FloatVector r = FloatVector.fromArray(S, x, xAt + k, mask);
            FloatVector gradient = FloatVector.fromArray(S, d, dAt + k, mask);
            gradient.fma(r, FloatVector.fromArray(S, next, nextAt + k, mask))
                    .intoArray(next, nextAt + k, mask);
            gradient.mul(FloatVector.fromArray(S, last, lastAt + k, mask))
                    .mul(rise(r))
                    .intoArray(x, xAt + k, mask);
        }
    }
}
