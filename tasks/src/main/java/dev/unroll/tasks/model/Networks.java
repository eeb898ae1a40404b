package dev.unroll.tasks.model;

import dev.unroll.nn.Elman;
import dev.unroll.nn.FeedForward;
import dev.unroll.nn.Gru;
import dev.unroll.nn.Lstm;
import dev.unroll.nn.Mask;
import dev.unroll.nn.Norm;
import dev.unroll.nn.Recurrent;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SequenceEncoder;
import dev.unroll.nn.TransformerShape;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tensor.Tensor;

/** The networks that recipes describe, with first weights. */
public final class Networks {
    private Networks() {}

    /**
     * An encoder for rows of a width.
     *
     * @param input numbers in a row
     * @param longest the longest sequence, where positions are learnt
     */
    public static SequenceEncoder encoder(NetworkRecipe recipe, int input, int longest, Seed seed) {
        return switch (recipe.kind()) {
            case ELMAN -> new SequenceEncoder.Recurrence<>(recurrent(elman(), recipe, input, seed));
            case LSTM -> new SequenceEncoder.Recurrence<>(recurrent(Lstm::of, recipe, input, seed));
            case GRU -> new SequenceEncoder.Recurrence<>(recurrent(gru(), recipe, input, seed));
            case TRANSFORMER ->
                    SequenceEncoder.SelfAttention.of(
                            shape(recipe, longest),
                            input,
                            recipe.layers(),
                            recipe.bidirectional() ? Mask.NONE : Mask.CAUSAL,
                            seed);
            case NONE -> SequenceEncoder.RowByRow.of(input, recipe.hidden(), seed);
        };
    }

    private static <S> Recurrent<S> recurrent(
            Recurrent.Maker<S> maker, NetworkRecipe recipe, int input, Seed seed) {
        return Recurrent.of(
                maker,
                input,
                recipe.hidden(),
                recipe.layers(),
                recipe.bidirectional(),
                recipe.dropout(),
                seed);
    }

    /** Elman's cells, with tanh. */
    public static Recurrent.Maker<Tensor> elman() {
        return (input, hidden, seed) -> Elman.of(Elman.Activation.TANH, input, hidden, seed);
    }

    /** GRU cells that reset after the product, as PyTorch's do. */
    public static Recurrent.Maker<Tensor> gru() {
        return (input, hidden, seed) -> Gru.of(Gru.Reset.AFTER, input, hidden, seed);
    }

    /** The shape of a Transformer: norms in front, GELU. */
    public static TransformerShape shape(NetworkRecipe recipe, int longest) {
        return new TransformerShape(
                recipe.width(),
                recipe.heads(),
                recipe.heads(),
                recipe.feedForward(),
                FeedForward.Kind.GELU,
                Norm.Kind.LAYER,
                true,
                recipe.positions(),
                longest,
                recipe.dropout());
    }
}
