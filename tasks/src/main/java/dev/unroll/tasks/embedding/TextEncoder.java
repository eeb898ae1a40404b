package dev.unroll.tasks.embedding;

import dev.unroll.backend.Backends;
import dev.unroll.backend.WeightStorage;
import dev.unroll.data.Corpus;
import dev.unroll.nn.Model;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.network.SentenceEncoder;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a vector of a text, such that texts of like meaning have vectors of like direction (Reimers
 * and Gurevych 2019). The network and its tokenizer are a pretrained model's.
 *
 * <pre>{@code
 * TextEncoder encoder = TextEncoder.load(Path.of("all-MiniLM-L6-v2"));
 * float[] vector = encoder.predict("What does it cost to return a parcel?");
 * }</pre>
 *
 * <p>Many texts are laid end to end, without padding, so a text's vector does not depend on what
 * else is asked. A text with more tokens than {@link EncoderSettings#longest} is cut, and {@link
 * #encode} tells so. An empty text has the vector of its special tokens; zeroes where the tokenizer
 * adds none.
 */
public final class TextEncoder implements Predictor<String, float[]> {
    /** Tokens that go through the network together. */
    private static final int TOGETHER = 2_048;

    /** The length below which a vector counts as zero, as in PyTorch's normalize. */
    private static final double SMALLEST = 1e-12;

    private final TokenRows network;
    private final TextPipeline tokenizer;
    private final EncoderSettings settings;

    private TextEncoder(TokenRows network, TextPipeline tokenizer, EncoderSettings settings) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.settings = settings;
    }

    /** The purpose of a text that asks, among the prompts of a model. */
    static final String QUESTION = "query";

    /** The purpose of a text that is searched, among the prompts of a model. */
    static final String PASSAGE = "passage";

    /**
     * Reads an encoder from a folder: that of a model of Hugging Face's transformers or of
     * sentence-transformers, the run of {@code unroll import}, or that of a training of {@link
     * EmbeddingTask}.
     *
     * @param folder with {@code config.json}, the weights and the tokenizer; or a run's
     * @return the encoder
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static TextEncoder load(Path folder) throws IOException {
        return load(folder, WeightStorage.F32);
    }

    /**
     * Reads an encoder from a folder, as {@link #load(Path)} does.
     *
     * @param folder of a model or a run
     * @param storage of the layers' matrices; the vectors differ a little where it is not {@code
     *     F32}
     * @return the encoder
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static TextEncoder load(Path folder, WeightStorage storage) throws IOException {
        if (Files.isRegularFile(new RunFolder(folder).recipe())) {
            TextEncoder trained = Runs.load(EmbeddingTask.TASK, folder);
            return new TextEncoder(
                    trained.network.stored(storage), trained.tokenizer, trained.settings);
        }
        return load(ModelFiles.folder(folder), storage);
    }

    /**
     * Reads an encoder from its files, wherever they are: on the class path, in memory, in a jar.
     *
     * @param files of the model
     * @return the encoder
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static TextEncoder load(ModelFiles files) throws IOException {
        return load(files, WeightStorage.F32);
    }

    /**
     * Reads an encoder whose matrices may be stored in less memory than they were published in,
     * which also makes single texts faster; the vectors differ a little.
     *
     * @param files of the model
     * @param storage of the layers' matrices
     * @return the encoder
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static TextEncoder load(ModelFiles files, WeightStorage storage) throws IOException {
        var _ = Backends.current().warmUp(); // goes on while the files are read
        return of(Pretrained.load(files, matrix -> matrix.packedAlone(storage)));
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param recipe of the training
     * @param corpus of pairs that belong together
     * @param folder of the run; what is there of a former run is removed
     * @return an encoder with the best weights
     * @throws IOException if the folder cannot be written
     */
    public static TextEncoder train(
            EmbeddingRecipe recipe, Corpus<MatchingTexts> corpus, Path folder) throws IOException {
        return Runs.train(EmbeddingTask.TASK, recipe, corpus, folder);
    }

    /**
     * An encoder with the settings that its files have.
     *
     * @param model as it was read
     * @return the encoder
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static TextEncoder of(Pretrained model) throws IOException {
        return of(model, EncoderSettings.read(model.files()));
    }

    /**
     * An encoder with settings of one's own.
     *
     * @param model as it was read
     * @param settings in place of those that its files have
     * @return the encoder
     * @throws IllegalArgumentException if a file is missing, damaged or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static TextEncoder of(Pretrained model, EncoderSettings settings) throws IOException {
        TokenRows network = TokenRows.of(model.network());
        TextPipeline tokenizer = model.tokenizer();
        return of(network, tokenizer, limited(settings, network.longest(), tokenizer));
    }

    /** An encoder whose settings say how many tokens it reads. */
    static TextEncoder of(Model network, TextPipeline tokenizer, EncoderSettings settings) {
        return of(TokenRows.of(network), tokenizer, settings);
    }

    private static TextEncoder of(
            TokenRows network, TextPipeline tokenizer, EncoderSettings settings) {
        int longest = settings.longest();
        return new TextEncoder(
                network,
                longest == Integer.MAX_VALUE ? tokenizer : tokenizer.truncatedTo(longest),
                settings);
    }

    /**
     * {@return the settings with as many tokens as can be read}
     *
     * @param longest the most tokens that the network reads
     * @param tokenizer whose truncation counts where the settings say nothing
     */
    static EncoderSettings limited(EncoderSettings settings, int longest, TextPipeline tokenizer) {
        int said =
                settings.longest() < Integer.MAX_VALUE
                        ? settings.longest()
                        : tokenizer
                                .truncation()
                                .map(truncation -> truncation.length())
                                .orElse(Integer.MAX_VALUE);
        return settings.upTo(Math.min(longest, said));
    }

    /**
     * {@return the network that other engines compute vectors with}
     *
     * @throws PretrainedException if it is a language model
     */
    public SentenceEncoder exported() {
        if (!(network.network() instanceof BertEncoder encoder)) {
            throw new PretrainedException(
                    "vectors of a language model cannot be exported, only those of an encoder");
        }
        return new SentenceEncoder(encoder, settings.pooling().layer(), settings.normalized());
    }

    /** {@return what is done around the network} */
    public EncoderSettings settings() {
        return settings;
    }

    /** {@return numbers in a vector} */
    public int width() {
        return network.width();
    }

    /** {@return this encoder with a text put before every text, in place of the one so far} */
    public TextEncoder prefixed(String prefix) {
        return new TextEncoder(network, tokenizer, settings.prefixed(prefix));
    }

    /**
     * {@return this encoder with the prefix that the model's files have for a purpose}
     *
     * @param purpose such as {@code query} or {@code passage}
     * @throws IllegalArgumentException if they have none for it
     */
    public TextEncoder prompted(String purpose) {
        String prompt = settings.prompts().get(purpose);
        if (prompt == null) {
            throw new IllegalArgumentException(
                    "the model has no prompt '%s'; it has %s"
                            .formatted(
                                    purpose,
                                    settings.prompts().isEmpty()
                                            ? "none"
                                            : String.join(", ", settings.prompts().keySet())));
        }
        return prefixed(prompt);
    }

    /** {@return this encoder for texts that ask: with the prompt {@code query}, if there is one} */
    public TextEncoder forQuestions() {
        return prefixed(settings.before(QUESTION));
    }

    /**
     * {@return this encoder for texts that are searched: with the prompt {@code passage}, if there
     * is one}
     */
    public TextEncoder forPassages() {
        return prefixed(settings.before(PASSAGE));
    }

    @Override
    public float[] predict(String text) {
        return encode(text).vector();
    }

    @Override
    public List<float[]> predictAll(List<String> texts) {
        return encodeAll(texts).stream().map(TextVector::vector).toList();
    }

    /**
     * {@return the vector of a text, and whether it was cut}
     *
     * @param text of any length
     */
    public TextVector encode(String text) {
        Encoding tokens = tokens(text);
        return MemoryScope.run(() -> vectors(List.of(tokens)).getFirst());
    }

    /**
     * {@return the vectors of texts, in their order, and which of them were cut}
     *
     * @param texts of any lengths
     */
    public List<TextVector> encodeAll(List<String> texts) {
        List<Encoding> all = texts.stream().map(this::tokens).toList();
        int[] lengths = all.stream().mapToInt(Encoding::size).toArray();
        return InferenceBatches.byTokens(lengths, TOGETHER).run(all, this::vectors);
    }

    private Encoding tokens(String text) {
        return tokenizer.encode(settings.prefix().isEmpty() ? text : settings.prefix() + text);
    }

    private List<TextVector> vectors(List<Encoding> texts) {
        Tokens tokens = Tokens.of(texts.stream().map(Encoding::ids).toList());
        Layout layout = tokens.layout();
        float[] rows = new float[0];
        if (layout.tokens() > 0) {
            int[] types = texts.stream().flatMapToInt(t -> Arrays.stream(t.types())).toArray();
            Sequences y = network.of(tokens, types);
            rows = y.rows().toArray();
        }
        List<TextVector> vectors = new ArrayList<>();
        for (int s = 0; s < texts.size(); s++) {
            int[] offsets = layout.offsets();
            float[] vector =
                    settings.pooling().pool(rows, offsets[s], offsets[s + 1], network.width());
            if (settings.normalized()) {
                normalize(vector);
            }
            vectors.add(new TextVector(vector, layout.length(s), texts.get(s).truncated()));
        }
        return vectors;
    }

    /** {@return a vector divided by its length} */
    static float[] unit(float[] vector) {
        float[] unit = vector.clone();
        normalize(unit);
        return unit;
    }

    private static void normalize(float[] vector) {
        double squares = 0;
        for (float v : vector) {
            squares += v * v;
        }
        double length = Math.max(Math.sqrt(squares), SMALLEST);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
    }

    @Override
    public List<String> examples() {
        return List.of(
                "What does it cost to return a parcel?",
                "Parcels can be returned within 30 days, and we pay for it.",
                "The table of customers has a row for each account, with its name, its country and"
                        + " the day on which it was opened; accounts that were closed stay in it.");
    }
}
