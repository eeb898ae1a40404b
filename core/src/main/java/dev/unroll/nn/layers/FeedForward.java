package dev.unroll.nn.layers;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/** The part of a Transformer layer that treats each token by itself. */
public interface FeedForward {

    /** The function between the two products. */
    enum Kind {
        /** max(x, 0) (Vaswani et al. 2017, eq. 2) */
        RELU,
        /** x·Φ(x) (Hendrycks and Gimpel 2016) */
        GELU,
        /** GELU's approximation by a tanh, as in GPT-2 (Hendrycks and Gimpel 2016) */
        GELU_TANH,
        /** x·σ(x) (Ramachandran et al. 2017) */
        SILU,
        /** silu(x·Wg) ⊙ x·Wi (Shazeer 2020, eq. 6) */
        SWIGLU
    }

    /** x [tokens, width] gives [tokens, width]. */
    Tensor forward(Tensor x, Mode mode);

    /** Sequences in, sequences out; each token by itself. */
    default Sequences forward(Sequences x, Mode mode) {
        return x.with(forward(x.rows(), mode));
    }

    /** Makes a feed-forward part of a kind, with so many numbers inside. */
    static FeedForward of(Kind kind, int width, int inside, double dropout, Seed seed) {
        Linear in = Linear.of(width, inside, seed.at("in"));
        Linear out = Linear.of(inside, width, seed.at("out"));
        Dropout drop = Dropout.of(dropout, seed.at("dropout"));
        return switch (kind) {
            case RELU, GELU, GELU_TANH, SILU -> new Plain(kind, in, out, drop);
            case SWIGLU -> new Gated(Linear.of(width, inside, seed.at("gate")), in, out, drop);
        };
    }

    /**
     * y = f(x·Wi + bi)·Wo + bo.
     *
     * @param kind any but SWIGLU
     */
    record Plain(Kind kind, Linear in, Linear out, Dropout dropout) implements FeedForward {
        public Plain {
            if (kind == Kind.SWIGLU) {
                throw new IllegalArgumentException("SwiGLU has a gate: use FeedForward.Gated");
            }
        }

        @Override
        public Tensor forward(Tensor x, Mode mode) {
            Tensor z = in.forward(x); // [tokens, inside]
            Unary function = function();
            Observation.activation(this, "units", function, z);
            Tensor bent = z.map(function);
            return out.forward(dropout.forward(bent, mode));
        }

        /** f. */
        public Unary function() {
            return switch (kind) {
                case RELU -> Unary.RELU;
                case GELU -> Unary.GELU;
                case GELU_TANH -> Unary.GELU_TANH;
                case SILU, SWIGLU -> Unary.SILU;
            };
        }
    }

    /** y = (silu(x·Wg + bg) ⊙ (x·Wi + bi))·Wo + bo (Shazeer 2020, eq. 6). */
    record Gated(Linear gate, Linear in, Linear out, Dropout dropout) implements FeedForward {
        @Override
        public Tensor forward(Tensor x, Mode mode) {
            Tensor z = gate.forward(x); // [tokens, inside]
            Observation.activation(this, "gate", Unary.SILU, z);
            Tensor bent = z.silu().times(in.forward(x));
            return out.forward(dropout.forward(bent, mode));
        }
    }
}
