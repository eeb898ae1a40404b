package dev.unroll.decode;

import static dev.unroll.decode.Tree.END;
import static dev.unroll.decode.Tree.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every search. */
class SearchTest {

    static Stream<Search> searches() {
        return Stream.of(
                new Greedy(),
                new Beam(1),
                new Beam(4, 1, 3),
                new Sampling(7),
                new Sampling(0.8, 3, 0.9, 7));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void finished_sentences_leave_the_batch(Search search) {
        // sentence i counts from 2 to i + 1 and ends: its length is known beforehand
        Tree tree =
                new Tree(
                        8,
                        (sentence, tokens) -> {
                            double[] weights = new double[8];
                            weights[tokens.length == sentence ? END : tokens.length + 2] = 1;
                            return Tree.logarithms(weights);
                        });
        Tree.Network network = tree.network();

        List<List<Hypothesis>> found =
                search.search(network, START, END, new int[] {9, 9, 9, 9, 2});

        assertThat(network.rowsAsked()).containsExactly(5, 4, 2, 1);
        assertThat(found)
                .extracting(hypotheses -> hypotheses.getFirst().tokens())
                .containsExactly(
                        new int[] {},
                        new int[] {2},
                        new int[] {2, 3},
                        new int[] {2, 3, 4},
                        new int[] {2, 3});
        assertThat(found)
                .extracting(hypotheses -> hypotheses.getFirst().finished())
                .containsExactly(true, true, true, true, false);
    }

    @ParameterizedTest
    @MethodSource("searches")
    void an_empty_batch_asks_nothing(Search search) {
        Tree.Network network = Tree.random(5, 1).network();

        assertThat(search.search(network, START, END, new int[0])).isEmpty();
        assertThat(network.rowsAsked()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("searches")
    void the_first_call_names_the_sentences_and_the_start_token(Search search) {
        search.search(
                (parents, tokens) -> {
                    assertThat(parents).containsExactly(0, 1, 2);
                    assertThat(tokens).containsExactly(5, 5, 5);
                    return rows(3, 1, 0, 0);
                },
                5,
                END,
                new int[] {9, 9, 9});
    }

    @ParameterizedTest
    @MethodSource("searches")
    void the_network_may_use_its_arrays_again(Search search) {
        Tree tree = Tree.random(6, 3);
        int[] maxLengths = {8, 8, 8};
        Tree.Network network = tree.network();
        float[][] shared = new float[64][6];
        NextToken reusing =
                (parents, tokens) -> {
                    float[][] rows = network.after(parents, tokens);
                    for (int r = 0; r < rows.length; r++) {
                        System.arraycopy(rows[r], 0, shared[r], 0, 6);
                    }
                    return Arrays.copyOf(shared, rows.length);
                };

        assertThat(search.search(reusing, START, END, maxLengths))
                .isEqualTo(search.search(tree.network(), START, END, maxLengths));
    }

    /** Two sentences; the second one's second step gives the row. */
    private static void broken(Search search, float... row) {
        Tree tree =
                new Tree(
                        3,
                        (sentence, tokens) ->
                                sentence == 1 && tokens.length == 1
                                        ? row
                                        : Tree.logarithms(0, 0, 1));
        search.search(tree.network(), START, END, new int[] {4, 4});
    }

    @ParameterizedTest
    @MethodSource("searches")
    void nan_is_refused_with_sentence_and_step(Search search) {
        assertThatThrownBy(() -> broken(search, -1, Float.NaN, -1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sentence 1, step 1")
                .hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @MethodSource("searches")
    void a_row_without_any_possible_token_is_refused(Search search) {
        float none = Float.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> broken(search, none, none, none))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sentence 1, step 1")
                .hasMessageContaining("negative infinity for every token");
    }

    @ParameterizedTest
    @MethodSource("searches")
    void logits_in_place_of_log_probabilities_are_refused(Search search) {
        assertThatThrownBy(() -> broken(search, -3, 2.5f, -1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2.5; a log-probability is at most 0, take the log-softmax");
    }

    @ParameterizedTest
    @MethodSource("searches")
    void a_row_of_another_size_is_refused(Search search) {
        assertThatThrownBy(() -> broken(search, -1, -1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sentence 1, step 1")
                .hasMessageContaining("a row of 2 tokens beside one of 3");
    }

    @ParameterizedTest
    @MethodSource("searches")
    void a_wrong_number_of_rows_is_refused(Search search) {
        assertThatThrownBy(
                        () -> search.search((_, _) -> rows(3, 1, 1), START, END, new int[] {4, 4}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("step 0 asked for 2 rows")
                .hasMessageContaining("the network gave 3");
    }

    @ParameterizedTest
    @MethodSource("searches")
    void an_end_token_outside_the_vocabulary_is_refused(Search search) {
        assertThatThrownBy(() -> search.search((_, _) -> rows(1, 1, 1), START, 2, new int[] {4}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("log-probabilities of 2 tokens, too few for end token 2");
    }

    @ParameterizedTest
    @MethodSource("searches")
    void impossible_arguments_are_refused(Search search) {
        NextToken network = Tree.random(5, 1).network();
        assertThatThrownBy(() -> search.search(network, START, END, new int[] {3, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maximum length of sentence 1 is 0");
        assertThatThrownBy(() -> search.search(network, -1, END, new int[] {3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start token is -1");
        assertThatThrownBy(() -> search.search(network, START, -2, new int[] {3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("end token is -2");
    }

    @Test
    void a_hypothesis_never_changes() {
        int[] tokens = {3, 4};
        Hypothesis hypothesis = new Hypothesis(tokens, -1, -0.5, true);
        tokens[0] = 9;
        hypothesis.tokens()[1] = 9;

        assertThat(hypothesis).isEqualTo(new Hypothesis(new int[] {3, 4}, -1, -0.5, true));
        assertThat(hypothesis)
                .hasToString(
                        "Hypothesis[tokens=[3, 4], logProbability=-1.0, score=-0.5, finished=true]");
    }

    private static float[][] rows(int count, double... weights) {
        float[][] rows = new float[count][];
        Arrays.fill(rows, Tree.logarithms(weights));
        return rows;
    }
}
