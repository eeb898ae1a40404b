package dev.unroll.tasks.captioning;

import dev.unroll.nn.Alignment;
import dev.unroll.nn.CellFactory;
import dev.unroll.nn.ConvolutionalEncoder;
import dev.unroll.nn.Elman;
import dev.unroll.nn.Gru;
import dev.unroll.nn.Lstm;
import dev.unroll.nn.PatchEncoder;
import dev.unroll.nn.PictureDescriber;
import dev.unroll.nn.PictureEncoder;
import dev.unroll.nn.PictureMemory;
import dev.unroll.nn.Positions;
import dev.unroll.nn.RecurrentSequenceDecoder;
import dev.unroll.nn.RecurrentShape;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SequenceDecoder;
import dev.unroll.nn.TransformerSequenceDecoder;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.recipe.CaptioningRecipe;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.PictureRecipe;
import java.util.Optional;

/** The networks that recipes of captioning describe, with first weights. */
final class Describers {
    private Describers() {}

    static PictureDescriber of(CaptioningRecipe recipe, int vocabulary, Seed seed) {
        PictureEncoder encoder = encoder(recipe.picture(), seed.at("encoder"));
        int cells = encoder.cells(recipe.picture().size());
        NetworkRecipe model = recipe.model();
        int longest = recipe.data().maxTokens() + 2;
        Seed words = seed.at("decoder");
        SequenceDecoder decoder =
                switch (model.kind()) {
                    case ELMAN -> recurrent(Elman::of, recipe, vocabulary, words);
                    case LSTM -> recurrent(Lstm::of, recipe, vocabulary, words);
                    case GRU -> recurrent(Gru::of, recipe, vocabulary, words);
                    case TRANSFORMER ->
                            TransformerSequenceDecoder.of(
                                    Networks.shape(model, longest),
                                    model.layers(),
                                    vocabulary,
                                    words);
                    case NONE -> throw new IllegalArgumentException("nothing writes");
                };
        return new PictureDescriber(
                encoder,
                PictureMemory.of(
                        recipe.picture().features(),
                        cells * cells,
                        encoder.width(),
                        model.width(),
                        seed.at("memory")),
                decoder);
    }

    private static PictureEncoder encoder(PictureRecipe picture, Seed seed) {
        return switch (picture.kind()) {
            case CONVOLUTION ->
                    ConvolutionalEncoder.of(
                            picture.channels(),
                            picture.width(),
                            picture.stages(),
                            picture.dropout(),
                            seed);
            case PATCHES ->
                    PatchEncoder.of(
                            Networks.shape(
                                    new NetworkRecipe(
                                            NetworkRecipe.Kind.TRANSFORMER,
                                            picture.width(),
                                            null,
                                            picture.layers(),
                                            null,
                                            picture.heads(),
                                            null,
                                            Positions.Kind.NONE,
                                            picture.dropout()),
                                    1),
                            picture.layers(),
                            picture.channels(),
                            picture.size(),
                            picture.patch(),
                            seed);
        };
    }

    private static SequenceDecoder recurrent(
            CellFactory cells, CaptioningRecipe recipe, int vocabulary, Seed seed) {
        NetworkRecipe model = recipe.model();
        Optional<Alignment.Kind> alignment =
                switch (recipe.picture().features()) {
                    case START -> Optional.empty();
                    case ATTEND -> Optional.of(Alignment.Kind.GENERAL);
                };
        return RecurrentSequenceDecoder.of(
                cells,
                new RecurrentShape(
                        model.width(),
                        model.hidden(),
                        model.layers(),
                        false,
                        alignment,
                        model.dropout()),
                model.width(),
                vocabulary,
                seed);
    }
}
