package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitsTest {

    private static final List<Integer> EXAMPLES = IntStream.range(0, 100).boxed().toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void each_example_is_in_one_part_and_the_parts_keep_their_order(long seed) {
        Splits<Integer> splits = Splits.of("made", EXAMPLES, 0.1, 0.2, seed);
        assertThat(splits.train()).hasSize(70).isSorted();
        assertThat(splits.validation()).hasSize(10).isSorted();
        assertThat(splits.test()).hasSize(20).isSorted();
        List<Integer> all = new ArrayList<>(splits.train());
        all.addAll(splits.validation());
        all.addAll(splits.test());
        assertThat(all).containsExactlyInAnyOrderElementsOf(EXAMPLES);
    }

    @Test
    void the_seed_decides() {
        assertThat(Splits.of("made", EXAMPLES, 0.1, 0.1, 7))
                .isEqualTo(Splits.of("made", EXAMPLES, 0.1, 0.1, 7));
        assertThat(Splits.of("made", EXAMPLES, 0.1, 0.1, 8))
                .isNotEqualTo(Splits.of("made", EXAMPLES, 0.1, 0.1, 7));
    }

    @Test
    void a_share_gives_one_example_at_least_and_no_share_none() {
        Splits<Integer> splits = Splits.of("made", List.of(1, 2, 3), 0.01, 0, 1);
        assertThat(splits.validation()).hasSize(1);
        assertThat(splits.test()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "1, 0", "-0.1, 0", "NaN, 0", "0, 1.5"})
    void shares_that_leave_nothing_or_make_no_sense_are_refused(double validation, double test) {
        assertThatThrownBy(() -> Splits.of("made", EXAMPLES, validation, test, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
