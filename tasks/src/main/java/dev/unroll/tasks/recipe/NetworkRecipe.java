package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Cells;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network that reads a sequence of rows and gives a row for each, or an encoder and a decoder of
 * such layers; all tasks describe their networks so. {@code kind} is {@code transformer}, {@code
 * mlp}, or the name of a recurrent cell.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "kind",
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        visible = true,
        defaultImpl = NetworkRecipe.Recurrent.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkRecipe.Transformer.class, name = NetworkRecipe.TRANSFORMER),
    @JsonSubTypes.Type(value = NetworkRecipe.Mlp.class, name = NetworkRecipe.MLP)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface NetworkRecipe {
    String TRANSFORMER = "transformer";
    String MLP = "mlp";

    /** The value of the recipe's key {@code kind}. */
    @JsonProperty("kind")
    String kind();

    /** The width of the rows that go in, such as embeddings; a Transformer's rows keep it. */
    int width();

    /** Dropout on the rows that go in, between layers and on those that come out. */
    double dropout();

    /** The names that {@code kind} may have. */
    static List<String> kinds() {
        return Stream.concat(Cells.names().stream(), Stream.of(MLP, TRANSFORMER)).toList();
    }

    /** The keys of a kind; those of a recurrent network for every name of a cell. */
    static List<String> keys(String kind) {
        Class<?> type =
                switch (kind) {
                    case TRANSFORMER -> Transformer.class;
                    case MLP -> Mlp.class;
                    default -> Recurrent.class;
                };
        return Stream.concat(
                        Stream.of("kind"),
                        Arrays.stream(type.getRecordComponents()).map(part -> part.getName()))
                .distinct()
                .toList();
    }

    /**
     * A network of one layer.
     *
     * @param kind one of {@link #kinds()}
     * @param width of the rows that go in, and of a state
     */
    static NetworkRecipe of(String kind, int width, double dropout) {
        return switch (kind) {
            case TRANSFORMER ->
                    new Transformer(width, null, 2 * width, null, null, null, null, dropout, null);
            case MLP -> new Mlp(width, width, dropout);
            default -> new Recurrent(kind, width, width, 1, null, null, dropout);
        };
    }

    /**
     * Recurrent layers.
     *
     * @param kind name of the cell
     * @param width of the rows that go in
     * @param hidden numbers in a state
     * @param layers one above another; of an encoder and of a decoder as many each
     * @param bidirectional whether the layers that read also read from the end; if left out,
     *     wherever a task allows it
     * @param attention of a decoder over what was read; if left out, the task's usual
     * @param dropout on embeddings, between layers and before the output
     */
    record Recurrent(
            String kind,
            int width,
            int hidden,
            int layers,
            @Nullable Boolean bidirectional,
            @Nullable Attention attention,
            double dropout)
            implements NetworkRecipe {

        /** The attention of a recurrent decoder over the encoder's states. */
        public enum Attention {
            /** Not at all: the fixed-size bottleneck. */
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
                @Nullable String kind,
                @Nullable Integer width,
                @Nullable Integer hidden,
                @Nullable Integer layers,
                @Nullable Boolean bidirectional,
                @Nullable Attention attention,
                @Nullable Double dropout) {
            this(
                    Checks.oneOf("model.kind", kinds(), kind),
                    Checks.atLeast("model.width", 1, (int) Checks.or(width, 128)),
                    Checks.atLeast("model.hidden", 1, (int) Checks.or(hidden, 128)),
                    Checks.atLeast("model.layers", 1, (int) Checks.or(layers, 1)),
                    bidirectional,
                    attention,
                    Checks.share("model.dropout", (double) Checks.or(dropout, 0.2)));
        }

        Recurrent bidirectional(@Nullable Boolean both) {
            return new Recurrent(kind, width, hidden, layers, both, attention, dropout);
        }
    }

    /**
     * Layers of attention.
     *
     * @param width of a token's row
     * @param heads of attention
     * @param feedForward numbers inside the feed-forward part; four times the width if left out
     * @param layers one above another; of an encoder and of a decoder as many each
     * @param decoderLayers of a decoder, where it has not as many as the encoder
     * @param bidirectional whether the layers that read also look at what comes after; if left out,
     *     wherever a task allows it
     * @param positions how the order of tokens is known
     * @param dropout on embeddings, inside and after each part of a layer
     * @param block details of a layer
     */
    @JsonIgnoreProperties(value = "kind", allowGetters = true)
    record Transformer(
            int width,
            int heads,
            int feedForward,
            int layers,
            @Nullable Integer decoderLayers,
            @Nullable Boolean bidirectional,
            Positions.Kind positions,
            double dropout,
            Block block)
            implements NetworkRecipe {

        /**
         * Details of a layer.
         *
         * @param keyHeads heads of keys and values; as many as heads if left out
         * @param activation of the feed-forward part
         * @param norm which norm
         * @param preNorm norm before each part of a layer instead of after it
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Block(
                @Nullable Integer keyHeads,
                FeedForward.Kind activation,
                Norm.Kind norm,
                boolean preNorm) {
            static final Block DEFAULT = new Block(null, null, null, null);

            @JsonCreator
            public Block(
                    @Nullable Integer keyHeads,
                    FeedForward.@Nullable Kind activation,
                    Norm.@Nullable Kind norm,
                    @Nullable Boolean preNorm) {
                this(
                        keyHeads,
                        Checks.or(activation, FeedForward.Kind.GELU),
                        Checks.or(norm, Norm.Kind.LAYER),
                        (boolean) Checks.or(preNorm, true));
                if (keyHeads != null) {
                    Checks.atLeast("model.block.keyHeads", 1, keyHeads);
                }
            }
        }

        @JsonCreator
        public Transformer(
                @Nullable Integer width,
                @Nullable Integer heads,
                @Nullable Integer feedForward,
                @Nullable Integer layers,
                @Nullable Integer decoderLayers,
                @Nullable Boolean bidirectional,
                Positions.@Nullable Kind positions,
                @Nullable Double dropout,
                @Nullable Block block) {
            this(
                    Checks.atLeast("model.width", 1, (int) Checks.or(width, 128)),
                    Checks.atLeast("model.heads", 1, (int) Checks.or(heads, 4)),
                    Checks.atLeast(
                            "model.feedForward",
                            1,
                            (int) Checks.or(feedForward, 4 * Checks.or(width, 128))),
                    Checks.atLeast("model.layers", 1, (int) Checks.or(layers, 1)),
                    decoderLayers,
                    bidirectional,
                    Checks.or(positions, Positions.Kind.SINUSOIDAL),
                    Checks.share("model.dropout", (double) Checks.or(dropout, 0.2)),
                    Checks.or(block, Block.DEFAULT));
            if (decoderLayers != null) {
                Checks.atLeast("model.decoderLayers", 1, decoderLayers);
            }
        }

        Transformer bidirectional(@Nullable Boolean both) {
            return new Transformer(
                    width,
                    heads,
                    feedForward,
                    layers,
                    decoderLayers,
                    both,
                    positions,
                    dropout,
                    block);
        }

        @Override
        public String kind() {
            return TRANSFORMER;
        }
    }

    /**
     * A multilayer perceptron with one hidden layer on each row by itself, with no memory: what the
     * others are measured against.
     *
     * @param width of the rows that go in
     * @param hidden numbers in the hidden layer, and in a row that comes out
     * @param dropout on the rows that go in and on those that come out
     */
    @JsonIgnoreProperties(value = "kind", allowGetters = true)
    record Mlp(int width, int hidden, double dropout) implements NetworkRecipe {
        @JsonCreator
        public Mlp(@Nullable Integer width, @Nullable Integer hidden, @Nullable Double dropout) {
            this(
                    Checks.atLeast("model.width", 1, (int) Checks.or(width, 128)),
                    Checks.atLeast("model.hidden", 1, (int) Checks.or(hidden, 128)),
                    Checks.share("model.dropout", (double) Checks.or(dropout, 0.2)));
        }

        @Override
        public String kind() {
            return MLP;
        }
    }

    /**
     * A network that only reads: both ways unless it says otherwise, and without a decoder's keys.
     *
     * @throws RecipeException if the recipe has none, or one with keys of a decoder
     */
    static NetworkRecipe encoder(@Nullable NetworkRecipe model) {
        return switch (withoutDecoder(model)) {
            case Recurrent r -> r.bidirectional(Checks.or(r.bidirectional(), true));
            case Transformer t -> t.bidirectional(Checks.or(t.bidirectional(), true));
            case Mlp m -> m;
        };
    }

    /**
     * A network that reads and another that writes: the first reads both ways and the second looks
     * back by {@link Recurrent.Attention#GENERAL} unless the recipe says otherwise.
     *
     * @throws RecipeException if the recipe has none, or one without a memory
     */
    static NetworkRecipe encoderDecoder(@Nullable NetworkRecipe model) {
        return switch (withMemory(Checks.given(model, "model"))) {
            case Recurrent r ->
                    new Recurrent(
                            r.kind(),
                            r.width(),
                            r.hidden(),
                            r.layers(),
                            Checks.or(r.bidirectional(), true),
                            Checks.or(r.attention(), Recurrent.Attention.GENERAL),
                            r.dropout());
            case NetworkRecipe other -> other;
        };
    }

    /**
     * A network that only writes: it has a memory, and it cannot read what comes after.
     *
     * @throws RecipeException if the recipe has none, or one that does not fit
     */
    static NetworkRecipe decoder(@Nullable NetworkRecipe model) {
        return switch (withMemory(withoutDecoder(model))) {
            case Recurrent r -> r.bidirectional(forwards(r.bidirectional()));
            case Transformer t -> t.bidirectional(forwards(t.bidirectional()));
            case Mlp m -> m;
        };
    }

    private static @Nullable Boolean forwards(@Nullable Boolean bidirectional) {
        if (Boolean.TRUE.equals(bidirectional)) {
            throw new RecipeException(
                    "'model.bidirectional' of a network that only writes is false: it goes on with"
                            + " a text and cannot read what comes after; leave the key out");
        }
        return null;
    }

    private static NetworkRecipe withoutDecoder(@Nullable NetworkRecipe model) {
        NetworkRecipe given = Checks.given(model, "model");
        boolean decodes =
                switch (given) {
                    case Recurrent r -> r.attention() != null;
                    case Transformer t -> t.decoderLayers() != null;
                    case Mlp _ -> false;
                };
        if (decodes) {
            throw new RecipeException(
                    "'model.attention' and 'model.decoderLayers' are for networks that translate;"
                            + " leave them out");
        }
        return given;
    }

    private static NetworkRecipe withMemory(NetworkRecipe model) {
        if (model instanceof Mlp) {
            throw new RecipeException(
                    "'model.kind': what writes has a memory; it is %s, not mlp"
                            .formatted(
                                    Mistakes.listed(
                                            kinds().stream()
                                                    .filter(kind -> !kind.equals(MLP))
                                                    .toList(),
                                            "or")));
        }
        return model;
    }
}
