package dev.unroll.tasks.embedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Texts with their vectors in memory, to find those that are most like another. Every text is
 * compared; for more than some hundred thousand, use a vector database.
 */
public final class NearestTexts {
    private final List<String> texts;
    private final List<TextVector> vectors;

    private NearestTexts(List<String> texts, List<TextVector> vectors) {
        this.texts = List.copyOf(texts);
        this.vectors = List.copyOf(vectors);
    }

    /**
     * Computes the vectors of texts.
     *
     * @param encoder of the texts
     * @param texts to be searched
     */
    public static NearestTexts of(TextEncoder encoder, List<String> texts) {
        return new NearestTexts(texts, encoder.encodeAll(texts));
    }

    /** {@return how many of the texts were cut, because they have more tokens than are read} */
    public int truncated() {
        return (int) vectors.stream().filter(TextVector::truncated).count();
    }

    /**
     * A text that was found.
     *
     * @param index its place among the texts, from 0
     * @param text it
     * @param score the cosine of the angle between its vector and the one asked for, from −1 to 1
     */
    public record Match(int index, String text, double score) {}

    /**
     * {@return the texts whose vectors have the most similar directions, the most similar first;
     * blank texts are passed over}
     *
     * @param vector as wide as theirs
     * @param count the most that are found
     * @throws IllegalArgumentException if the vector is of another width
     */
    public List<Match> nearest(float[] vector, int count) {
        PriorityQueue<Match> best =
                new PriorityQueue<>(
                        Comparator.comparingDouble(Match::score)
                                .thenComparing(Match::index, Comparator.reverseOrder()));
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                continue;
            }
            double score = TextVector.cosine(vector, vectors.get(i).vector());
            best.add(new Match(i, texts.get(i), score));
            if (best.size() > count) {
                best.poll();
            }
        }
        List<Match> found = new ArrayList<>(best);
        found.sort(
                Comparator.comparingDouble(Match::score).reversed().thenComparingInt(Match::index));
        return found;
    }
}
