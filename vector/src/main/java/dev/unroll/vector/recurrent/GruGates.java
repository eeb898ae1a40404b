package dev.unroll.vector.recurrent;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.base.VectorMath;
import jdk.incubator.vector.FloatVector;

/** The gates of a GRU between two products, and their derivatives: {@link Spans.Function}s. */
final class GruGates {
    private GruGates() {}

    /** Lines: y, written: r ⊙ last; r; last. */
    static void reset(int n, float[][] data, int[] at) {
        float[] ys = data[0];
        float[] rs = data[1];
        float[] lasts = data[2];
        int yAt = at[0];
        int rAt = at[1];
        int lastAt = at[2];
        for (int k = 0; k < n; k += L) {
            FloatVector.fromArray(S, rs, rAt + k)
                    .mul(FloatVector.fromArray(S, lasts, lastAt + k))
                    .intoArray(ys, yAt + k);
        }
    }

    /** Lines: the sum of g, to which r ⊙ y is added; r; y. */
    static void addReset(int n, float[][] data, int[] at) {
        float[] gs = data[0];
        float[] rs = data[1];
        float[] ys = data[2];
        int gAt = at[0];
        int rAt = at[1];
        int yAt = at[2];
        for (int k = 0; k < n; k += L) {
            FloatVector.fromArray(S, rs, rAt + k)
                    .fma(
                            FloatVector.fromArray(S, ys, yAt + k),
                            FloatVector.fromArray(S, gs, gAt + k))
                    .intoArray(gs, gAt + k);
        }
    }

    /**
     * h = (1 − z) ⊙ g + z ⊙ last.
     *
     * <p>Lines: the sum of g, activated in place; h, written; z; last.
     */
    static void forward(int n, float[][] data, int[] at) {
        float[] gs = data[0];
        float[] hs = data[1];
        float[] zs = data[2];
        float[] lasts = data[3];
        int gAt = at[0];
        int hAt = at[1];
        int zAt = at[2];
        int lastAt = at[3];
        for (int k = 0; k < n; k += L) {
            FloatVector g = VectorMath.tanh(FloatVector.fromArray(S, gs, gAt + k));
            FloatVector difference = FloatVector.fromArray(S, lasts, lastAt + k).sub(g);
            g.intoArray(gs, gAt + k);
            FloatVector.fromArray(S, zs, zAt + k).fma(difference, g).intoArray(hs, hAt + k);
        }
    }

    /**
     * Back through {@link #forward}.
     *
     * <p>Lines: z and g, replaced by the gradients of their sums; next, the gradient of the state
     * from the step after, replaced by what reaches the state before through z ⊙ last; last; dh,
     * the gradient of the state from outside.
     */
    static void backward(int n, float[][] data, int[] at) {
        float[] zs = data[0];
        float[] gs = data[1];
        float[] nexts = data[2];
        float[] lasts = data[3];
        float[] dhs = data[4];
        int zAt = at[0];
        int gAt = at[1];
        int nextAt = at[2];
        int lastAt = at[3];
        int dhAt = at[4];
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int k = 0; k < n; k += L) {
            FloatVector z = FloatVector.fromArray(S, zs, zAt + k);
            FloatVector g = FloatVector.fromArray(S, gs, gAt + k);
            FloatVector d =
                    FloatVector.fromArray(S, dhs, dhAt + k)
                            .add(FloatVector.fromArray(S, nexts, nextAt + k));
            FloatVector difference = FloatVector.fromArray(S, lasts, lastAt + k).sub(g);
            d.mul(difference).mul(z.neg().fma(z, z)).intoArray(zs, zAt + k);
            d.mul(one.sub(z)).mul(g.neg().fma(g, one)).intoArray(gs, gAt + k);
            d.mul(z).intoArray(nexts, nextAt + k);
        }
    }

    /**
     * Back through g + r ⊙ y.
     *
     * <p>Lines: r, replaced by the gradient of its sum; y, replaced by its gradient; dg, the
     * gradient of the sum.
     */
    static void backwardAddReset(int n, float[][] data, int[] at) {
        float[] rs = data[0];
        float[] ys = data[1];
        float[] dgs = data[2];
        int rAt = at[0];
        int yAt = at[1];
        int dgAt = at[2];
        for (int k = 0; k < n; k += L) {
            FloatVector r = FloatVector.fromArray(S, rs, rAt + k);
            FloatVector d = FloatVector.fromArray(S, dgs, dgAt + k);
            d.mul(FloatVector.fromArray(S, ys, yAt + k))
                    .mul(r.neg().fma(r, r))
                    .intoArray(rs, rAt + k);
            d.mul(r).intoArray(ys, yAt + k);
        }
    }

    /**
     * Back through r ⊙ last.
     *
     * <p>Lines: r, replaced by the gradient of its sum; next, the gradient of last, added to; last;
     * dy, the gradient of the product.
     */
    static void backwardReset(int n, float[][] data, int[] at) {
        float[] rs = data[0];
        float[] nexts = data[1];
        float[] lasts = data[2];
        float[] dys = data[3];
        int rAt = at[0];
        int nextAt = at[1];
        int lastAt = at[2];
        int dyAt = at[3];
        for (int k = 0; k < n; k += L) {
            FloatVector r = FloatVector.fromArray(S, rs, rAt + k);
            FloatVector d = FloatVector.fromArray(S, dys, dyAt + k);
            d.fma(r, FloatVector.fromArray(S, nexts, nextAt + k)).intoArray(nexts, nextAt + k);
            d.mul(FloatVector.fromArray(S, lasts, lastAt + k))
                    .mul(r.neg().fma(r, r))
                    .intoArray(rs, rAt + k);
        }
    }
}
