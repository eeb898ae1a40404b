package dev.unroll.tasks.translation;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Backends;
import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.decode.Hypothesis;
import dev.unroll.decode.Search;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.ImportedTokens;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.model.PackedNetworks;
import dev.unroll.tasks.model.WriterImport;
import dev.unroll.tasks.model.WriterTokens;
import dev.unroll.tasks.recipe.DecodingRecipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Translates with a trained model. Immutable, and safe to use from many threads at once. Good until
 * the model's weights change: whoever trains it on makes another. A model that has learnt positions
 * reads no more of a text than it has positions for ({@link #unread}), and writes no more: what is
 * cut off there is not {@linkplain Candidate#finished finished}.
 *
 * <pre>{@code
 * Translator translator = Translator.load(Path.of("runs/quickstart"));
 * String iso = translator.translate("mardi 5 juin 2018");
 * }</pre>
 */
public final class Translator implements Predictor<String, String> {
    /** Sentences of a batch that are worth another thread. */
    private static final int WORTH_THREADS = 4;

    private final WriterTokens tokens;
    private final EncoderDecoder packed;
    private final DecodingRecipe decoding;

    /**
     * @param tokenizer text to numbers and back
     * @param model the network
     * @param decoding how it writes
     */
    public Translator(Tokenizer tokenizer, EncoderDecoder model, DecodingRecipe decoding) {
        this(new WriterTokens.Own(tokenizer), model, decoding);
    }

    private Translator(WriterTokens tokens, EncoderDecoder model, DecodingRecipe decoding) {
        this.tokens = tokens;
        this.packed = PackedNetworks.forDecoding(model);
        this.decoding = decoding;
    }

    /** Text to numbers and back. */
    public WriterTokens tokens() {
        return tokens;
    }

    /** The search, its limits and the size of a batch. */
    public DecodingRecipe decoding() {
        return decoding;
    }

    /**
     * The translator of a run, or of an encoder with a decoder that others trained, such as
     * Marian's or BART: the folder of {@code unroll import} or one of Hugging Face's form.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run and no such model, or its files do not fit
     *     together
     */
    public static Translator load(Path run) throws IOException {
        if (new RunFolder(run).isImported()) {
            var _ = Backends.current().warmUp(); // goes on while the files are read
            return of(WriterImport.load(run));
        }
        return Runs.load(TranslationTask.TASK, run);
    }

    /**
     * The translator of an encoder with a decoder that others trained. The width of the beam is the
     * model's; hypotheses are ranked as {@link DecodingRecipe} says.
     *
     * @throws IllegalArgumentException if it is another kind of model, or has no tokenizer
     */
    public static Translator of(Pretrained model) throws IOException {
        EncoderDecoder network = model.encoderDecoder(); // or it is none
        ImportedTokens tokens = ImportedTokens.of(model);
        if (network.encoder().longest() <= tokens.around()) {
            throw new PretrainedException(
                    "%s: %d positions leave no room beside %d special tokens"
                            .formatted(
                                    model.files().from(),
                                    network.encoder().longest(),
                                    tokens.around()));
        }
        DecodingRecipe decoding =
                RecipeFile.part(DecodingRecipe.class, Map.of("beam", tokens.rules().beam()));
        return new Translator(tokens, network, decoding);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a translator with the best weights
     */
    public static Translator train(TranslationRecipe recipe, Corpus<Pair> corpus, Path folder)
            throws IOException {
        return Runs.train(TranslationTask.TASK, recipe, corpus, folder);
    }

    /**
     * The network of a run, with its weights.
     *
     * @throws IllegalArgumentException if it is no run, or its files do not fit together
     */
    public static EncoderDecoder model(Path run) throws IOException {
        return Runs.trained(TranslationTask.TASK, new RunFolder(run)).model();
    }

    /** The same, writing in another way. */
    public Translator with(DecodingRecipe other) {
        return new Translator(tokens, packed, other);
    }

    /** One text. The translation of a blank text is empty. */
    public String translate(String text) {
        return translate(List.of(text)).getFirst();
    }

    /** Many texts, in the order given; like lengths are translated together. */
    public List<String> translate(List<String> texts) {
        return candidates(texts, decoding.search()).stream()
                .map(answers -> answers.getFirst().text())
                .toList();
    }

    @Override
    public List<String> predictAll(List<String> texts) {
        return translate(texts);
    }

    @Override
    public List<String> examples() {
        return List.of("one of three", "this one has some more words than the other, ten of them");
    }

    /**
     * A possible translation.
     *
     * @param text the translation
     * @param score what it was ranked by; 0 is best
     * @param finished whether the model ended it; false where it was cut off
     * @param unknown how many of its tokens are unknown ones, shown as {@code <unk>}
     */
    public record Candidate(String text, double score, boolean finished, int unknown) {}

    /**
     * The candidates that a search finds for each text, the best first. Of a blank text it is one,
     * an empty text.
     */
    public List<List<Candidate>> candidates(List<String> texts, Search search) {
        List<int[]> sources =
                texts.stream().filter(text -> !text.isBlank()).map(this::encode).toList();
        Iterator<List<Hypothesis>> found = hypotheses(sources, search).iterator();
        return texts.stream()
                .map(
                        text ->
                                text.isBlank()
                                        ? List.of(new Candidate("", 0, true, 0))
                                        : found.next().stream().map(this::candidate).toList())
                .toList();
    }

    /**
     * The hypotheses that a search finds for each source, the best first.
     *
     * @param sources each with the end token behind
     */
    public List<List<Hypothesis>> hypotheses(List<int[]> sources, Search search) {
        Backend backend = Backends.current();
        int[] lengths = sources.stream().mapToInt(source -> source.length).toArray();
        int size = together(sources.size(), backend.threads());
        return InferenceBatches.longestFirst(lengths, size)
                .runSideBySide(backend, sources, batch -> search(batch, search));
    }

    /** The number of sentences in a batch, fewer where every thread would not have some. */
    private int together(int sentences, int threads) {
        int share = (sentences + threads - 1) / threads;
        return Math.clamp(share, Math.min(WORTH_THREADS, decoding.batch()), decoding.batch());
    }

    /**
     * The tokens of a text that are not read, because the model has learnt positions for fewer.
     *
     * @param text to translate
     * @return 0 for a text that is read whole
     */
    public int unread(String text) {
        return Math.max(0, tokens.prompt(text).length - longestSource());
    }

    /** {@return how many tokens of a text are read at most, special ones aside} */
    public int longestSource() {
        return packed.encoder().longest() == Integer.MAX_VALUE
                ? Integer.MAX_VALUE
                : packed.encoder().longest() - tokens.around();
    }

    /** {@return the parts of a text that the model does not know, such as words, in order} */
    public List<String> unknown(String text) {
        return tokens.unknown(text);
    }

    private int[] encode(String text) {
        return tokens.source(text, packed.encoder().longest());
    }

    private Candidate candidate(Hypothesis hypothesis) {
        return new Candidate(
                tokens.show(hypothesis.tokens()),
                hypothesis.score(),
                hypothesis.finished(),
                (int) Arrays.stream(hypothesis.tokens()).filter(tokens::isUnknown).count());
    }

    private List<List<Hypothesis>> search(List<int[]> sources, Search search) {
        int longest = packed.decoder().longest();
        int[] limits =
                sources.stream()
                        .mapToInt(s -> Math.min(longest, decoding.limit(s.length)))
                        .toArray();
        return search.search(
                tokens.allowed(packed.decode(Tokens.of(sources))),
                tokens.start(),
                tokens.end(),
                limits);
    }
}
