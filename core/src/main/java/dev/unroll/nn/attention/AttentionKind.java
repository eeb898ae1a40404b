package dev.unroll.nn.attention;

import dev.unroll.mask.HeadMasks;
import dev.unroll.nn.Seed;
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

    /**
     * {@link MultiHeadAttention}: scaled dot products and a softmax.
     *
     * @param masks the keys that each head may attend to
     */
    record Softmax(HeadMasks masks) implements AttentionKind {
        /** Every token attends to all others that its layer lets it see. */
        public static final AttentionKind DENSE = new Softmax(HeadMasks.NONE);

        @Override
        public SelfAttention of(
                int width, int heads, int keyHeads, Positions positions, Seed seed) {
            return MultiHeadAttention.of(width, heads, keyHeads, positions, seed).pattern(masks);
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
