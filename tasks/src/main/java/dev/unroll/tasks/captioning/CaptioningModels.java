package dev.unroll.tasks.captioning;

import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.image.ConvolutionalEncoder;
import dev.unroll.nn.image.ImageEncoder;
import dev.unroll.nn.image.PatchEncoder;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.nn.models.ImageContext;
import dev.unroll.nn.models.RecurrentSequenceDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.models.SequenceDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.recipe.NetworkRecipe;
import java.util.Optional;

/** The networks that recipes of captioning describe, with first weights. */
final class CaptioningModels {
    private CaptioningModels() {}

    static CaptioningModel of(CaptioningRecipe recipe, int vocabulary, Seed seed) {
        ImageEncoder encoder = encoder(recipe.image(), seed.at("encoder"));
        int cells = encoder.cells(recipe.image().size());
        NetworkRecipe model = recipe.model();
        int longest = recipe.data().maxTokens() + 2;
        Seed words = seed.at("decoder");
        SequenceDecoder decoder =
                switch (model) {
                    case NetworkRecipe.Recurrent r ->
                            RecurrentSequenceDecoder.of(
                                    Cells.named(r.kind()),
                                    new RecurrentShape(
                                            r.width(),
                                            r.hidden(),
                                            r.layers(),
                                            false,
                                            alignment(recipe.image()),
                                            r.dropout()),
                                    r.width(),
                                    vocabulary,
                                    words);
                    case NetworkRecipe.Transformer t ->
                            TransformerSequenceDecoder.of(
                                    Networks.shape(t, longest),
                                    t.depth().layers(),
                                    vocabulary,
                                    words);
                    case NetworkRecipe.Mlp _ -> throw Networks.withoutMemory();
                };
        return new CaptioningModel(
                encoder,
                ImageContext.of(
                        recipe.image().features(),
                        cells * cells,
                        encoder.width(),
                        model.width(),
                        seed.at("memory")),
                decoder);
    }

    private static ImageEncoder encoder(ImageRecipe image, Seed seed) {
        return switch (image.kind()) {
            case CONVOLUTION ->
                    ConvolutionalEncoder.of(
                            image.channels(), image.width(), image.stages(), image.dropout(), seed);
            case PATCHES ->
                    PatchEncoder.of(
                            TransformerShape.of(
                                            image.width(),
                                            image.patches().heads(),
                                            Positions.Kind.NONE,
                                            1)
                                    .activation(FeedForward.Kind.GELU)
                                    .dropout(image.dropout())
                                    .attention(image.patches().selfAttention()),
                            image.patches().layers(),
                            image.channels(),
                            image.size(),
                            image.patches().size(),
                            seed);
        };
    }

    private static Optional<Alignment.Kind> alignment(ImageRecipe image) {
        return switch (image.features()) {
            case START -> Optional.empty();
            case ATTEND -> Optional.of(Alignment.Kind.GENERAL);
        };
    }
}
