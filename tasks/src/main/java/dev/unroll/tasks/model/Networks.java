package dev.unroll.tasks.model;

import dev.unroll.nn.CellFactory;
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
            case ELMAN -> recurrent(Elman::of, recipe, input, seed);
            case LSTM -> recurrent(Lstm::of, recipe, input, seed);
            case GRU -> recurrent(Gru::of, recipe, input, seed);
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

    private static SequenceEncoder recurrent(
            CellFactory cells, NetworkRecipe recipe, int input, Seed seed) {
        return new SequenceEncoder.Recurrence(
                Recurrent.of(
                        cells,
                        input,
                        recipe.hidden(),
                        recipe.layers(),
                        recipe.bidirectional(),
                        recipe.dropout(),
                        seed));
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
