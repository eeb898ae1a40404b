package dev.unroll.decode;

import static dev.unroll.decode.Tree.END;
import static dev.unroll.decode.Tree.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeamTest {

    private static List<Hypothesis> one(Search search, NextToken network, int maxLength) {
        return search.search(network, START, END, new int[] {maxLength}).getFirst();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.6, 1, 2.5})
    void a_beam_wide_enough_finds_the_true_n_best(double lengthPenalty) {
        for (int seed = 0; seed < 40; seed++) {
            Tree tree = Tree.random(3 + seed % 2, seed);
            Beam beam = new Beam(500, lengthPenalty, 1 + seed % 7);
            List<Hypothesis> truth = tree.all(0, 5, beam).subList(0, beam.nBest());

            List<Hypothesis> found = one(beam, tree.network(), 5);

            assertThat(found).hasSameSizeAs(truth);
            for (int i = 0; i < truth.size(); i++) {
                assertThat(found.get(i).tokens()).isEqualTo(truth.get(i).tokens());
                assertThat(found.get(i).finished()).isTrue();
                assertThat(found.get(i).score()).isCloseTo(truth.get(i).score(), within(1e-9));
                assertThat(found.get(i).logProbability())
                        .isCloseTo(truth.get(i).logProbability(), within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.6, 3})
    void a_beam_of_one_is_greedy(double lengthPenalty) {
        for (int seed = 0; seed < 100; seed++) {
            Tree tree = Tree.random(6, seed);
            Hypothesis greedy = one(new Greedy(), tree.network(), 12).getFirst();

            Hypothesis beam = one(new Beam(1, lengthPenalty, 1), tree.network(), 12).getFirst();

            assertThat(beam.tokens()).isEqualTo(greedy.tokens());
            assertThat(beam.logProbability()).isEqualTo(greedy.logProbability());
            assertThat(beam.finished()).isEqualTo(greedy.finished());
        }
    }

    @Test
    void a_beam_finds_what_greedy_misses() {
        Tree tree =
                Tree.chain(
                        new double[] {1, 0, 0, 0},
                        new double[] {0, 0, 0.6, 0.4}, // start
                        new double[] {0.5, 0, 0.5, 0},
                        new double[] {1, 0, 0, 0});

        assertThat(one(new Greedy(), tree.network(), 9).getFirst().tokens()).containsExactly(2);
        assertThat(one(new Beam(2, 0, 1), tree.network(), 9).getFirst().tokens())
                .containsExactly(3);
    }

    /** The empty sentence ends at once with 0.3, but "2" has 0.7 in the end. */
    @Test
    void the_first_hypothesis_to_end_need_not_be_the_best() {
        Tree tree =
                Tree.chain(
                        new double[] {1, 0, 0},
                        new double[] {0.3, 0, 0.7}, // start
                        new double[] {1, 0, 0});

        Hypothesis best = one(new Beam(2, 0, 1), tree.network(), 9).getFirst();

        assertThat(best.tokens()).containsExactly(2);
        assertThat(best.logProbability()).isCloseTo(Math.log(0.7), within(1e-6));
    }

    /** Starts with 0.4, counts up from 2 to 11 without any doubt, then ends. */
    private static Tree lateBloomer() {
        return new Tree(
                12,
                (_, tokens) -> {
                    double[] weights = new double[12];
                    if (tokens.length == 0) {
                        weights[END] = 0.6;
                        weights[2] = 0.4;
                    } else {
                        weights[(tokens[tokens.length - 1] + 1) % 12] = 1;
                    }
                    return Tree.logarithms(weights);
                });
    }

    /**
     * After one step the empty sentence leads whichever way one looks: ln 0.6 = -0.51 against ln
     * 0.4 = -0.92, and no open hypothesis scores better. Ten certain tokens later the other has
     * -0.92 / (16/6) = -0.34.
     */
    @Test
    void a_leader_that_has_ended_is_overtaken_by_a_longer_one() {
        Hypothesis best = one(new Beam(2, 1, 1), lateBloomer().network(), 11).getFirst();

        assertThat(best.tokens()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(best.score()).isCloseTo(Math.log(0.4) * 6 / 16, within(1e-6));
    }

    /** At most 5 tokens: -0.92 / (10/6) = -0.55 cannot reach -0.51. At most 6: -0.4998 can. */
    @Test
    void a_sentence_is_done_as_soon_as_nothing_open_can_win() {
        Tree.Network atMostFive = lateBloomer().network();
        Tree.Network atMostSix = lateBloomer().network();

        assertThat(one(new Beam(2, 1, 1), atMostFive, 5).getFirst().tokens()).isEmpty();
        assertThat(atMostFive.rowsAsked()).containsExactly(1);
        assertThat(one(new Beam(2, 1, 1), atMostSix, 6).getFirst().tokens()).isEmpty();
        assertThat(atMostSix.rowsAsked()).containsExactly(1, 1, 1, 1, 1, 1);
    }

    @Test
    void the_second_best_is_waited_for_when_two_are_wanted() {
        Tree tree =
                Tree.chain(
                        new double[] {1, 0, 0},
                        new double[] {0.9, 0, 0.1}, // start
                        new double[] {0.8, 0, 0.2});
        Tree.Network forOne = tree.network();
        Tree.Network forTwo = tree.network();

        one(new Beam(3, 0, 1), forOne, 9);
        List<Hypothesis> two = one(new Beam(3, 0, 2), forTwo, 9);

        assertThat(forOne.rowsAsked()).containsExactly(1);
        assertThat(forTwo.rowsAsked()).containsExactly(1, 1);
        assertThat(two).extracting(Hypothesis::tokens).containsExactly(new int[] {}, new int[] {2});
        assertThat(two.get(1).logProbability()).isCloseTo(Math.log(0.08), within(1e-6));
    }

    @Test
    void what_the_maximum_length_cuts_off_is_flagged_and_comes_after_what_has_ended() {
        Tree tree =
                Tree.chain(
                        new double[] {1, 0, 0},
                        new double[] {0.01, 0, 0.99}, // start
                        new double[] {0, 0, 1});

        List<Hypothesis> found = one(new Beam(4, 0, 4), tree.network(), 3);

        assertThat(found).extracting(Hypothesis::finished).containsExactly(true, false);
        assertThat(found)
                .extracting(Hypothesis::tokens)
                .containsExactly(new int[] {}, new int[] {2, 2, 2});
        assertThat(found.get(1).logProbability()).isCloseTo(Math.log(0.99), within(1e-6));
    }

    @Test
    void a_vocabulary_smaller_than_the_beam_is_searched_whole() {
        Tree tree = Tree.chain(new double[] {1, 0}, new double[] {0.4, 0.6});

        List<Hypothesis> found = one(new Beam(10_000, 0, 8), tree.network(), 5);

        assertThat(found)
                .extracting(hypothesis -> hypothesis.tokens().length)
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "3, 0.6, 1", "5, 1, 5"})
    void a_batch_gives_what_its_sentences_give_alone(int width, double lengthPenalty, int nBest) {
        Beam beam = new Beam(width, lengthPenalty, nBest);
        int[] maxLengths = {9, 1, 4, 12, 7, 7, 2};
        for (int seed = 0; seed < 20; seed++) {
            Tree tree = Tree.random(7, seed);
            List<List<Hypothesis>> alone = new ArrayList<>();
            for (int i = 0; i < maxLengths.length; i++) {
                alone.add(one(beam, tree.from(i).network(), maxLengths[i]));
            }

            assertThat(beam.search(tree.network(), START, END, maxLengths)).isEqualTo(alone);
        }
    }

    /** Of two places the empty sentence takes one at once, so "2 3" finds no room beside "2 2". */
    @Test
    void a_hypothesis_that_has_ended_keeps_its_place() {
        Tree tree =
                Tree.chain(
                        new double[] {1, 0, 0, 0},
                        new double[] {0.5, 0, 0.3, 0.2}, // start
                        new double[] {0, 0, 0.6, 0.4},
                        new double[] {1, 0, 0, 0});
        Tree.Network network = tree.network();

        List<Hypothesis> found = one(new Beam(2, 0, 2), network, 4);

        assertThat(network.rowsAsked()).containsExactly(1, 1, 1, 1);
        assertThat(found)
                .extracting(Hypothesis::tokens)
                .containsExactly(new int[] {}, new int[] {2, 2, 2, 2});
    }

    @Test
    void branches_of_a_beam_continue_the_state_of_their_own_parent() {
        Tree tree =
                Tree.chain(
                        new double[] {1, 0, 0, 0},
                        new double[] {0, 0, 0.6, 0.4}, // start
                        new double[] {0.3, 0, 0.3, 0.4},
                        new double[] {1, 0, 0, 0});
        Tree.Network network = tree.network();

        // 2 0.6 and 3 0.4; then 3 END 0.4 and 2 3 0.24; then 2 3 END 0.24
        List<Hypothesis> found = one(new Beam(2, 0, 2), network, 9);

        assertThat(network.rowsAsked()).containsExactly(1, 2, 1);
        assertThat(found)
                .extracting(Hypothesis::tokens)
                .containsExactly(new int[] {3}, new int[] {2, 3});
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.6, 1, width is 0; it must be from 1 to 10000",
        "10001, 0.6, 1, width is 10001; it must be from 1 to 10000",
        "4, -0.1, 1, lengthPenalty is -0.1",
        "4, NaN, 1, lengthPenalty is NaN",
        "4, Infinity, 1, lengthPenalty is Infinity",
        "4, 0.6, 0, 'nBest is 0; it must be from 1 to the width, 4'",
        "4, 0.6, 5, nBest is 5",
    })
    void options_out_of_range_are_refused(int width, double penalty, int nBest, String message) {
        assertThatThrownBy(() -> new Beam(width, penalty, nBest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
