package dev.unroll.pretrained;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.pretrained.architecture.Architectures;
import dev.unroll.pretrained.architecture.GuessedConfig;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.weights.NamedWeights;
import dev.unroll.pretrained.weights.StoredArray;
import dev.unroll.tensor.Parameter;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A model that others trained, read from its files: a network of Unroll's layers, to be used or
 * trained on.
 *
 * <pre>{@code
 * Pretrained minilm = Pretrained.load(Path.of("all-MiniLM-L6-v2"));
 * BertEncoder encoder = minilm.encoder();
 * }</pre>
 *
 * <p>The files are those of Hugging Face's transformers: {@code config.json}, {@code
 * model.safetensors} or its shards with {@code model.safetensors.index.json}. Known are the
 * architectures of {@link Architectures#types}. With the module {@code unroll-onnx}, an exported
 * {@code model.onnx} is read in place of the weights.
 *
 * @param config the settings of the network
 * @param network a {@link BertEncoder}, a {@link TransformerLanguageModel} or an {@link
 *     EncoderDecoder}
 * @param stored which parameter of the network is which array of the files
 * @param left the names of the arrays that were not read, such as those of heads
 * @param files where the model was read
 */
public record Pretrained(
        ModelConfig config,
        Model network,
        List<StoredArray> stored,
        List<String> left,
        ModelFiles files) {
    private static final String CONFIG = "config.json";

    /** Copies the lists. */
    public Pretrained {
        stored = List.copyOf(stored);
        left = List.copyOf(left);
    }

    /**
     * Reads a model from a folder.
     *
     * @param folder with {@code config.json} and the weights
     * @return the model
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others;
     *     the message names it and says what is wrong
     * @throws IOException if a file cannot be read
     */
    public static Pretrained load(Path folder) throws IOException {
        return load(ModelFiles.folder(folder));
    }

    /**
     * Reads a model from its files, wherever they are. For weights in another format than
     * safetensors that come without a {@code config.json}, the settings of a BERT are told by the
     * arrays, as {@link GuessedConfig} says.
     *
     * @param files of the model
     * @return the model
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others;
     *     the message names it and says what is wrong
     * @throws IOException if a file cannot be read
     */
    public static Pretrained load(ModelFiles files) throws IOException {
        return load(files, UnaryOperator.identity());
    }

    /**
     * Reads a model from its files, as {@link #load(ModelFiles)} does.
     *
     * @param files of the model
     * @param kept in which form each matrix of a linear layer is kept once it has been read: {@code
     *     p -> p.packedAlone(WeightStorage.F32)} for a model that only predicts
     * @return the model
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others;
     *     the message names it and says what is wrong
     * @throws IOException if a file cannot be read
     */
    public static Pretrained load(ModelFiles files, UnaryOperator<Parameter> kept)
            throws IOException {
        if (files instanceof ModelFiles.Folder(Path folder) && !Files.isDirectory(folder)) {
            throw new PretrainedException(
                    "%s is no folder; give the folder that config.json and model.safetensors are in"
                            .formatted(folder));
        }
        boolean says = files.has(CONFIG);
        if (!says && WeightsLocation.areSafetensors(files)) {
            throw new PretrainedException(
                    "%s has no %s, which says what network the weights are of"
                            .formatted(files.from(), CONFIG));
        }
        try (Arena arena = Arena.ofConfined()) {
            NamedWeights weights = WeightsLocation.open(files, arena);
            ModelConfig config =
                    says
                            ? ModelConfig.parse(files.read(CONFIG), files.from() + ": " + CONFIG)
                            : GuessedConfig.of(weights, files.from());
            return build(config, weights, files, kept);
        }
    }

    /**
     * Reads what arrays a model has, and none of their numbers.
     *
     * @param files of the model
     * @return the shapes of the arrays by name, of all files that share them
     * @throws IllegalArgumentException if a file is missing or damaged, or two have the same array
     * @throws IOException if a file cannot be read
     */
    public static Map<String, int[]> shapes(ModelFiles files) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return WeightsLocation.open(files, arena).shapes();
        }
    }

    /**
     * Reads a model's weights for given settings.
     *
     * @param config takes the place of the files' {@code config.json}
     * @param files of the model
     * @return the model
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others;
     *     the message names it and says what is wrong
     * @throws IOException if a file cannot be read
     */
    public static Pretrained load(ModelConfig config, ModelFiles files) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return build(
                    config, WeightsLocation.open(files, arena), files, UnaryOperator.identity());
        }
    }

    private static Pretrained build(
            ModelConfig config,
            NamedWeights weights,
            ModelFiles files,
            UnaryOperator<Parameter> kept) {
        Architectures.Built built = Architectures.build(config, weights, files.from(), kept);
        return new Pretrained(config, built.network(), built.stored(), built.left(), files);
    }

    /**
     * {@return a model whose numbers are all 0, for weights that are read next} It can be saved
     * under the names of its architecture; it has no tokenizer.
     *
     * @param config its settings
     * @throws IllegalArgumentException if the architecture is not known or a setting is not as it
     *     should be
     */
    public static Pretrained blank(ModelConfig config) {
        return blank(config, Seed.BLANK);
    }

    /**
     * {@return a model whose numbers are all 0, for weights that are read next}
     *
     * @param config its settings
     * @param seed a {@linkplain Seed#blank(long) blank} one, which may bound the model's size
     * @throws IllegalArgumentException if the architecture is not known, a setting is not as it
     *     should be, or the model is larger than the seed allows
     */
    public static Pretrained blank(ModelConfig config, Seed seed) {
        Architectures.Built built = Architectures.blank(config, seed);
        return new Pretrained(
                config,
                built.network(),
                built.stored(),
                built.left(),
                new ModelFiles.InMemory("nowhere", Map.of()));
    }

    /**
     * {@return the network, if it is an encoder}
     *
     * @throws PretrainedException if it is another kind of network
     */
    public BertEncoder encoder() {
        return network(BertEncoder.class, "an encoder");
    }

    /**
     * {@return the network, if it is a language model}
     *
     * @throws PretrainedException if it is another kind of network
     */
    public TransformerLanguageModel languageModel() {
        return network(TransformerLanguageModel.class, "a language model");
    }

    /**
     * {@return the network, if it is an encoder and a decoder}
     *
     * @throws PretrainedException if it is another kind of network
     */
    public EncoderDecoder encoderDecoder() {
        return network(EncoderDecoder.class, "an encoder and a decoder");
    }

    private <N> N network(Class<N> type, String what) {
        if (!type.isInstance(network)) {
            throw new PretrainedException(
                    "%s: a model of type '%s' is not %s"
                            .formatted(files.from(), config.text("model_type", ""), what));
        }
        return type.cast(network);
    }

    /**
     * Reads the model's tokenizer, as {@link TokenizerLocation#read} does.
     *
     * @return the tokenizer, with the special tokens that the model expects
     * @throws IllegalArgumentException if there is none, if a file is damaged or asks for something
     *     that is not known, or if a token has an id that the embedding has no row for
     * @throws IOException if a file cannot be read
     */
    public TextPipeline tokenizer() throws IOException {
        TextPipeline tokenizer = TokenizerLocation.read(files);
        int rows = config.count("vocab_size");
        int last = tokenizer.vocabularySize() - 1;
        if (last >= rows) {
            throw new PretrainedException(
                    ("%s: %s: the token '%s' has the id %d, and the embedding has %d rows"
                                    + " ('vocab_size'): they are not of the same model; take the"
                                    + " tokenizer and the weights from the same folder")
                            .formatted(
                                    files.from(),
                                    TokenizerLocation.idsOf(files),
                                    tokenizer.token(last),
                                    last,
                                    rows));
        }
        return tokenizer;
    }

    /**
     * Writes the files of the model's tokenizer as they are, so that {@link #tokenizer()} of the
     * folder is that of this model.
     *
     * @param folder that is there
     * @throws IOException if a file cannot be read or written
     */
    public void saveTokenizer(Path folder) throws IOException {
        TokenizerLocation.copy(files, folder);
    }

    /**
     * {@return the arrays of a network under the names of the files that this one was read from}
     *
     * @param trained this network, or one of the same layers with other weights
     * @throws IllegalArgumentException if it has other layers
     */
    public Safetensors weights(Model trained) {
        Map<String, Parameter> parameters = trained.parameters();
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        for (StoredArray array : stored) {
            arrays.put(
                    array.name(), new Safetensors.Array(array.shape(), array.values(parameters)));
        }
        return new Safetensors(arrays, Map.of("format", "pt"));
    }

    /**
     * Writes {@code config.json} and {@code model.safetensors}, which Hugging Face's transformers
     * and {@link #load} read.
     *
     * @param trained this network, or one of the same layers with other weights
     * @param folder is made if it is not there
     * @throws IllegalArgumentException if the network has other layers
     * @throws IOException if a file cannot be written
     */
    public void save(Model trained, Path folder) throws IOException {
        Files.createDirectories(folder);
        weights(trained).write(folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve(CONFIG), config.json().toPrettyString() + "\n");
    }
}
