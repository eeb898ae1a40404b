package dev.unroll.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceClassifierTest {
    private static final Tokens TOKENS = new Tokens(new int[] {1, 2, 2, 0, 4}, Layout.of(3, 2));
    private static final int[] LABELS = {2, 0};

    private static SequenceClassifier classifier(SequencePooling.Kind pooling, double dropout) {
        Seed seed = new Seed(1);
        SequenceEncoder encoder =
                new SequenceEncoder.Recurrence(
                        Recurrent.of(Lstm::of, 4, 3, 1, true, 0, seed.at("encoder")));
        return SmallModels.shaken(SequenceClassifier.of(encoder, pooling, dropout, 5, 4, 3, seed));
    }

    @ParameterizedTest
    @EnumSource
    void a_sequence_has_a_logit_for_each_class_from_tokens_as_from_rows(
            SequencePooling.Kind pooling) {
        SequenceClassifier network = classifier(pooling, 0.4);
        Tensor logits = network.logits(TOKENS, Mode.INFERENCE);
        assertThat(logits.shape().dims()).containsExactly(2, 3);
        Numbers.assertClose(
                network.logits(network.embedding().forward(TOKENS), Mode.INFERENCE), logits, 1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void its_derivative_is_its_slope(SequencePooling.Kind pooling) {
        SequenceClassifier network = classifier(pooling, 0.4);
        Mode mode = new Mode.Training(2, 3, 0.1);
        ModelGradient.check(network, () -> network.loss(TOKENS, LABELS, mode));
    }

    @Test
    void the_loss_is_the_cross_entropy_of_the_logits() {
        SequenceClassifier network = classifier(SequencePooling.Kind.MEAN, 0);
        Mode mode = new Mode.Training(2, 3, 0.1);
        assertThat(network.loss(TOKENS, LABELS, mode).item())
                .isEqualTo(CrossEntropy.mean(network.logits(TOKENS, mode), LABELS, 0.1f).item());
    }

    @Test
    void an_empty_sequence_is_refused() {
        Tokens tokens = new Tokens(new int[] {1, 2}, Layout.of(0, 2));
        SequenceClassifier network = classifier(SequencePooling.Kind.MEAN, 0);
        assertThatThrownBy(() -> network.logits(tokens, Mode.INFERENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence 0 is empty");
    }
}
