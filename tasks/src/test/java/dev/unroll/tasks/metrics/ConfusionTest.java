package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final List<String> ABC = List.of("a", "b", "c");

    @Test
    void the_example_of_scikit_learns_documentation() {
        // f1_score([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]): each 0.8, 0, 0; macro 0.26...
        Confusion confusion =
                Confusion.of(ABC, new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1});
        assertThat(confusion.counts())
                .isEqualTo(List.of(List.of(2L, 0L, 0L), List.of(1L, 0L, 1L), List.of(0L, 2L, 0L)));
        assertThat(confusion.f1(0)).isCloseTo(0.8, EXACT);
        assertThat(confusion.f1(1)).isZero();
        assertThat(confusion.macroF1()).isCloseTo(0.8 / 3, EXACT);
        assertThat(confusion.accuracy()).isCloseTo(1 / 3.0, EXACT);
        assertThat(confusion.precision(0)).isCloseTo(2 / 3.0, EXACT);
        assertThat(confusion.recall(0)).isEqualTo(1);
    }

    @Test
    void a_class_that_is_only_predicted_counts_in_macro_f1_and_an_unseen_one_does_not() {
        Confusion predicted = Confusion.of(ABC, new int[] {0, 0}, new int[] {0, 1});
        assertThat(predicted.macroF1()).isCloseTo((2 / 3.0 + 0) / 2, EXACT);
        Confusion perfect = Confusion.of(ABC, new int[] {0, 1}, new int[] {0, 1});
        assertThat(perfect.macroF1()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void turning_truth_and_prediction_turns_the_table_and_precision_and_recall(long seed) {
        int[] truth = labels(new Random(seed), 50);
        int[] predicted = labels(new Random(seed + 100), 50);
        Confusion there = Confusion.of(ABC, truth, predicted);
        Confusion back = Confusion.of(ABC, predicted, truth);
        assertThat(back.accuracy()).isEqualTo(there.accuracy()).isBetween(0.0, 1.0);
        assertThat(back.macroF1()).isEqualTo(there.macroF1()).isBetween(0.0, 1.0);
        for (int c = 0; c < 3; c++) {
            assertThat(back.precision(c)).isEqualTo(there.recall(c));
        }
        assertThat(Confusion.of(ABC, truth, truth).macroF1()).isEqualTo(1);
    }

    @Test
    void tables_are_added_up() {
        Confusion first = Confusion.of(ABC, new int[] {0, 1}, new int[] {0, 2});
        Confusion second = Confusion.of(ABC, new int[] {2}, new int[] {1});
        assertThat(first.plus(second).plus(Confusion.none(ABC)))
                .isEqualTo(Confusion.of(ABC, new int[] {0, 1, 2}, new int[] {0, 2, 1}));
    }

    @Test
    void no_examples_score_0() {
        assertThat(Confusion.none(ABC).accuracy()).isZero();
        assertThat(Confusion.none(ABC).macroF1()).isZero();
    }

    @Test
    void the_table_for_people_has_a_row_a_class() {
        Confusion confusion =
                Confusion.of(List.of("bad", "good"), new int[] {0, 1, 1}, new int[] {0, 0, 1});
        assertThat(confusion.table())
                .isEqualTo(
                        """
                               bad  good  precision  recall     F1
                        bad      1     0     0.5000  1.0000  0.6667
                        good     1     1     1.0000  0.5000  0.6667
                        accuracy 0.6667, macro-F1 0.6667 over 3 examples""");
    }

    @Test
    void what_cannot_be_counted_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Confusion.of(ABC, new int[] {0}, new int[] {3}))
                .withMessage("Confusion: class 3; there are 3, numbered from 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Confusion.of(ABC, new int[] {0}, new int[0]))
                .withMessageContaining("1 right classes and 0 predicted ones");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Confusion.none(List.of("a", "a")))
                .withMessageContaining("all different");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Confusion.none(ABC).plus(Confusion.none(List.of("a"))));
    }

    private static int[] labels(Random random, int count) {
        return random.ints(count, 0, 3).toArray();
    }
}
