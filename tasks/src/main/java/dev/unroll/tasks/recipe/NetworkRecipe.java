package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Cells;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public sealed interface NetworkRecipe extends ModelRecipe {
    String TRANSFORMER = "transformer";
    String MLP = "mlp";

    /** The width of the rows that go in, such as embeddings; a Transformer's rows keep it. */
    int width();

    /** The names that {@code kind} may have. */
    static List<String> kinds() {
        return Stream.concat(Cells.names().stream(), Stream.of(MLP, TRANSFORMER)).toList();
    }

    /** The keys of a kind; those of a recurrent network for every name of a cell. */
    static List<String> keys(String kind) {
        return Stream.concat(Stream.of("kind"), types(kind).keySet().stream()).distinct().toList();
    }

    /** The keys that two kinds have in common, and that mean the same in both. */
    static List<String> commonKeys(String one, String other) {
        Map<String, String> types = types(other);
        return Stream.concat(
                        Stream.of("kind"),
                        types(one).entrySet().stream()
                                .filter(key -> key.getValue().equals(types.get(key.getKey())))
                                .map(Map.Entry::getKey))
                .toList();
    }

    private static Map<String, String> types(String kind) {
        Class<?> type =
                switch (kind) {
                    case TRANSFORMER -> Transformer.class;
                    case MLP -> Mlp.class;
                    case PretrainedRecipe.PRETRAINED -> PretrainedRecipe.class;
                    default -> Recurrent.class;
                };
        Map<String, String> types = new LinkedHashMap<>();
        RecordKeys.of(type)
                .forEach(key -> types.put(key.getName(), key.getGenericType().getTypeName()));
        return types;
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
                    RecipeFile.part(
                            Transformer.class,
                            Map.of(
                                    "kind", kind,
                                    "width", width,
                                    "feedForward", 2 * width,
                                    "dropout", dropout));
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
            @Default("128") int width,
            @Default("128") int hidden,
            @Default("1") int layers,
            @Nullable Boolean bidirectional,
            @Nullable Attention attention,
            @Default("0.2") double dropout)
            implements NetworkRecipe {
        public Recurrent {
            Checks.oneOf("model.kind", kinds(), kind);
            Checks.atLeast("model.width", 1, width);
            Checks.atLeast("model.hidden", 1, hidden);
            Checks.layers("model.layers", layers);
            Checks.share("model.dropout", dropout);
        }

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
     * @param depth how many layers; in a recipe its keys stand beside {@code heads}
     * @param bidirectional whether the layers that read also look at what comes after; if left out,
     *     wherever a task allows it
     * @param positions how the order of tokens is known
     * @param dropout on embeddings, inside and after each part of a layer
     * @param attentionDropout on the attention weights; linear attention has none
     * @param attention which tokens each attends to, or that attention is linear; all tokens, and
     *     not linear, if left out. A list of several patterns is shared by equal groups of heads,
     *     in order
     * @param block details of a layer
     */
    @JsonIgnoreProperties(value = "kind", allowGetters = true)
    record Transformer(
            @Default("128") int width,
            @Default("4") int heads,
            Integer feedForward,
            @JsonUnwrapped Depth depth,
            @Nullable Boolean bidirectional,
            @Default("sinusoidal") Positions.Kind positions,
            @Default("0.2") double dropout,
            @Default("0") double attentionDropout,
            @JsonFormat(
                            with = {
                                JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                                JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
                            })
                    @Nullable List<AttentionPattern> attention,
            @Default("{}") Block block)
            implements NetworkRecipe {
        public Transformer {
            Checks.atLeast("model.width", 1, width);
            Checks.atLeast("model.heads", 1, heads);
            feedForward = Checks.or(feedForward, 4 * width);
            Checks.atLeast("model.feedForward", 1, feedForward);
            Checks.share("model.dropout", dropout);
            Checks.share("model.attentionDropout", attentionDropout);
            if (attention != null) {
                attention = List.copyOf(attention);
                requireFor(
                        heads,
                        block.keyHeads() == null ? heads : block.keyHeads(),
                        positions,
                        attentionDropout,
                        attention);
            }
        }

        private static void requireFor(
                int heads,
                int keyHeads,
                Positions.Kind positions,
                double dropout,
                List<AttentionPattern> patterns) {
            try {
                AttentionPattern.kind(patterns)
                        .dropout(dropout)
                        .require(heads, keyHeads, positions);
            } catch (IllegalArgumentException e) {
                throw new RecipeException("'model.attention': " + e.getMessage());
            }
        }

        /** How the tokens of a sequence attend to each other. */
        public AttentionKind selfAttention() {
            return AttentionPattern.kind(attention).dropout(attentionDropout);
        }

        /**
         * How many layers stand one above another.
         *
         * @param layers of an encoder, and of a decoder where it has no number of its own
         * @param decoderLayers of a decoder, where it has not as many as the encoder
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Depth(@Default("1") int layers, @Nullable Integer decoderLayers) {
            public Depth {
                Checks.layers("model.layers", layers);
                if (decoderLayers != null) {
                    Checks.layers("model.decoderLayers", decoderLayers);
                }
            }

            /** The number of layers of a decoder. */
            public int decoder() {
                return decoderLayers == null ? layers : decoderLayers;
            }
        }

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
                @Default("gelu") FeedForward.Kind activation,
                @Default("layer") Norm.Kind norm,
                @Default("true") boolean preNorm) {
            public Block {
                if (keyHeads != null) {
                    Checks.atLeast("model.block.keyHeads", 1, keyHeads);
                }
            }
        }

        Transformer bidirectional(@Nullable Boolean both) {
            return new Transformer(
                    width,
                    heads,
                    feedForward,
                    depth,
                    both,
                    positions,
                    dropout,
                    attentionDropout,
                    attention,
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
    record Mlp(
            @Default("128") int width, @Default("128") int hidden, @Default("0.2") double dropout)
            implements NetworkRecipe {
        public Mlp {
            Checks.atLeast("model.width", 1, width);
            Checks.atLeast("model.hidden", 1, hidden);
            Checks.share("model.dropout", dropout);
        }

        @Override
        public String kind() {
            return MLP;
        }
    }
}
