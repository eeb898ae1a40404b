package dev.unroll.lab.kit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Counts of what followed the last n − 1 tokens. A context that was seldom seen is filled up by the
 * one that is a token shorter, as if that had spoken once (MacKay and Peto 1995):
 *
 * <pre>
 *   p(w | context) = (count(context, w) + p(w | shorter context)) / (count(context) + 1)
 * </pre>
 *
 * @param n 1 counts words alone, 2 pairs, 3 triples
 * @param vocabulary how many kinds of tokens there are
 * @param counts for each context of up to n − 1 tokens, how often each token followed
 */
public record NGram(int n, int vocabulary, Map<List<Integer>, int[]> counts) implements TokenModel {

    /** Counts texts [batch][length]. */
    public static NGram of(int n, int vocabulary, int[][] texts) {
        Map<List<Integer>, int[]> counts = new HashMap<>();
        for (int[] text : texts) {
            List<Integer> words = Arrays.stream(text).boxed().toList();
            for (int t = 1; t < text.length; t++) {
                for (int from = t; from >= Math.max(0, t - n + 1); from--) {
                    counts.computeIfAbsent(words.subList(from, t), c -> new int[vocabulary])[
                            text[t]]++;
                }
            }
        }
        return new NGram(n, vocabulary, counts);
    }

    @Override
    public double[][] next(int[][] texts) {
        return Arrays.stream(texts)
                .map(text -> Arrays.stream(text).boxed().toList())
                .flatMap(
                        words ->
                                IntStream.rangeClosed(1, words.size())
                                        .mapToObj(
                                                end ->
                                                        after(
                                                                words.subList(
                                                                        Math.max(0, end - n + 1),
                                                                        end))))
                .toArray(double[][]::new);
    }

    private double[] after(List<Integer> context) {
        double[] p = new double[vocabulary];
        Arrays.fill(p, 1.0 / vocabulary);
        for (int from = context.size(); from >= 0; from--) {
            int[] seen = counts.get(context.subList(from, context.size()));
            if (seen != null) {
                int all = Arrays.stream(seen).sum();
                for (int w = 0; w < p.length; w++) {
                    p[w] = (seen[w] + p[w]) / (all + 1);
                }
            }
        }
        return p;
    }
}
