package dev.unroll.vector.recurrent;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Unary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The activations of Elman's network, and their derivatives: {@link Spans.Function}s. */
final class ElmanGates {
    private ElmanGates() {}

    /** Replaces the sums by f of them. */
    static Spans.Function forward(Unary f) {
        return switch (f) {
            case TANH -> Gates::tanh;
            case SIGMOID -> Gates::sigmoid;
            case RELU -> ElmanGates::relu;
            default -> throw unknown(f);
        };
    }

    /** Lines: dx, written: f′ ⊙ (dh + next); h; dh; next. */
    static Spans.Function backward(Unary f) {
        return switch (f) {
            case TANH -> ElmanGates::backwardTanh;
            case SIGMOID -> ElmanGates::backwardSigmoid;
            case RELU -> ElmanGates::backwardRelu;
            default -> throw unknown(f);
        };
    }

    private static IllegalArgumentException unknown(Unary f) {
        return new IllegalArgumentException("elman: f is TANH, RELU or SIGMOID, not " + f);
    }

    /** Lines: h, replaced by max(h, 0). */
    static void relu(int n, float[][] data, int[] at) {
        float[] hs = data[0];
        int hAt = at[0];
        for (int k = 0; k < n; k += L) {
            FloatVector.fromArray(S, hs, hAt + k).max(0).intoArray(hs, hAt + k);
        }
    }

    /** Lines: dx, written: tanh′ ⊙ (dh + next); h; dh; next. */
    static void backwardTanh(int n, float[][] data, int[] at) {
        float[] dxs = data[0];
        float[] hs = data[1];
        float[] dhs = data[2];
        float[] nexts = data[3];
        int dxAt = at[0];
        int hAt = at[1];
        int dhAt = at[2];
        int nextAt = at[3];
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int k = 0; k < n; k += L) {
            FloatVector d =
                    FloatVector.fromArray(S, dhs, dhAt + k)
                            .add(FloatVector.fromArray(S, nexts, nextAt + k));
            FloatVector h = FloatVector.fromArray(S, hs, hAt + k);
            d.mul(h.neg().fma(h, one)).intoArray(dxs, dxAt + k);
        }
    }

    /** Lines: dx, written: σ′ ⊙ (dh + next) with σ′ = h − h²; h; dh; next. */
    static void backwardSigmoid(int n, float[][] data, int[] at) {
        float[] dxs = data[0];
        float[] hs = data[1];
        float[] dhs = data[2];
        float[] nexts = data[3];
        int dxAt = at[0];
        int hAt = at[1];
        int dhAt = at[2];
        int nextAt = at[3];
        for (int k = 0; k < n; k += L) {
            FloatVector d =
                    FloatVector.fromArray(S, dhs, dhAt + k)
                            .add(FloatVector.fromArray(S, nexts, nextAt + k));
            FloatVector h = FloatVector.fromArray(S, hs, hAt + k);
            d.mul(h.neg().fma(h, h)).intoArray(dxs, dxAt + k);
        }
    }

    /** Lines: dx, written: dh + next where h > 0, else 0; h; dh; next. */
    static void backwardRelu(int n, float[][] data, int[] at) {
        float[] dxs = data[0];
        float[] hs = data[1];
        float[] dhs = data[2];
        float[] nexts = data[3];
        int dxAt = at[0];
        int hAt = at[1];
        int dhAt = at[2];
        int nextAt = at[3];
        for (int k = 0; k < n; k += L) {
            FloatVector d =
                    FloatVector.fromArray(S, dhs, dhAt + k)
                            .add(FloatVector.fromArray(S, nexts, nextAt + k));
            VectorMask<Float> on =
                    FloatVector.fromArray(S, hs, hAt + k).compare(VectorOperators.GT, 0);
            FloatVector.zero(S).blend(d, on).intoArray(dxs, dxAt + k);
        }
    }
}
