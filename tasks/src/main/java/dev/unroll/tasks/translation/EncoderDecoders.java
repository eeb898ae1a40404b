package dev.unroll.tasks.translation;

import dev.unroll.nn.CellFactory;
import dev.unroll.nn.Elman;
import dev.unroll.nn.EncoderDecoder;
import dev.unroll.nn.Gru;
import dev.unroll.nn.Lstm;
import dev.unroll.nn.RecurrentShape;
import dev.unroll.nn.Seed;
import dev.unroll.nn.TransformerShape;
import dev.unroll.tasks.recipe.ModelRecipe;

/** From a recipe's model to the network it describes, with first weights. */
final class EncoderDecoders {
    private EncoderDecoders() {}

    static EncoderDecoder of(ModelRecipe recipe, int vocabulary, int longest, Seed seed) {
        return switch (recipe) {
            case ModelRecipe.Recurrent r -> recurrent(r, vocabulary, seed);
            case ModelRecipe.Transformer t ->
                    EncoderDecoder.transformer(
                            new TransformerShape(
                                    t.width(),
                                    t.heads(),
                                    t.keyHeads(),
                                    t.feedForward(),
                                    t.activation(),
                                    t.norm(),
                                    t.preNorm(),
                                    t.positions(),
                                    longest,
                                    t.dropout()),
                            t.encoderLayers(),
                            t.decoderLayers(),
                            vocabulary,
                            vocabulary,
                            true,
                            seed);
        };
    }

    private static EncoderDecoder recurrent(ModelRecipe.Recurrent r, int vocabulary, Seed seed) {
        RecurrentShape shape =
                new RecurrentShape(
                        r.width(),
                        r.hidden(),
                        r.layers(),
                        r.bidirectional(),
                        r.attention().alignment(),
                        r.dropout());
        return switch (r.kind()) {
            case ELMAN -> recurrent(Elman::of, shape, vocabulary, seed);
            case LSTM -> recurrent(Lstm::of, shape, vocabulary, seed);
            case GRU -> recurrent(Gru::of, shape, vocabulary, seed);
            case TRANSFORMER ->
                    throw new IllegalArgumentException("a Transformer is not a recurrent model");
        };
    }

    private static EncoderDecoder recurrent(
            CellFactory cells, RecurrentShape shape, int vocabulary, Seed seed) {
        return EncoderDecoder.recurrent(cells, shape, vocabulary, vocabulary, true, seed);
    }
}
