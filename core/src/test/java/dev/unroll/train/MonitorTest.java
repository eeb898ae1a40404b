package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private static final Monitor LOSS = Monitor.lowest("loss");
    private static final Monitor BLEU = Monitor.highest("bleu");

    @Test
    void without_a_validation_there_is_no_best() {
        assertThat(LOSS.best(List.of())).isEmpty();
        assertThat(LOSS.sinceBest(List.of())).isZero();
    }

    @Test
    void the_best_loss_is_the_lowest_and_of_equals_the_first() {
        List<Double> values = List.of(3.0, 1.0, 2.0, 1.0);
        assertThat(LOSS.best(values)).hasValue(1);
        assertThat(LOSS.sinceBest(values)).isEqualTo(2);
    }

    @Test
    void the_best_bleu_is_the_highest_and_of_equals_the_first() {
        List<Double> values = List.of(3.0, 1.0, 2.0, 3.0);
        assertThat(BLEU.best(values)).hasValue(3);
        assertThat(BLEU.sinceBest(values)).isEqualTo(3);
    }

    @Test
    void a_value_that_is_no_number_is_never_the_best() {
        for (Monitor monitor : List.of(LOSS, BLEU)) {
            assertThat(monitor.best(List.of(Double.NaN, Double.NaN))).isEmpty();
            assertThat(monitor.sinceBest(List.of(Double.NaN, Double.NaN))).isEqualTo(1);
            assertThat(monitor.best(List.of(Double.NaN, 5.0, Double.NaN))).hasValue(5);
            assertThat(monitor.sinceBest(List.of(Double.NaN, 5.0, Double.NaN))).isEqualTo(1);
        }
    }
}
