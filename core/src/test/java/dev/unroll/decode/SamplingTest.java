package dev.unroll.decode;

import static dev.unroll.decode.Tree.END;
import static dev.unroll.decode.Tree.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {

    private static final int DRAWS = 50_000;

    /** Token 0 never comes, so that nothing ends; 6 and 7 are equal. */
    private static final double[] PROBABILITIES = {0, 0.02, 0.3, 0.08, 0.25, 0.2, 0.075, 0.075};

    /** The 0.999 quantiles of chi-square by degrees of freedom, from the usual tables. */
    private static final double[] CHI_SQUARE = {
        Double.NaN, 10.828, 13.816, 16.266, 18.467, 20.515, 22.458
    };

    private static NextToken always(double... probabilities) {
        float[] row = Tree.logarithms(probabilities);
        return (parents, _) -> {
            float[][] rows = new float[parents.length][];
            Arrays.fill(rows, row);
            return rows;
        };
    }

    /** How often each token came in so many sentences of so many steps. */
    private static long[] counts(Sampling sampling, int sentences, int steps) {
        int[] maxLengths = new int[sentences];
        Arrays.fill(maxLengths, steps);
        long[] counts = new long[PROBABILITIES.length];
        sampling.search(always(PROBABILITIES), START, END, maxLengths).stream()
                .flatMapToInt(hypotheses -> IntStream.of(hypotheses.getFirst().tokens()))
                .forEach(token -> counts[token]++);
        return counts;
    }

    /** Holds the counts against weights; a weight of zero allows no count at all. */
    private static void assertDrawnFrom(double[] weights, long[] counts) {
        double sum = Arrays.stream(weights).sum();
        double distance = 0;
        int possible = 0;
        for (int token = 0; token < weights.length; token++) {
            if (weights[token] == 0) {
                assertThat(counts[token]).as("count of token %d", token).isZero();
            } else {
                double expected = DRAWS * weights[token] / sum;
                distance += Math.pow(counts[token] - expected, 2) / expected;
                possible++;
            }
        }
        assertThat(Arrays.stream(counts).sum()).isEqualTo(DRAWS);
        if (possible > 1) {
            assertThat(distance).as("chi-square").isLessThan(CHI_SQUARE[possible - 1]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 50000", "50000, 1", "250, 200"})
    void tokens_come_as_often_as_they_are_probable(int sentences, int steps) {
        assertDrawnFrom(PROBABILITIES, counts(new Sampling(11), sentences, steps));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.7, 1, 1.5, 4})
    void temperature_sharpens_and_flattens(double temperature) {
        double[] weights =
                Arrays.stream(PROBABILITIES).map(p -> Math.pow(p, 1 / temperature)).toArray();
        Sampling sampling = new Sampling(temperature, Sampling.ALL, 1, 12);

        assertDrawnFrom(weights, counts(sampling, 250, 200));
    }

    /** By falling probability: 2, 4, 5, 3, then 6 and 7 of which 6 stays first, then 1. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2 4", "3, 2 4 5", "5, 2 3 4 5 6", "6, 2 3 4 5 6 7", "8, 1 2 3 4 5 6 7"})
    void top_k_keeps_exactly_the_k_most_probable(int topK, String tokens) {
        assertDrawnFrom(only(tokens), counts(new Sampling(1, topK, 1, 13), 250, 200));
    }

    /** By falling probability the sums are 0.3, 0.55, 0.75, 0.83, 0.905, 0.98, 1. */
    @ParameterizedTest
    @CsvSource({
        "0.001, 2",
        "0.29, 2",
        "0.31, 2 4",
        "0.54, 2 4",
        "0.56, 2 4 5",
        "0.74, 2 4 5",
        "0.82, 2 3 4 5",
        "0.9, 2 3 4 5 6",
        "0.91, 2 3 4 5 6 7",
        "0.99, 1 2 3 4 5 6 7",
    })
    void top_p_keeps_exactly_the_nucleus(double topP, String tokens) {
        assertDrawnFrom(only(tokens), counts(new Sampling(1, Sampling.ALL, topP, 14), 250, 200));
    }

    /** Of the three most probable, 0.75 in all, 0.55 / 0.75 = 0.733 are reached by two. */
    @ParameterizedTest
    @CsvSource({"0.73, 2 4", "0.74, 2 4 5"})
    void the_nucleus_is_a_share_of_what_top_k_leaves(double topP, String tokens) {
        assertDrawnFrom(only(tokens), counts(new Sampling(1, 3, topP, 15), 250, 200));
    }

    /** 0.3² = 0.09 of 0.09 + 0.0625 + 0.04 + ... = 0.2105: a share of 0.43 and not of 0.3. */
    @Test
    void the_nucleus_is_cut_after_the_temperature() {
        assertDrawnFrom(only("2"), counts(new Sampling(0.5, Sampling.ALL, 0.42, 16), 250, 200));
    }

    private static double[] only(String tokens) {
        double[] weights = new double[PROBABILITIES.length];
        for (String token : tokens.split(" ", -1)) {
            weights[Integer.parseInt(token)] = PROBABILITIES[Integer.parseInt(token)];
        }
        return weights;
    }

    /** Equal probabilities: the nucleus of 0.5 is the first half, however far one must look. */
    @ParameterizedTest
    @ValueSource(ints = {2, 64, 128, 130, 256, 1024, 4000})
    void the_nucleus_of_a_flat_distribution_is_its_first_half(int vocabulary) {
        double[] flat = new double[vocabulary];
        Arrays.fill(flat, 1);
        float[] row = Tree.logarithms(flat);
        Sampling half = new Sampling(1, Sampling.ALL, 0.5 - 0.1 / vocabulary, 17);

        assertThat(NucleusSampler.token(row, half, 0)).isZero();
        assertThat(NucleusSampler.token(row, half, Math.nextDown(1.0)))
                .isEqualTo(vocabulary / 2 - 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 1e-300, Double.MIN_VALUE})
    void temperature_zero_is_greedy_and_so_is_nearly_zero(double temperature) {
        for (int seed = 0; seed < 50; seed++) {
            Tree tree = Tree.random(6, seed);
            int[] maxLengths = {12, 12};
            assertThat(
                            new Sampling(temperature, Sampling.ALL, 1, seed)
                                    .search(tree.network(), START, END, maxLengths))
                    .isEqualTo(new Greedy().search(tree.network(), START, END, maxLengths));
        }
    }

    @Test
    void the_same_seed_gives_the_same_text_and_another_seed_another() {
        int[] maxLengths = {30, 30, 30};
        NextToken network = always(PROBABILITIES);
        List<List<Hypothesis>> text = new Sampling(1).search(network, START, END, maxLengths);

        assertThat(new Sampling(1).search(network, START, END, maxLengths)).isEqualTo(text);
        assertThat(new Sampling(2).search(network, START, END, maxLengths))
                .doesNotContainAnyElementsOf(text);
        assertThat(text).doesNotHaveDuplicates();
    }

    @Test
    void a_batch_gives_what_its_sentences_give_alone() {
        int[] maxLengths = {9, 1, 4, 12, 7, 7, 2};
        for (int seed = 0; seed < 20; seed++) {
            Tree tree = Tree.random(7, seed);
            Sampling sampling = new Sampling(1.2, 5, 0.95, seed);
            List<List<Hypothesis>> alone = new ArrayList<>();
            for (int i = 0; i < maxLengths.length; i++) {
                alone.addAll(
                        sampling.numberedFrom(i)
                                .search(
                                        tree.from(i).network(),
                                        START,
                                        END,
                                        new int[] {maxLengths[i]}));
            }

            assertThat(sampling.search(tree.network(), START, END, maxLengths)).isEqualTo(alone);
        }
    }

    @Test
    void the_log_probability_is_the_networks_own() {
        Hypothesis found =
                new Sampling(0.5, 3, 0.9, 1)
                        .search(always(PROBABILITIES), START, END, new int[] {20})
                        .getFirst()
                        .getFirst();

        float[] row = Tree.logarithms(PROBABILITIES);
        double sum = IntStream.of(found.tokens()).mapToDouble(token -> row[token]).sum();
        assertThat(found.logProbability()).isEqualTo(sum).isEqualTo(found.score());
        assertThat(found.finished()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1, 1, 1, 0, temperature is -0.1",
        "NaN, 1, 1, 0, temperature is NaN",
        "Infinity, 1, 1, 0, temperature is Infinity",
        "1, 0, 1, 0, topK is 0; it must be at least 1",
        "1, 1, 0, 0, topP is 0.0; it must be above 0 and at most 1",
        "1, 1, 1.01, 0, topP is 1.01",
        "1, 1, NaN, 0, topP is NaN",
        "1, 1, 1, -1, firstSentence is -1",
    })
    void options_out_of_range_are_refused(
            double temperature, int topK, double topP, long first, String message) {
        assertThatThrownBy(() -> new Sampling(temperature, topK, topP, 1, first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
