package dev.unroll.nn.attention;

import dev.unroll.mask.HeadMasks;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Positions;

/** What builds the self-attention of a Transformer's layers. */
public interface AttentionKind {
    /**
     * Attention with first weights, whose heads share the width evenly.
     *
     * @param positions rotates queries and keys if rotary
     */
    SelfAttention of(int width, int heads, int keyHeads, Positions positions, Seed seed);

    /**
     * Refuses heads or positions that do not fit.
     *
     * @throws IllegalArgumentException if so
     */
    default void require(int heads, int keyHeads, Positions.Kind positions) {}

    /** The same for layers that look both ways; by default this kind itself. */
    default AttentionKind bothWays() {
        return this;
    }

    /** The share of attention weights that are dropped in training; 0 where there are none. */
    default double dropout() {
        return 0;
    }

    /**
     * The same kind with dropout on the attention weights.
     *
     * @param rate in [0, 1)
     * @throws IllegalArgumentException if it is another, or this kind has no weights
     */
    AttentionKind dropout(double rate);

    /**
     * {@link MultiHeadAttention}: scaled dot products and a softmax.
     *
     * @param masks the keys that each head may attend to
     * @param dropout on the attention weights, in [0, 1)
     */
    record Softmax(HeadMasks masks, double dropout) implements AttentionKind {
        /** Every token attends to all others that its layer lets it see. */
        public static final AttentionKind DENSE = new Softmax(HeadMasks.NONE);

        public Softmax {
            if (!(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException(
                        "attention dropout is in [0, 1), not " + dropout);
            }
        }

        /** Without dropout on the weights. */
        public Softmax(HeadMasks masks) {
            this(masks, 0);
        }

        @Override
        public SelfAttention of(
                int width, int heads, int keyHeads, Positions positions, Seed seed) {
            return MultiHeadAttention.of(width, heads, keyHeads, positions, seed)
                    .pattern(masks)
                    .dropout(Dropout.of(dropout, seed.at("dropout")));
        }

        @Override
        public AttentionKind dropout(double rate) {
            return new Softmax(masks, rate);
        }

        @Override
        public void require(int heads, int keyHeads, Positions.Kind positions) {
            masks.require(heads, keyHeads);
        }
    }

    /**
     * {@link LinearAttention}: plain products and a state of constant size.
     *
     * @param decay how the past is forgotten, in layers that only look back; layers that look both
     *     ways forget nothing
     */
    record Linear(Decay.Kind decay) implements AttentionKind {
        @Override
        public SelfAttention of(
                int width, int heads, int keyHeads, Positions positions, Seed seed) {
            if (positions instanceof Positions.RotaryPositions) {
                throw rotary();
            }
            return LinearAttention.of(width, heads, keyHeads, decay, seed);
        }

        @Override
        public void require(int heads, int keyHeads, Positions.Kind positions) {
            if (positions == Positions.Kind.ROTARY) {
                throw rotary();
            }
        }

        @Override
        public AttentionKind dropout(double rate) {
            if (rate == 0) {
                return this;
            }
            throw new IllegalArgumentException(
                    "attention dropout: linear attention keeps no weights that could be dropped");
        }

        @Override
        public AttentionKind bothWays() {
            return new Linear(Decay.Kind.NONE);
        }

        private static IllegalArgumentException rotary() {
            return new IllegalArgumentException(
                    "linear attention weighs by products of positive numbers, and rotary positions"
                            + " would turn them negative: take sinusoidal, learned or no positions");
        }
    }
}
