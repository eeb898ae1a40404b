package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.unroll.nn.Alignment;
import dev.unroll.nn.FeedForward;
import dev.unroll.nn.Norm;
import dev.unroll.nn.Positions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which network, and how large. */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "kind",
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        visible = true)
@JsonSubTypes({
    @JsonSubTypes.Type(
            value = ModelRecipe.Recurrent.class,
            names = {"elman", "lstm", "gru"}),
    @JsonSubTypes.Type(value = ModelRecipe.Transformer.class, name = "transformer")
})
public sealed interface ModelRecipe {

    /** Which layers. */
    enum Kind {
        /** Elman's simple recurrent network. */
        ELMAN,
        /** Long short-term memory. */
        LSTM,
        /** Gated recurrent unit. */
        GRU,
        /** Attention alone. */
        TRANSFORMER
    }

    /** Which layers. */
    Kind kind();

    /**
     * An encoder and a decoder that are recurrent.
     *
     * @param width of the embeddings
     * @param hidden numbers in a state
     * @param layers of each
     * @param bidirectional whether the encoder reads both ways
     * @param attention how the decoder looks back; none: the fixed-size bottleneck
     * @param dropout on embeddings, between layers and before the output
     */
    record Recurrent(
            Kind kind,
            int width,
            int hidden,
            int layers,
            boolean bidirectional,
            Attention attention,
            double dropout)
            implements ModelRecipe {

        /** How a recurrent decoder looks back. */
        public enum Attention {
            /** Not at all. */
            NONE,
            /** h·s (Luong et al. 2015) */
            DOT,
            /** h·W·s (Luong et al. 2015) */
            GENERAL,
            /** v·tanh(h·W + s·U) (Bahdanau et al. 2015) */
            ADDITIVE;

            /** The alignment it stands for. */
            public Optional<Alignment.Kind> alignment() {
                return switch (this) {
                    case NONE -> Optional.empty();
                    case DOT -> Optional.of(Alignment.Kind.DOT);
                    case GENERAL -> Optional.of(Alignment.Kind.GENERAL);
                    case ADDITIVE -> Optional.of(Alignment.Kind.ADDITIVE);
                };
            }
        }

        @JsonCreator
        public Recurrent(
                @Nullable Kind kind,
                @Nullable Integer width,
                @Nullable Integer hidden,
                @Nullable Integer layers,
                @Nullable Boolean bidirectional,
                @Nullable Attention attention,
                @Nullable Double dropout) {
            this(
                    Checks.given(kind, "model.kind"),
                    Checks.atLeast("model.width", 1, Checks.or(width, 256)),
                    Checks.atLeast("model.hidden", 1, Checks.or(hidden, 256)),
                    Checks.atLeast("model.layers", 1, Checks.or(layers, 1)),
                    (boolean) Checks.or(bidirectional, true),
                    Checks.or(attention, Attention.GENERAL),
                    Checks.share("model.dropout", Checks.or(dropout, 0.2)));
        }
    }

    /**
     * An encoder and a decoder of attention.
     *
     * @param width of a token's row
     * @param heads of attention
     * @param keyHeads heads of keys and values; as many as heads if left out
     * @param feedForward numbers inside the feed-forward part; four times the width if left out
     * @param encoderLayers layers that read
     * @param decoderLayers layers that write
     * @param activation of the feed-forward part
     * @param norm which norm
     * @param preNorm norm before each part of a layer instead of after it
     * @param positions how the order of tokens is known
     * @param dropout on embeddings, inside and after each part of a layer
     */
    record Transformer(
            Kind kind,
            int width,
            int heads,
            int keyHeads,
            int feedForward,
            int encoderLayers,
            int decoderLayers,
            FeedForward.Kind activation,
            Norm.Kind norm,
            boolean preNorm,
            Positions.Kind positions,
            double dropout)
            implements ModelRecipe {
        @JsonCreator
        public Transformer(
                @Nullable Kind kind,
                @Nullable Integer width,
                @Nullable Integer heads,
                @Nullable Integer keyHeads,
                @Nullable Integer feedForward,
                @Nullable Integer encoderLayers,
                @Nullable Integer decoderLayers,
                FeedForward.@Nullable Kind activation,
                Norm.@Nullable Kind norm,
                @Nullable Boolean preNorm,
                Positions.@Nullable Kind positions,
                @Nullable Double dropout) {
            this(
                    Checks.given(kind, "model.kind"),
                    Checks.atLeast("model.width", 2, Checks.or(width, 256)),
                    Checks.atLeast("model.heads", 1, Checks.or(heads, 4)),
                    Checks.atLeast("model.keyHeads", 1, Checks.or(keyHeads, Checks.or(heads, 4))),
                    Checks.atLeast(
                            "model.feedForward",
                            1,
                            Checks.or(feedForward, 4 * Checks.or(width, 256))),
                    Checks.atLeast("model.encoderLayers", 1, Checks.or(encoderLayers, 3)),
                    Checks.atLeast("model.decoderLayers", 1, Checks.or(decoderLayers, 3)),
                    Checks.or(activation, FeedForward.Kind.RELU),
                    Checks.or(norm, Norm.Kind.LAYER),
                    (boolean) Checks.or(preNorm, true),
                    Checks.or(positions, Positions.Kind.SINUSOIDAL),
                    Checks.share("model.dropout", Checks.or(dropout, 0.1)));
        }
    }
}
