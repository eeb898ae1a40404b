package dev.unroll.nn.transformer;

import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;

/**
 * The size and the kind of a Transformer's layers.
 *
 * @param width of a token's row
 * @param heads of attention; divides the width
 * @param keyHeads heads of keys and values; divides heads
 * @param feedForward numbers inside the feed-forward part
 * @param activation of the feed-forward part
 * @param norm which norm
 * @param preNorm norm before each sublayer instead of after it
 * @param positions how the order of tokens is known
 * @param maxLength the longest sequence, where positions are learnt
 * @param dropout on embeddings, sublayers and inside the feed-forward part
 */
public record TransformerShape(
        int width,
        int heads,
        int keyHeads,
        int feedForward,
        FeedForward.Kind activation,
        Norm.Kind norm,
        boolean preNorm,
        Positions.Kind positions,
        int maxLength,
        double dropout) {
    public TransformerShape {
        if (width < 1 || heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "heads: a width of %d cannot be shared by %d heads".formatted(width, heads));
        }
        if (keyHeads < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    "keyHeads: %d heads cannot share %d key heads".formatted(heads, keyHeads));
        }
        if (feedForward < 1) {
            throw new IllegalArgumentException("feedForward: at least 1, not " + feedForward);
        }
        if (positions == Positions.Kind.LEARNED && maxLength < 1) {
            throw new IllegalArgumentException(
                    "maxLength: learnt positions need the longest length, not " + maxLength);
        }
        if (positions == Positions.Kind.SINUSOIDAL && width % 2 != 0) {
            throw new IllegalArgumentException(
                    "width: sines and cosines come in pairs, so it is even, not " + width);
        }
        if (positions == Positions.Kind.ROTARY && width / heads % 2 != 0) {
            throw new IllegalArgumentException(
                    "heads: rotary positions turn pairs, and %d numbers for %d heads are %d each"
                            .formatted(width, heads, width / heads));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout: in [0, 1), not " + dropout);
        }
    }

    /** Pre-norm layers with ReLU, sines and cosines, and four times the width inside. */
    public static TransformerShape of(int width, int heads) {
        return new TransformerShape(
                width,
                heads,
                heads,
                4 * width,
                FeedForward.Kind.RELU,
                Norm.Kind.LAYER,
                true,
                Positions.Kind.SINUSOIDAL,
                1024,
                0.1);
    }
}
