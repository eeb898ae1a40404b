package dev.unroll.lab.kit;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Sequences;

/** The part of a layer that lets a token know of the tokens before it. */
public interface Mixer {

    /** x [tokens, width] gives [tokens, width]; no token knows of those after it. */
    Sequences mix(Sequences x);

    /** Makes a mixer. */
    interface Factory {
        /** {@return a mixer for rows of a width} */
        Mixer of(int width, Seed seed);

        /** {@return whether the mixer knows the order of tokens only if they tell their places} */
        boolean needsPositions();
    }

    /** A kind of mixer with the name under which its results stand. */
    record Named(String name, Factory factory) {}

    /** One head of attention to the tokens before. */
    record Attention(SelfAttention attention) implements Mixer {
        @Override
        public Sequences mix(Sequences x) {
            return attention.forward(x, Masks.CAUSAL);
        }
    }

    /** A recurrent cell, whose state is as wide as the rows. */
    record Recurrence(Recurrent layer) implements Mixer {
        @Override
        public Sequences mix(Sequences x) {
            return layer.unroll(x, layer.start(x.layout().batch()), Mode.INFERENCE).outputs();
        }
    }

    /** {@return one head of softmax attention to what a mask shows of the tokens before} */
    static Factory attention(Mask mask) {
        return attention(new AttentionKind.Softmax(HeadMasks.same(mask)));
    }

    /** {@return one head of attention of a kind to the tokens before} */
    static Factory attention(AttentionKind kind) {
        return new Factory() {
            @Override
            public Mixer of(int width, Seed seed) {
                return new Attention(kind.of(width, 1, 1, new Positions.NoPositions(), seed));
            }

            @Override
            public boolean needsPositions() {
                return true;
            }
        };
    }

    /** {@return a recurrent cell, by its name in {@link Cells}} */
    static Factory cell(String name) {
        return new Factory() {
            @Override
            public Mixer of(int width, Seed seed) {
                return new Recurrence(
                        Recurrent.of(Cells.named(name), width, width, 1, false, 0, seed));
            }

            @Override
            public boolean needsPositions() {
                return false;
            }
        };
    }
}
