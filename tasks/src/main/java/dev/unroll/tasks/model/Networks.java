package dev.unroll.tasks.model;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tasks.recipe.NetworkRecipe;

/** The networks that recipes describe, with first weights. */
public final class Networks {
    private Networks() {}

    /**
     * An encoder for rows of a width, which reads both ways unless the recipe says otherwise.
     *
     * @param input numbers in a row
     * @param longest the longest sequence, where positions are learnt
     */
    public static SequenceEncoder encoder(NetworkRecipe recipe, int input, int longest, Seed seed) {
        return switch (recipe) {
            case NetworkRecipe.Recurrent r ->
                    new SequenceEncoder.Recurrence(
                            Recurrent.of(
                                    Cells.named(r.kind()),
                                    input,
                                    r.hidden(),
                                    r.layers(),
                                    !Boolean.FALSE.equals(r.bidirectional()),
                                    r.dropout(),
                                    seed));
            case NetworkRecipe.Transformer t ->
                    SequenceEncoder.SelfAttention.of(
                            shape(t, longest),
                            input,
                            t.depth().layers(),
                            Boolean.FALSE.equals(t.bidirectional()) ? Masks.CAUSAL : Masks.NONE,
                            seed);
            case NetworkRecipe.Mlp m -> SequenceEncoder.Mlp.of(input, m.hidden(), seed);
        };
    }

    /** The failure of asking an mlp to write, which no checked recipe does. */
    public static IllegalArgumentException withoutMemory() {
        return new IllegalArgumentException("mlp has no memory and cannot write");
    }

    /** The shape of a Transformer's layers. */
    public static TransformerShape shape(NetworkRecipe.Transformer t, int longest) {
        NetworkRecipe.Transformer.Block block = t.block();
        return TransformerShape.of(t.width(), t.heads(), t.positions(), longest)
                .keyHeads(block.keyHeads() == null ? t.heads() : block.keyHeads())
                .feedForward(t.feedForward())
                .block(
                        new TransformerShape.Block(
                                block.activation(), block.norm(), block.preNorm()))
                .attention(t.selfAttention())
                .dropout(t.dropout());
    }
}
