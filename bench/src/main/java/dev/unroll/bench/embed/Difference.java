package dev.unroll.bench.embed;

import dev.unroll.backend.WeightStorage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The change of sentence vectors of length 1 when the weights are rounded.
 *
 * @param storage of the weights
 * @param largest difference of a number
 * @param cosine the smallest between a vector and its twin
 * @param ranking of the ten nearest of each sentence, the share that stays among the ten nearest
 */
record Difference(WeightStorage storage, double largest, double cosine, double ranking) {
    private static final int SENTENCES = 256;
    private static final int NEAREST = 10;

    static Difference of(WeightStorage storage) {
        Sentences sentences = Sentences.of(SENTENCES, 4, 40);
        float[][] exact = new UnrollEmbedding(sentences).vectors();
        float[][] rounded = new UnrollEmbedding(sentences, storage).vectors();
        double largest = 0;
        double cosine = 1;
        int kept = 0;
        for (int s = 0; s < SENTENCES; s++) {
            for (int j = 0; j < exact[s].length; j++) {
                largest = Math.max(largest, Math.abs(exact[s][j] - rounded[s][j]));
            }
            cosine = Math.min(cosine, dot(exact[s], rounded[s]));
            List<Integer> nearest = nearest(exact, s);
            kept += (int) nearest(rounded, s).stream().filter(nearest::contains).count();
        }
        return new Difference(storage, largest, cosine, (double) kept / SENTENCES / NEAREST);
    }

    private static List<Integer> nearest(float[][] vectors, int s) {
        return IntStream.range(0, vectors.length)
                .filter(i -> i != s)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -dot(vectors[s], vectors[i])))
                .limit(NEAREST)
                .toList();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (double) a[j] * b[j];
        }
        return sum;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: numbers differ by at most %.5f, cosines are at least %.6f, %.1f %% of the %d"
                        + " nearest stay among them (%d sentences of random tokens)",
                storage,
                largest,
                cosine,
                100 * ranking,
                NEAREST,
                SENTENCES);
    }
}
