package dev.unroll.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequencePoolingTest {
    private static final Layout LAYOUT = Layout.of(3, 1);
    private static final Tensor ROWS = Tensor.of(new float[] {1, 2, 3, 5, 8, 5, 7, 9}, 4, 2);

    private static SequenceEncoder.States states(Tensor rows, Layout layout) {
        return SequenceEncoder.States.of(new Sequences(rows, layout));
    }

    private static float[] pooled(SequencePooling pooling) {
        return pooling.forward(states(ROWS, LAYOUT)).toArray();
    }

    @Test
    void a_sequence_becomes_its_first_row_its_last_or_the_mean() {
        assertThat(pooled(new SequencePooling.First())).containsExactly(1, 2, 7, 9);
        assertThat(pooled(new SequencePooling.Last())).containsExactly(8, 5, 7, 9);
        assertThat(pooled(new SequencePooling.Mean())).containsExactly(4, 4, 7, 9);
    }

    @Test
    void attention_weighs_the_rows_of_a_sequence_by_shares_of_one() {
        SequencePooling.Attention pooling =
                (SequencePooling.Attention)
                        SequencePooling.of(SequencePooling.Kind.ATTENTION, 2, new Seed(1));
        float[] weights = pooling.weights(new Sequences(ROWS, LAYOUT)).toArray();
        assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(1, within(1e-6f));
        assertThat(weights[3]).isEqualTo(1);
        float first = weights[0] * 1 + weights[1] * 3 + weights[2] * 8;
        assertThat(pooled(pooling)[0]).isCloseTo(first, within(1e-5f));
    }

    @ParameterizedTest
    @EnumSource
    void a_neighbour_changes_nothing(SequencePooling.Kind kind) {
        SequencePooling pooling = SequencePooling.of(kind, 2, new Seed(2));
        Tensor both = pooling.forward(states(ROWS, LAYOUT));
        Tensor alone = pooling.forward(states(ROWS.slice(0, 0, 3), Layout.of(3)));
        Numbers.assertClose(both.slice(0, 0, 1), alone, 1e-6);
    }

    @Test
    void the_derivative_of_attention_is_its_slope() {
        SequencePooling pooling =
                SequencePooling.of(SequencePooling.Kind.ATTENTION, 2, new Seed(3));
        SequenceEncoder.States states = states(Numbers.of(4, 4, 2), LAYOUT);
        ModelGradient.check(pooling, () -> pooling.forward(states).square().sum());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LAST") // the encoder refuses it
    void an_empty_sequence_is_refused(SequencePooling.Kind kind) {
        Layout layout = Layout.of(4, 0);
        SequenceEncoder.States states =
                new SequenceEncoder.States(new Sequences(ROWS, layout), Tensor.zeros(2, 2));
        SequencePooling pooling = SequencePooling.of(kind, 2, new Seed(2));
        assertThatThrownBy(() -> pooling.forward(states))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence 1 is empty");
    }
}
