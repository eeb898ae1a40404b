package dev.unroll.vector.recurrent;

import dev.unroll.backend.Unary;

/** The activations of Elman's network, and their derivatives: {@link Spans.Function}s. */
final class ElmanGates {
    private ElmanGates() {}

    /** Replaces the sums by f of them, without vectors. */
    static Spans.Function plain(Unary f) {
        return switch (f) {
            case TANH -> PlainGates::tanh;
            case SIGMOID -> PlainGates::sigmoid;
            case RELU -> PlainGates::relu;
            default -> throw unknown(f);
        };
    }

    /** Replaces the sums by f of them. */
    static Spans.Function forward(Unary f) {
        return switch (f) {
            case TANH -> GateLoops::tanh;
            case SIGMOID -> GateLoops::sigmoid;
            case RELU -> GateLoops::relu;
            default -> throw unknown(f);
        };
    }

    /** Lines: dx, written: f′ ⊙ (dh + next); h; dh; next. */
    static Spans.Function backward(Unary f) {
        return switch (f) {
            case TANH -> GateLoops::tanhBackward;
            case SIGMOID -> GateLoops::sigmoidBackward;
            case RELU -> GateLoops::reluBackward;
            default -> throw unknown(f);
        };
    }

    private static IllegalArgumentException unknown(Unary f) {
        return new IllegalArgumentException("elman: f is TANH, RELU or SIGMOID, not " + f);
    }
}
