package dev.unroll.tasks.embedding;

import dev.unroll.data.TextPair;
import dev.unroll.tasks.metrics.Retrieval;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Retrieval metrics of an encoder: the first text of each pair is a query, and its second text is
 * to be found among the second texts of all pairs.
 *
 * @param model by the cosine of the vectors
 * @param words by words in common (Jaccard's index of their sets), a baseline without learning
 * @param questions first texts, each once
 * @param texts second texts, each once, among which is searched
 * @param seconds to compute the vectors and to compare them
 */
public record RetrievalScore(
        Retrieval model, Retrieval words, int questions, int texts, double seconds) {

    /**
     * Searches the second texts by the first ones. All second texts that stand with a first one are
     * right for it; a text is not found by itself, unless it stands with itself; a wrong text that
     * is as like as the right one counts as before it.
     *
     * @param encoder to be measured
     * @param pairs at least one
     * @return the metrics
     */
    public static RetrievalScore of(TextEncoder encoder, List<TextPair> pairs) {
        RetrievalQuestions questions = RetrievalQuestions.of(pairs);
        long start = System.nanoTime();
        int[] ranks =
                questions.ranks(
                        unit(encoder.forQuestions().predictAll(questions.questions())),
                        unit(encoder.forPassages().predictAll(questions.texts())));
        double seconds = (System.nanoTime() - start) * 1e-9;
        Map<String, Set<String>> words = new HashMap<>();
        questions.questions().forEach(text -> words.put(text, words(text)));
        questions.texts().forEach(text -> words.put(text, words(text)));
        return new RetrievalScore(
                Retrieval.of(ranks),
                Retrieval.of(
                        questions.ranks(
                                (a, b) ->
                                        overlap(
                                                Objects.requireNonNull(words.get(a)),
                                                Objects.requireNonNull(words.get(b))))),
                questions.questions().size(),
                questions.texts().size(),
                seconds);
    }

    private static List<float[]> unit(List<float[]> vectors) {
        return vectors.stream().map(TextEncoder::unit).toList();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static double overlap(Set<String> a, Set<String> b) {
        Set<String> shared = new HashSet<>(a);
        shared.retainAll(b);
        return (double) shared.size() / Math.max(1, a.size() + b.size() - shared.size());
    }

    /** For people; English, whatever the machine's locale. */
    String text() {
        return "                      model   words in common\n"
                + row("recall at 1         ", Retrieval::recallAt1)
                + row("recall at 5         ", Retrieval::recallAt5)
                + row("recall at 10        ", Retrieval::recallAt10)
                + row("mean reciprocal rank", Retrieval::meanReciprocalRank)
                + String.format(
                        Locale.ROOT,
                        "%,d questions among %,d texts in %.1f s\n",
                        questions,
                        texts,
                        seconds);
    }

    private String row(String name, ToDoubleFunction<Retrieval> metric) {
        return String.format(
                Locale.ROOT,
                "%s  %.4f  %.4f\n",
                name,
                metric.applyAsDouble(model),
                metric.applyAsDouble(words));
    }
}
