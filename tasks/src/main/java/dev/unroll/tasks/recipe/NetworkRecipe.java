package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.nn.Positions;
import org.jspecify.annotations.Nullable;

/**
 * A network that reads a sequence of rows and gives a row for each. One recipe serves every kind:
 * {@code model.kind=transformer} turns an LSTM's recipe into a Transformer's. What is written of
 * one kind only does nothing for the others.
 *
 * @param kind of layers
 * @param width of the rows that go in, such as embeddings; a Transformer's rows keep it
 * @param hidden numbers in a recurrent state
 * @param layers one above another
 * @param bidirectional whether it looks at what comes after, too; true if left out, but in a
 *     language model's recipe false
 * @param heads of a Transformer's attention
 * @param feedForward numbers inside a Transformer's feed-forward part; four times the width if left
 *     out
 * @param positions how a Transformer knows the order
 * @param dropout on the rows that go in, between layers and on those that come out
 */
public record NetworkRecipe(
        Kind kind,
        int width,
        int hidden,
        int layers,
        boolean bidirectional,
        int heads,
        int feedForward,
        Positions.Kind positions,
        double dropout) {

    /** Kinds of layers. */
    public enum Kind {
        /** Elman's simple recurrent network. */
        ELMAN,
        /** Long short-term memory. */
        LSTM,
        /** Gated recurrent unit. */
        GRU,
        /** Attention alone. */
        TRANSFORMER,
        /** Each row by itself, with no memory: what the others are measured against. */
        NONE
    }

    @JsonCreator
    public NetworkRecipe(
            @Nullable Kind kind,
            @Nullable Integer width,
            @Nullable Integer hidden,
            @Nullable Integer layers,
            @Nullable Boolean bidirectional,
            @Nullable Integer heads,
            @Nullable Integer feedForward,
            Positions.@Nullable Kind positions,
            @Nullable Double dropout) {
        this(
                Checks.given(kind, "model.kind"),
                Checks.atLeast("model.width", 1, (int) Checks.or(width, 128)),
                Checks.atLeast("model.hidden", 1, (int) Checks.or(hidden, 128)),
                Checks.atLeast("model.layers", 1, (int) Checks.or(layers, 1)),
                (boolean) Checks.or(bidirectional, true),
                Checks.atLeast("model.heads", 1, (int) Checks.or(heads, 4)),
                Checks.atLeast(
                        "model.feedForward",
                        1,
                        (int) Checks.or(feedForward, 4 * Checks.or(width, 128))),
                Checks.or(positions, Positions.Kind.SINUSOIDAL),
                Checks.share("model.dropout", Checks.or(dropout, 0.2)));
    }
}
