package dev.unroll.tasks.translation;

import dev.unroll.backend.Workspace;
import dev.unroll.decode.Hypothesis;
import dev.unroll.decode.NextToken;
import dev.unroll.decode.Search;
import dev.unroll.nn.EncoderDecoder;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.recipe.DecodingRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.text.TokenizerFile;
import dev.unroll.tasks.weights.Weights;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Translates with a trained model. Immutable, and safe to use from many threads at once.
 *
 * <pre>{@code
 * Translator translator = Translator.load(Path.of("runs/quickstart"));
 * String iso = translator.translate("mardi 5 juin 2018");
 * }</pre>
 *
 * @param tokenizer text to numbers and back
 * @param model the network
 * @param decoding how it writes
 */
public record Translator(Tokenizer tokenizer, EncoderDecoder model, DecodingRecipe decoding) {

    /**
     * The translator of a run.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run, or its files do not fit together
     */
    public static Translator load(Path run) throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        Recipe recipe = folder.readRecipe();
        Tokenizer tokenizer = TokenizerFile.read(folder.tokenizer());
        EncoderDecoder model =
                ModelBuilder.build(
                        recipe.model(),
                        tokenizer.vocabulary().size(),
                        recipe.data().maxTokens() + 2,
                        new Seed(0));
        Weights.load((Record) model, folder.model());
        return new Translator(tokenizer, model, recipe.decoding());
    }

    /** The same, writing in another way. */
    public Translator with(DecodingRecipe other) {
        return new Translator(tokenizer, model, other);
    }

    /** One text. */
    public String translate(String text) {
        return translate(List.of(text)).getFirst();
    }

    /** Many texts, in the order given; like lengths are translated together. */
    public List<String> translate(List<String> texts) {
        return candidates(texts, decoding.search()).stream()
                .map(answers -> answers.getFirst().text())
                .toList();
    }

    /**
     * A possible translation.
     *
     * @param text the translation
     * @param score what it was ranked by; 0 is best
     * @param finished whether the model ended it; false where it was cut off
     */
    public record Candidate(String text, double score, boolean finished) {}

    /** What a search finds for each text, the best first. */
    public List<List<Candidate>> candidates(List<String> texts, Search search) {
        List<int[]> sources = texts.stream().map(this::encode).toList();
        int[] order =
                IntStream.range(0, texts.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> -sources.get(i).length))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<List<Candidate>> results =
                new ArrayList<>(Collections.nCopies(texts.size(), List.of()));
        for (int from = 0; from < order.length; from += decoding.batch()) {
            int[] batch =
                    Arrays.copyOfRange(
                            order, from, Math.min(order.length, from + decoding.batch()));
            List<int[]> together = IntStream.of(batch).mapToObj(sources::get).toList();
            List<List<Hypothesis>> found =
                    Workspace.run(() -> search(together, search), r -> List.of());
            for (int i = 0; i < batch.length; i++) {
                results.set(batch[i], found.get(i).stream().map(this::candidate).toList());
            }
        }
        return results;
    }

    private int[] encode(String text) {
        int[] ids = tokenizer.encode(text);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = tokenizer.vocabulary().end();
        return ended;
    }

    private Candidate candidate(Hypothesis hypothesis) {
        return new Candidate(
                tokenizer.decode(hypothesis.tokens()), hypothesis.score(), hypothesis.finished());
    }

    private List<List<Hypothesis>> search(List<int[]> sources, Search search) {
        int[] limits = sources.stream().mapToInt(s -> decoding.limit(s.length)).toArray();
        return search.search(
                next(model.decode(Tokens.of(sources))),
                tokenizer.vocabulary().start(),
                tokenizer.vocabulary().end(),
                limits);
    }

    private static NextToken next(EncoderDecoder.Decoding decoding) {
        return (parents, tokens) -> {
            Tensor logs = decoding.after(parents, tokens); // [rows, vocabulary]
            float[] all = logs.toArray();
            int vocabulary = logs.dim(1);
            float[][] rows = new float[parents.length][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = Arrays.copyOfRange(all, r * vocabulary, (r + 1) * vocabulary);
            }
            return rows;
        };
    }
}
