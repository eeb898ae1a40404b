package dev.unroll.nn.transformer;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import org.jspecify.annotations.Nullable;

/**
 * The size and the kind of a Transformer's layers, built by name: {@code TransformerShape.of(128,
 * 4).feedForward(512).activation(GELU).dropout(0.2)}.
 *
 * @param width of a token's row
 * @param heads of attention; divides the width
 * @param keyHeads heads of keys and values; divides heads
 * @param feedForward numbers inside the feed-forward part
 * @param block the parts of each layer
 * @param positions how the order of tokens is known
 * @param maxLength the longest sequence, where positions are learnt
 * @param dropout on embeddings, sublayers and inside the feed-forward part
 * @param attention how the tokens of a sequence attend to each other
 */
public record TransformerShape(
        int width,
        int heads,
        int keyHeads,
        int feedForward,
        Block block,
        Positions.Kind positions,
        int maxLength,
        double dropout,
        AttentionKind attention) {
    public TransformerShape {
        if (width < 1 || heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "heads: a width of %d cannot be shared by %d heads".formatted(width, heads));
        }
        if (keyHeads < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    "keyHeads: %d heads cannot share %d key heads".formatted(heads, keyHeads));
        }
        attention.require(heads, keyHeads, positions);
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
                    "heads: rotary positions rotate pairs, and %d numbers for %d heads are %d each"
                            .formatted(width, heads, width / heads));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout: in [0, 1), not " + dropout);
        }
    }

    /**
     * The parts that every layer is built from.
     *
     * @param activation of the feed-forward part
     * @param norm which norm
     * @param preNorm norm before each sublayer instead of after it
     */
    public record Block(FeedForward.Kind activation, Norm.Kind norm, boolean preNorm) {}

    /**
     * Pre-norm layers with ReLU, layer norm, sines and cosines, as many key heads as heads, four
     * times the width inside, and a dropout of 0.1.
     */
    public static TransformerShape of(int width, int heads) {
        return of(width, heads, Positions.Kind.SINUSOIDAL, 1024);
    }

    /** Layers like those of {@link #of(int, int)} with another kind of positions. */
    public static TransformerShape of(
            int width, int heads, Positions.Kind positions, int maxLength) {
        Block block = new Block(FeedForward.Kind.RELU, Norm.Kind.LAYER, true);
        return new TransformerShape(
                width,
                heads,
                heads,
                4 * width,
                block,
                positions,
                maxLength,
                0.1,
                AttentionKind.Softmax.DENSE);
    }

    /** A copy with fewer heads of keys and values (grouped queries, Ainslie et al. 2023). */
    public TransformerShape keyHeads(int count) {
        return new TransformerShape(
                width, heads, count, feedForward, block, positions, maxLength, dropout, attention);
    }

    /** A copy with another number of numbers inside the feed-forward part. */
    public TransformerShape feedForward(int inside) {
        return new TransformerShape(
                width, heads, keyHeads, inside, block, positions, maxLength, dropout, attention);
    }

    /** A copy with another activation in the feed-forward part. */
    public TransformerShape activation(FeedForward.Kind kind) {
        return block(new Block(kind, block.norm, block.preNorm));
    }

    /** A copy with another norm. */
    public TransformerShape norm(Norm.Kind kind) {
        return block(new Block(block.activation, kind, block.preNorm));
    }

    /** A copy with the norm before each sublayer, or after it. */
    public TransformerShape preNorm(boolean before) {
        return block(new Block(block.activation, block.norm, before));
    }

    /** A copy with other parts in each layer. */
    public TransformerShape block(Block parts) {
        return new TransformerShape(
                width,
                heads,
                keyHeads,
                feedForward,
                parts,
                positions,
                maxLength,
                dropout,
                attention);
    }

    /** A copy with another dropout, in [0, 1). */
    public TransformerShape dropout(double rate) {
        return new TransformerShape(
                width, heads, keyHeads, feedForward, block, positions, maxLength, rate, attention);
    }

    /**
     * A copy with another dropout on the attention weights. {@link #attention} has none, so it is
     * set after that.
     *
     * @param rate in [0, 1)
     * @throws IllegalArgumentException if it is another, or the attention has no weights
     */
    public TransformerShape attentionDropout(double rate) {
        return attention(attention.dropout(rate));
    }

    /** A copy whose self-attention is of another kind, such as linear attention. */
    public TransformerShape attention(AttentionKind kind) {
        return new TransformerShape(
                width, heads, keyHeads, feedForward, block, positions, maxLength, dropout, kind);
    }

    /** A copy with sparse self-attention: each head attends only to what its mask lets it see. */
    public TransformerShape attention(HeadMasks masks) {
        return attention(new AttentionKind.Softmax(masks));
    }

    /** A copy with sparse self-attention, all heads with one mask. */
    public TransformerShape attention(Mask mask) {
        return attention(HeadMasks.same(mask));
    }

    /** A copy for layers that look both ways: linear attention then has no decay. */
    public TransformerShape bothWays() {
        return attention(attention.bothWays());
    }

    /** Positions of the kind and the length of this shape. */
    public Positions positions(Seed seed) {
        return Positions.of(positions, width, maxLength, seed);
    }

    /** An embedding of the shape's width, normally distributed with the deviation 1/√width. */
    public Embedding embedding(int vocabulary, Seed seed) {
        return Embedding.of(vocabulary, width, 1 / Math.sqrt(width), seed);
    }

    /** The norm after the last layer, where the layers have theirs in front; else null. */
    @Nullable Norm lastNorm() {
        return block.preNorm ? Norm.of(block.norm, width) : null;
    }
}
