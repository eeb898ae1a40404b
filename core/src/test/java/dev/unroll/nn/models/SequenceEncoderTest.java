package dev.unroll.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceEncoderTest {
    private static final Layout LAYOUT = Layout.of(3, 1, 2);
    private static final Sequences X = new Sequences(Numbers.of(1, 6, 4), LAYOUT);

    private static SequenceEncoder recurrent(boolean bidirectional) {
        return new SequenceEncoder.Recurrence(
                Recurrent.of(Gru::of, 4, 3, 2, bidirectional, 0, new Seed(2)));
    }

    static Stream<Named<SequenceEncoder>> encoders() {
        TransformerShape shape =
                TransformerShape.of(6, 2)
                        .feedForward(8)
                        .activation(FeedForward.Kind.GELU)
                        .dropout(0);
        return Stream.of(
                Named.of("one way", recurrent(false)),
                Named.of("both ways", recurrent(true)),
                Named.of(
                        "self-attention",
                        SequenceEncoder.SelfAttention.of(shape, 4, 2, Masks.NONE, new Seed(3))),
                Named.of("row by row", SequenceEncoder.Mlp.of(4, 5, new Seed(4))));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void each_row_gives_a_row_and_each_sequence_a_last_one(SequenceEncoder encoder) {
        SequenceEncoder.States states = encoder.forward(X, Mode.INFERENCE);
        assertThat(states.rows().layout()).isEqualTo(LAYOUT);
        assertThat(states.rows().rows().shape().dims()).containsExactly(6, encoder.width());
        assertThat(states.last().shape().dims()).containsExactly(3, encoder.width());
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void a_neighbour_changes_nothing(SequenceEncoder encoder) {
        SequenceEncoder.States all = encoder.forward(X, Mode.INFERENCE);
        Sequences third = new Sequences(X.rows().slice(0, 4, 6), Layout.of(2));
        SequenceEncoder.States alone = encoder.forward(third, Mode.INFERENCE);
        Numbers.assertClose(all.rows().rows().slice(0, 4, 6), alone.rows().rows(), 1e-5);
        Numbers.assertClose(all.last().slice(0, 2, 3), alone.last(), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void an_empty_sequence_has_no_last_row_and_is_refused(SequenceEncoder encoder) {
        Sequences x = new Sequences(X.rows(), Layout.of(6, 0));
        assertThatThrownBy(() -> encoder.forward(x, Mode.INFERENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence 1 is empty");
    }

    /** In two directions: the forward state at the end beside the backward one at the start. */
    @Test
    void the_last_state_of_a_recurrent_encoder_is_that_of_its_cells() {
        SequenceEncoder.Recurrence encoder = (SequenceEncoder.Recurrence) recurrent(true);
        Recurrent layers = encoder.layers();
        Recurrent.States last = layers.unroll(X, layers.start(3), Mode.INFERENCE).last();
        Tensor expected =
                Tensor.concat(1, last.forward().getLast().h(), last.backward().getLast().h());
        Numbers.assertSame(encoder.forward(X, Mode.INFERENCE).last(), expected);
    }
}
