package dev.unroll.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-6);

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 512})
    void sines_and_cosines_are_the_papers(int width) {
        int[] at = {0, 1, 2, 17, 4095};
        float[] table = new Positions.Sinusoidal(width, true, 0).table(at).toArray();
        for (int t = 0; t < at.length; t++) {
            for (int i = 0; 2 * i < width; i++) {
                double angle = at[t] / Math.pow(10_000, 2.0 * i / width);
                assertThat((double) table[t * width + 2 * i]).isCloseTo(Math.sin(angle), EXACT);
                assertThat((double) table[t * width + 2 * i + 1]).isCloseTo(Math.cos(angle), EXACT);
            }
        }
    }

    @Test
    void all_sines_first_begin_at_frequency_1_and_end_at_a_ten_thousandth() {
        float[] row = new Positions.Sinusoidal(8, false, 1).table(4).toArray();
        double[] frequencies = {1, Math.pow(10_000, -1 / 3.0), Math.pow(10_000, -2 / 3.0), 1e-4};
        for (int i = 0; i < 4; i++) {
            assertThat((double) row[i]).isCloseTo(Math.sin(5 * frequencies[i]), EXACT);
            assertThat((double) row[4 + i]).isCloseTo(Math.cos(5 * frequencies[i]), EXACT);
        }
    }

    @Test
    void one_pair_of_all_sines_first_turns_at_frequency_1() {
        float[] row = new Positions.Sinusoidal(2, false, 0).table(3).toArray();
        assertThat((double) row[0]).isCloseTo(Math.sin(3), EXACT);
        assertThat((double) row[1]).isCloseTo(Math.cos(3), EXACT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void sines_and_cosines_come_in_pairs(int width) {
        assertThatThrownBy(() -> new Positions.Sinusoidal(width, true, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(width));
    }

    @Test
    void each_sequence_is_counted_from_its_own_first_token() {
        Positions.Sinusoidal positions = new Positions.Sinusoidal(4, true, 0);
        Sequences zeros = new Sequences(Tensor.zeros(5, 4), Layout.of(2, 0, 3));
        Numbers.assertSame(positions.addTo(zeros).rows(), positions.table(0, 1, 0, 1, 2));
    }

    @Test
    void learnt_rows_are_added_and_end_somewhere() {
        Positions.Learned positions = new Positions.Learned(new Seed(1).normal(1, 3, 4));
        Tensor x = Numbers.of(2, 2, 4);
        float[] sums = positions.addTo(x, new int[] {2, 0}).toArray();
        float[] weights = positions.weight().value().toArray();
        for (int d = 0; d < 4; d++) {
            assertThat(sums[d]).isEqualTo(x.toArray()[d] + weights[8 + d]);
            assertThat(sums[4 + d]).isEqualTo(x.toArray()[4 + d] + weights[d]);
        }
        assertThatThrownBy(() -> positions.addTo(x, new int[] {1, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position 3")
                .hasMessageContaining("up to 2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void turned_queries_and_keys_know_only_their_distance(boolean interleaved) {
        Positions rotary = new Positions.RotaryPositions(10_000, interleaved);
        Tensor q = Numbers.of(1, 1, 16);
        Tensor k = Numbers.of(2, 1, 16);
        float near = product(rotary, q, 3, k, 1);
        assertThat(product(rotary, q, 103, k, 101)).isCloseTo(near, Offset.offset(1e-4f));
        assertThat(Math.abs(product(rotary, q, 4, k, 1) - near)).isGreaterThan(1e-3f);
        assertThat(product(rotary, q, 5, k, 5))
                .isCloseTo(q.times(k).sum().item(), Offset.offset(1e-4f));
    }

    private static float product(Positions positions, Tensor q, int at, Tensor k, int from) {
        return positions
                .rotate(q, new int[] {at}, 2)
                .times(positions.rotate(k, new int[] {from}, 2))
                .sum()
                .item();
    }
}
