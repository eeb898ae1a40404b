package dev.unroll.nn;

import dev.unroll.tensor.FixedLinear;
import dev.unroll.tensor.Tensor;

/** {@link FeedForward} for decoding, its weights laid out for a few rows at a time. */
sealed interface FixedFeedForward {

    /** x [rows, width] gives [rows, width]. */
    Tensor forward(Tensor x);

    static FixedFeedForward of(FeedForward f) {
        return switch (f) {
            case FeedForward.Plain p -> new Plain(p.kind(), p.in().fixed(), p.out().fixed());
            case FeedForward.Gated g ->
                    new Gated(g.gate().fixed(), g.in().fixed(), g.out().fixed());
        };
    }

    /** y = f(x·Wi + bi)·Wo + bo. */
    record Plain(FeedForward.Kind kind, FixedLinear in, FixedLinear out)
            implements FixedFeedForward {
        @Override
        public Tensor forward(Tensor x) {
            Tensor z = in.forward(x); // [rows, inside]
            return out.forward(kind == FeedForward.Kind.RELU ? z.relu() : z.gelu());
        }
    }

    /** y = (silu(x·Wg + bg) ⊙ (x·Wi + bi))·Wo + bo. */
    record Gated(FixedLinear gate, FixedLinear in, FixedLinear out) implements FixedFeedForward {
        @Override
        public Tensor forward(Tensor x) {
            return out.forward(gate.forward(x).silu().times(in.forward(x)));
        }
    }
}
