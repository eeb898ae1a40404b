package dev.unroll.tasks.embedding;

import dev.unroll.data.TextPair;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/**
 * The first texts of pairs as questions, and the second ones as the texts that are searched. Each
 * text is there once, however often it stands in the pairs; all second texts that stand with a
 * first one are right for it.
 */
final class RetrievalQuestions {
    /** Questions that are compared with all texts together. */
    private static final int TOGETHER = 256;

    private final List<String> questions;
    private final List<String> texts;

    /** For each question, the places of its right texts. */
    private final List<Set<Integer>> right = new ArrayList<>();

    /** For each question, the place of itself among the texts; -1 if it is not among them. */
    private final int[] itself;

    private RetrievalQuestions(Map<String, Set<String>> answers) {
        this.questions = List.copyOf(answers.keySet());
        Set<String> distinct = new LinkedHashSet<>();
        answers.values().forEach(distinct::addAll);
        this.texts = List.copyOf(distinct);
        Map<String, Integer> places = new HashMap<>();
        for (String text : texts) {
            places.put(text, places.size());
        }
        this.itself = new int[questions.size()];
        for (int q = 0; q < itself.length; q++) {
            Set<Integer> own = new HashSet<>();
            answers.getOrDefault(questions.get(q), Set.of())
                    .forEach(text -> own.add(places.getOrDefault(text, -1)));
            right.add(own);
            itself[q] = places.getOrDefault(questions.get(q), -1);
        }
    }

    static RetrievalQuestions of(List<TextPair> pairs) {
        Map<String, Set<String>> answers = new LinkedHashMap<>();
        for (TextPair pair : pairs) {
            answers.computeIfAbsent(pair.first(), _ -> new LinkedHashSet<>()).add(pair.second());
        }
        return new RetrievalQuestions(answers);
    }

    /** {@return the questions, each once} */
    List<String> questions() {
        return questions;
    }

    /** {@return the texts that are searched, each once} */
    List<String> texts() {
        return texts;
    }

    /**
     * {@return the rank of each question's first right text by the cosine}
     *
     * @param asked a vector of length 1 for each question
     * @param searched a vector of length 1 for each text
     */
    int[] ranks(List<float[]> asked, List<float[]> searched) {
        int[] ranks = new int[questions.size()];
        if (ranks.length == 0) {
            return ranks;
        }
        Tensor all = Tensor.of(searched.toArray(float[][]::new)).transpose();
        for (int from = 0; from < ranks.length; from += TOGETHER) {
            int to = Math.min(ranks.length, from + TOGETHER);
            Tensor some = Tensor.of(asked.subList(from, to).toArray(float[][]::new));
            float[] scores = MemoryScope.run(() -> some.matmul(all).toArray());
            for (int q = from; q < to; q++) {
                int row = (q - from) * texts.size();
                int question = q;
                ranks[q] = rank(question, t -> scores[row + t]);
            }
        }
        return ranks;
    }

    /** {@return the rank of each question's first right text by a likeness of two texts} */
    int[] ranks(ToDoubleBiFunction<String, String> likeness) {
        int[] ranks = new int[questions.size()];
        for (int q = 0; q < ranks.length; q++) {
            String question = questions.get(q);
            double[] scores =
                    texts.stream()
                            .mapToDouble(text -> likeness.applyAsDouble(question, text))
                            .toArray();
            ranks[q] = rank(q, t -> scores[t]);
        }
        return ranks;
    }

    /** The likeness of the question with the text at a place. */
    @FunctionalInterface
    private interface Score {
        double of(int text);
    }

    /** A wrong text that is as like the question as the right one stands before it. */
    private int rank(int question, Score score) {
        double best = Double.NEGATIVE_INFINITY;
        for (int text : right.get(question)) {
            best = Math.max(best, score.of(text));
        }
        int rank = 1;
        for (int text = 0; text < texts.size(); text++) {
            if (text != itself[question]
                    && !right.get(question).contains(text)
                    && !(score.of(text) < best)) {
                rank++;
            }
        }
        return rank;
    }
}
