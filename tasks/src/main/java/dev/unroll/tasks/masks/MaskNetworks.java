package dev.unroll.tasks.masks;

import dev.unroll.nn.Seed;
import dev.unroll.nn.image.ConvolutionalCells;
import dev.unroll.nn.image.TemporalMemory;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tasks.recipe.NetworkRecipe;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The mask networks that recipes describe, with first weights. */
final class MaskNetworks {
    /** The side of a recurrent state's kernel. */
    private static final int KERNEL = 3;

    private MaskNetworks() {}

    static MaskNetwork<?> of(MaskRecipe recipe, Seed seed) {
        int deepest = MaskNetwork.DEEPEST * recipe.channels();
        return switch (recipe.model()) {
            case NetworkRecipe.Recurrent r -> {
                ConvolutionalCells.Maker cell = ConvolutionalCells.named(r.kind());
                yield stacked(
                        recipe,
                        r.layers(),
                        seed,
                        s -> new TemporalMemory.State(cell.of(deepest, deepest, KERNEL, s)));
            }
            case NetworkRecipe.Transformer t -> {
                TransformerShape shape =
                        TransformerShape.of(deepest, t.heads(), Positions.Kind.NONE, 1)
                                .feedForward(2 * deepest)
                                .activation(FeedForward.Kind.GELU)
                                .dropout(0);
                yield stacked(
                        recipe,
                        t.depth().layers(),
                        seed,
                        s -> TemporalMemory.Attention.of(shape, recipe.frames(), s));
            }
            case NetworkRecipe.Mlp _ ->
                    MaskNetwork.of(new TemporalMemory.Nothing(), recipe.channels(), seed);
        };
    }

    /** A network around one memory as it is, or around several in a stack. */
    private static <S> MaskNetwork<?> stacked(
            MaskRecipe recipe, int layers, Seed seed, Function<Seed, TemporalMemory<S>> maker) {
        Seed memory = seed.at("memory");
        if (layers == 1) {
            return MaskNetwork.of(maker.apply(memory), recipe.channels(), seed);
        }
        return MaskNetwork.of(
                new TemporalMemory.Stacked<>(
                        IntStream.range(0, layers)
                                .mapToObj(l -> maker.apply(memory.at(l)))
                                .toList()),
                recipe.channels(),
                seed);
    }
}
