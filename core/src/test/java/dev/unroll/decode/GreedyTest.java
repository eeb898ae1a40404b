package dev.unroll.decode;

import static dev.unroll.decode.Tree.END;
import static dev.unroll.decode.Tree.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreedyTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_token_is_the_most_probable_one_after_those_before_it(long seed) {
        Tree tree = Tree.random(9, seed);

        Hypothesis found =
                new Greedy()
                        .search(tree.network(), START, END, new int[] {10})
                        .getFirst()
                        .getFirst();

        int[] tokens = found.tokens();
        double sum = 0;
        for (int step = 0; step < tokens.length + (found.finished() ? 1 : 0); step++) {
            float[] row = tree.law().after(0, Arrays.copyOf(tokens, step));
            int taken = step < tokens.length ? tokens[step] : END;
            sum += row[taken];
            for (float other : row) {
                assertThat(row[taken]).isGreaterThanOrEqualTo(other);
            }
        }
        assertThat(found.finished() || tokens.length == 10).isTrue();
        assertThat(tokens).doesNotContain(END);
        assertThat(found.logProbability()).isCloseTo(sum, within(1e-9)).isEqualTo(found.score());
    }

    @Test
    void of_equal_tokens_the_smallest_is_taken() {
        assertThat(Greedy.mostProbable(new float[] {-2, -1, -1, -3, -1})).isEqualTo(1);
    }

    @Test
    void a_network_that_ranks_more_tokens_than_were_asked_for_is_refused() {
        RankedNextToken two =
                new RankedNextToken() {
                    @Override
                    public TopK topK(int[] parents, int[] tokens, int count) {
                        int rows = parents.length;
                        return new TopK(2, 5, new float[2 * rows], new int[2 * rows]);
                    }

                    @Override
                    public float[][] after(int[] parents, int[] tokens) {
                        throw new AssertionError("greedy search asks for the most probable alone");
                    }
                };

        assertThatIllegalStateException()
                .isThrownBy(() -> new Greedy().search(two, 0, 1, new int[] {3, 3}))
                .withMessageContaining("asked for the 1 likeliest tokens of 2 rows")
                .withMessageContaining("gave 2 a row");
    }
}
