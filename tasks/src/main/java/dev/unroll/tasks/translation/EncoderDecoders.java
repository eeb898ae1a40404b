package dev.unroll.tasks.translation;

import dev.unroll.nn.Seed;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.NetworkRecipe.Recurrent.Attention;

/** From a recipe's model to the network it describes, with first weights. */
final class EncoderDecoders {
    private EncoderDecoders() {}

    static EncoderDecoder of(NetworkRecipe recipe, int vocabulary, int longest, Seed seed) {
        return switch (recipe) {
            case NetworkRecipe.Recurrent r ->
                    EncoderDecoder.recurrent(
                            Cells.named(r.kind()),
                            new RecurrentShape(
                                    r.width(),
                                    r.hidden(),
                                    r.layers(),
                                    !Boolean.FALSE.equals(r.bidirectional()),
                                    (r.attention() == null ? Attention.GENERAL : r.attention())
                                            .alignment(),
                                    r.dropout()),
                            vocabulary,
                            vocabulary,
                            true,
                            seed);
            case NetworkRecipe.Transformer t ->
                    EncoderDecoder.transformer(
                            Networks.shape(t, longest),
                            t.depth().layers(),
                            t.depth().decoder(),
                            vocabulary,
                            vocabulary,
                            true,
                            seed);
            case NetworkRecipe.Mlp _ -> throw Networks.withoutMemory();
        };
    }
}
