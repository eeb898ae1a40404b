package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RetrievalTest {

    /** By hand; the reciprocal ranks are the example of Wikipedia's article, 1/3, 1/2 and 1. */
    @Test
    void the_metrics_are_those_of_the_ranks() {
        assertThat(Retrieval.of(new int[] {3, 2, 1}).meanReciprocalRank())
                .isCloseTo(11.0 / 18, within(1e-12));
        Retrieval some = Retrieval.of(new int[] {1, 5, 6, 11});
        assertThat(some.recallAt1()).isEqualTo(0.25);
        assertThat(some.recallAt5()).isEqualTo(0.5);
        assertThat(some.recallAt10()).isEqualTo(0.75);
        assertThat(Retrieval.of(new int[0])).isEqualTo(new Retrieval(0, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retrieval.of(new int[] {0}))
                .withMessageContaining("counted from 1");
    }
}
