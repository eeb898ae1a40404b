package dev.unroll.backend;

/** Whole layers of an encoder in one operation: weights that stay the same, and no derivatives. */
@FunctionalInterface
public interface Encoders {
    /**
     * Layers of an encoder, one after another: what {@link Inference#multiply}, {@code
     * Attention.attend}, a sum and {@code Normalisation.layerNorm} give, to the same bits.
     *
     * @param stack weights made by this backend, or by {@code ScalarBackend}
     * @param x [rows, width], contiguous
     * @param y [rows, width], contiguous, written
     */
    void encode(EncoderStack stack, View x, View y);
}
