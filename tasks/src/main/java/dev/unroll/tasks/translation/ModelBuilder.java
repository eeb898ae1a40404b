package dev.unroll.tasks.translation;

import dev.unroll.nn.Elman;
import dev.unroll.nn.EncoderDecoder;
import dev.unroll.nn.Gru;
import dev.unroll.nn.Lstm;
import dev.unroll.nn.RecurrentEncoderDecoder;
import dev.unroll.nn.Seed;
import dev.unroll.nn.TransformerEncoderDecoder;
import dev.unroll.nn.TransformerShape;
import dev.unroll.tasks.recipe.ModelRecipe;

/** From a recipe's model to the network it describes, with first weights. */
final class ModelBuilder {
    private ModelBuilder() {}

    static EncoderDecoder build(ModelRecipe recipe, int vocabulary, int longest, Seed seed) {
        return switch (recipe) {
            case ModelRecipe.Recurrent r -> recurrent(r, vocabulary, seed);
            case ModelRecipe.Transformer t ->
                    TransformerEncoderDecoder.of(
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
        RecurrentEncoderDecoder.Shape shape =
                new RecurrentEncoderDecoder.Shape(
                        r.width(),
                        r.hidden(),
                        r.layers(),
                        r.bidirectional(),
                        r.attention().alignment(),
                        r.dropout());
        return switch (r.kind()) {
            case ELMAN ->
                    RecurrentEncoderDecoder.of(
                            (in, hidden, s) -> Elman.of(Elman.Activation.TANH, in, hidden, s),
                            shape,
                            vocabulary,
                            vocabulary,
                            true,
                            seed);
            case LSTM ->
                    RecurrentEncoderDecoder.of(Lstm::of, shape, vocabulary, vocabulary, true, seed);
            case GRU ->
                    RecurrentEncoderDecoder.of(
                            (in, hidden, s) -> Gru.of(Gru.Reset.AFTER, in, hidden, s),
                            shape,
                            vocabulary,
                            vocabulary,
                            true,
                            seed);
            case TRANSFORMER ->
                    throw new IllegalArgumentException("a Transformer is not a recurrent model");
        };
    }
}
