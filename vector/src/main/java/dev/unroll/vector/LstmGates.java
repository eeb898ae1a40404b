package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/** What an LSTM does to one row between two products, and its derivative. */
final class LstmGates {
    private static final VectorMask<Float> ALL = S.maskAll(true);

    private LstmGates() {}

    /**
     * @param n number of hidden units
     * @param z [4·n] sums of the gates i, f, g, o; activated in place
     * @param last [n] the cell before
     * @param c [n] the cell, written
     * @param h [n] the state, written
     */
    static void forward(
            int n,
            float[] z,
            int zAt,
            float[] last,
            int lastAt,
            float[] c,
            int cAt,
            float[] h,
            int hAt) {
        int k = 0;
        for (; k <= n - L; k += L) {
            forward(n, z, zAt + k, last, lastAt + k, c, cAt + k, h, hAt + k, ALL);
        }
        if (k < n) {
            VectorMask<Float> rest = S.indexInRange(k, n);
            forward(n, z, zAt + k, last, lastAt + k, c, cAt + k, h, hAt + k, rest);
        }
    }

    private static void forward(
            int n,
            float[] z,
            int zAt,
            float[] last,
            int lastAt,
            float[] c,
            int cAt,
            float[] h,
            int hAt,
            VectorMask<Float> mask) {
        FloatVector i = VectorMath.sigmoid(FloatVector.fromArray(S, z, zAt, mask));
        FloatVector f = VectorMath.sigmoid(FloatVector.fromArray(S, z, zAt + n, mask));
        FloatVector g = VectorMath.tanh(FloatVector.fromArray(S, z, zAt + 2 * n, mask));
        FloatVector o = VectorMath.sigmoid(FloatVector.fromArray(S, z, zAt + 3 * n, mask));
        FloatVector next = f.fma(FloatVector.fromArray(S, last, lastAt, mask), i.mul(g));
        i.intoArray(z, zAt, mask);
        f.intoArray(z, zAt + n, mask);
        g.intoArray(z, zAt + 2 * n, mask);
        o.intoArray(z, zAt + 3 * n, mask);
        next.intoArray(c, cAt, mask);
        o.mul(VectorMath.tanh(next)).intoArray(h, hAt, mask);
    }

    /**
     * @param n number of hidden units
     * @param z [4·n] the activated gates; replaced by the gradients of their sums
     * @param last [n] the cell before
     * @param c [n] the cell
     * @param dh [n] gradient of the state from outside
     * @param dc [n] gradient of the cell from outside, or null: none
     * @param nextH [n] gradient of the state from the step after
     * @param nextC [n] gradient of the cell from the step after; replaced by that of the cell
     *     before
     */
    static void backward(
            int n,
            float[] z,
            int zAt,
            float[] last,
            int lastAt,
            float[] c,
            int cAt,
            float[] dh,
            int dhAt,
            float @Nullable [] dc,
            int dcAt,
            float[] nextH,
            int nextHAt,
            float[] nextC,
            int nextCAt) {
        if (dc != null) {
            add(n, dc, dcAt, nextC, nextCAt);
        }
        int k = 0;
        for (; k <= n - L; k += L) {
            backward(
                    n,
                    z,
                    zAt + k,
                    last,
                    lastAt + k,
                    c,
                    cAt + k,
                    dh,
                    dhAt + k,
                    nextH,
                    nextHAt + k,
                    nextC,
                    nextCAt + k,
                    ALL);
        }
        if (k < n) {
            backward(
                    n,
                    z,
                    zAt + k,
                    last,
                    lastAt + k,
                    c,
                    cAt + k,
                    dh,
                    dhAt + k,
                    nextH,
                    nextHAt + k,
                    nextC,
                    nextCAt + k,
                    S.indexInRange(k, n));
        }
    }

    private static void backward(
            int n,
            float[] z,
            int zAt,
            float[] last,
            int lastAt,
            float[] c,
            int cAt,
            float[] dh,
            int dhAt,
            float[] nextH,
            int nextHAt,
            float[] nextC,
            int nextCAt,
            VectorMask<Float> mask) {
        FloatVector i = FloatVector.fromArray(S, z, zAt, mask);
        FloatVector f = FloatVector.fromArray(S, z, zAt + n, mask);
        FloatVector g = FloatVector.fromArray(S, z, zAt + 2 * n, mask);
        FloatVector o = FloatVector.fromArray(S, z, zAt + 3 * n, mask);
        FloatVector t = VectorMath.tanh(FloatVector.fromArray(S, c, cAt, mask));
        FloatVector d =
                FloatVector.fromArray(S, dh, dhAt, mask)
                        .add(FloatVector.fromArray(S, nextH, nextHAt, mask));
        FloatVector e =
                d.mul(o).fma(slope(t), FloatVector.fromArray(S, nextC, nextCAt, mask)); // of c
        e.mul(f).intoArray(nextC, nextCAt, mask);
        e.mul(g).mul(rise(i)).intoArray(z, zAt, mask);
        e.mul(FloatVector.fromArray(S, last, lastAt, mask))
                .mul(rise(f))
                .intoArray(z, zAt + n, mask);
        e.mul(i).mul(slope(g)).intoArray(z, zAt + 2 * n, mask);
        d.mul(t).mul(rise(o)).intoArray(z, zAt + 3 * n, mask);
    }

    /** tanh′ from y = tanh: 1 − y². */
    static FloatVector slope(FloatVector y) {
        return y.neg().fma(y, FloatVector.broadcast(S, 1));
    }

    /** σ′ from y = σ: y·(1 − y). */
    static FloatVector rise(FloatVector y) {
        return y.mul(FloatVector.broadcast(S, 1).sub(y));
    }

    private static void add(int n, float[] x, int xAt, float[] y, int yAt) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] += x[xAt + k];
        }
    }
}
