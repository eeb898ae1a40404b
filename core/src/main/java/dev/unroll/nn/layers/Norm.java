package dev.unroll.nn.layers;

import dev.unroll.tensor.Tensor;

/** A norm along rows. */
public interface Norm {

    /** x [.., width] gives [.., width]. */
    Tensor forward(Tensor x);

    /** Which norm. */
    enum Kind {
        /** {@link LayerNorm} */
        LAYER,
        /** {@link RmsNorm} */
        RMS
    }

    /** A norm that begins with gain 1. */
    static Norm of(Kind kind, int width) {
        return switch (kind) {
            case LAYER -> LayerNorm.of(width);
            case RMS -> RmsNorm.of(width);
        };
    }
}
