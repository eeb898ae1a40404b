package dev.unroll.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SequenceLabellerTest {
    private static final Layout LAYOUT = Layout.of(3, 2);
    private static final Sequences X = new Sequences(Numbers.of(1, 5, 4), LAYOUT);
    private static final int[] LABELS = {0, 2, 1, 1, 0};

    private static SequenceLabeller labeller(double dropout) {
        Seed seed = new Seed(2);
        SequenceEncoder encoder =
                new SequenceEncoder.Recurrence(
                        Recurrent.of(Gru::of, 4, 3, 1, true, 0, seed.at("encoder")));
        return SmallModels.shaken(SequenceLabeller.of(encoder, dropout, dropout, 3, seed));
    }

    @Test
    void each_row_has_a_logit_for_each_class() {
        SequenceLabeller network = labeller(0.3);
        Tensor logits = network.logits(X, Mode.INFERENCE);
        assertThat(logits.shape().dims()).containsExactly(5, 3);
        Sequences second = new Sequences(X.rows().slice(0, 3, 5), Layout.of(2));
        Numbers.assertClose(network.logits(second, Mode.INFERENCE), logits.slice(0, 3, 5), 1e-5);
    }

    @Test
    void its_derivative_is_its_slope() {
        SequenceLabeller network = labeller(0.3);
        Mode mode = new Mode.Training(3, 4, 0.1);
        ModelGradient.check(network, () -> network.loss(X, LABELS, mode));
    }

    @Test
    void smoothing_belongs_to_training_alone() {
        SequenceLabeller network = labeller(0);
        float plain = network.loss(X, LABELS, Mode.INFERENCE).item();
        assertThat(network.loss(X, LABELS, new Mode.Training(1, 2)).item()).isEqualTo(plain);
        assertThat(network.loss(X, LABELS, new Mode.Training(1, 2, 0.2)).item())
                .isNotEqualTo(plain);
    }

    @Test
    void there_is_a_label_for_each_row() {
        assertThatThrownBy(() -> labeller(0).loss(X, new int[] {0, 1}, Mode.INFERENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5");
    }
}
