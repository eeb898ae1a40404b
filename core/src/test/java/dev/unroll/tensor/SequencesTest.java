package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SequencesTest {

    @Test
    void series_of_numbers_are_laid_end_to_end() {
        Sequences sequences = Sequences.of(new float[][] {{1, 2}, {3, 4}}, new float[][] {{5, 6}});
        assertThat(sequences.layout()).isEqualTo(Layout.of(2, 1));
        assertThat(sequences.rows().shape()).isEqualTo(Shape.of(3, 2));
        assertThat(sequences.rows().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void a_series_may_be_empty_but_not_all() {
        Sequences sequences = Sequences.of(new float[0][], new float[][] {{7}});
        assertThat(sequences.layout()).isEqualTo(Layout.of(0, 1));
        assertThatThrownBy(() -> Sequences.of(new float[0][]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("need a row");
    }

    @Test
    void a_row_of_another_width_is_refused_by_its_place() {
        float[][][] series = {{{1, 2}}, {{3, 4}, {5}}};
        assertThatThrownBy(() -> Sequences.of(series))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 of series 1 has 1 numbers, and the first row has 2");
    }
}
