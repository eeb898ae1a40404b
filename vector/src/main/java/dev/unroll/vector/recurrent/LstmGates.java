package dev.unroll.vector.recurrent;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.base.VectorMath;
import jdk.incubator.vector.FloatVector;

/** The gates of an LSTM between two products, and their derivatives: {@link Spans.Function}s. */
final class LstmGates {
    private LstmGates() {}

    /**
     * c = f ⊙ last + i ⊙ g, h = o ⊙ tanh(c).
     *
     * <p>Lines: c and h, written; the activated gates i, f, g, o; last, the cell before.
     */
    static void forward(int n, float[][] data, int[] at) {
        float[] cs = data[0];
        float[] hs = data[1];
        float[] is = data[2];
        float[] fs = data[3];
        float[] gs = data[4];
        float[] os = data[5];
        float[] lasts = data[6];
        int cAt = at[0];
        int hAt = at[1];
        int iAt = at[2];
        int fAt = at[3];
        int gAt = at[4];
        int oAt = at[5];
        int lastAt = at[6];
        for (int k = 0; k < n; k += L) {
            FloatVector product =
                    FloatVector.fromArray(S, is, iAt + k)
                            .mul(FloatVector.fromArray(S, gs, gAt + k));
            FloatVector c =
                    FloatVector.fromArray(S, fs, fAt + k)
                            .fma(FloatVector.fromArray(S, lasts, lastAt + k), product);
            c.intoArray(cs, cAt + k);
            FloatVector.fromArray(S, os, oAt + k).mul(VectorMath.tanh(c)).intoArray(hs, hAt + k);
        }
    }

    /**
     * Back through h = o ⊙ tanh(c).
     *
     * <p>Lines: o, replaced by the gradient of its sum; dc, the gradient of the cell, added to; c;
     * dh and next, the gradients of the state from outside and from the step after.
     */
    static void backwardState(int n, float[][] data, int[] at) {
        float[] os = data[0];
        float[] dcs = data[1];
        float[] cs = data[2];
        float[] dhs = data[3];
        float[] nexts = data[4];
        int oAt = at[0];
        int dcAt = at[1];
        int cAt = at[2];
        int dhAt = at[3];
        int nextAt = at[4];
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int k = 0; k < n; k += L) {
            FloatVector o = FloatVector.fromArray(S, os, oAt + k);
            FloatVector t = VectorMath.tanh(FloatVector.fromArray(S, cs, cAt + k));
            FloatVector d =
                    FloatVector.fromArray(S, dhs, dhAt + k)
                            .add(FloatVector.fromArray(S, nexts, nextAt + k));
            d.mul(t).mul(o.neg().fma(o, o)).intoArray(os, oAt + k);
            d.mul(o)
                    .fma(t.neg().fma(t, one), FloatVector.fromArray(S, dcs, dcAt + k))
                    .intoArray(dcs, dcAt + k);
        }
    }

    /**
     * Back through c = f ⊙ last + i ⊙ g.
     *
     * <p>Lines: i, f, g, replaced by the gradients of their sums; dc, the gradient of the cell,
     * replaced by that of the cell before; last.
     */
    static void backwardCell(int n, float[][] data, int[] at) {
        float[] is = data[0];
        float[] fs = data[1];
        float[] gs = data[2];
        float[] dcs = data[3];
        float[] lasts = data[4];
        int iAt = at[0];
        int fAt = at[1];
        int gAt = at[2];
        int dcAt = at[3];
        int lastAt = at[4];
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int k = 0; k < n; k += L) {
            FloatVector i = FloatVector.fromArray(S, is, iAt + k);
            FloatVector f = FloatVector.fromArray(S, fs, fAt + k);
            FloatVector g = FloatVector.fromArray(S, gs, gAt + k);
            FloatVector d = FloatVector.fromArray(S, dcs, dcAt + k);
            d.mul(g).mul(i.neg().fma(i, i)).intoArray(is, iAt + k);
            d.mul(i).mul(g.neg().fma(g, one)).intoArray(gs, gAt + k);
            d.mul(FloatVector.fromArray(S, lasts, lastAt + k))
                    .mul(f.neg().fma(f, f))
                    .intoArray(fs, fAt + k);
            d.mul(f).intoArray(dcs, dcAt + k);
        }
    }
}
