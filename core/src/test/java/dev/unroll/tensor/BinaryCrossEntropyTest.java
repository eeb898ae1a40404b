package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCrossEntropyTest {
    private static double loss(float logit, float target) {
        return BinaryCrossEntropy.ofLogits(Tensor.scalar(logit), Tensor.scalar(target)).item();
    }

    /** The example of Keras' documentation, from_logits. */
    @Test
    void the_mean_is_that_of_keras() {
        Tensor logits = Tensor.of(new float[] {-18.6f, 0.51f, 2.94f, -12.8f}, 4);
        Tensor targets = Tensor.of(new float[] {0, 1, 0, 0}, 4);
        Tensor loss = BinaryCrossEntropy.ofLogits(logits, targets);
        assertThat(loss.size()).isEqualTo(1);
        assertThat((double) loss.item()).isCloseTo(0.865458, Offset.offset(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.6931471805599453", // ln 2
        "0, 1, 0.6931471805599453",
        "0, 0.3, 0.6931471805599453",
        "1, 1, 0.3132616875182228", // ln(1 + 1/e)
        "-1, 0, 0.3132616875182228",
        "1, 0, 1.3132616875182228",
        "20, 1, 2.0611536181902037e-9", // ln(1 + e^-20)
        "-20, 0, 2.0611536181902037e-9",
        "20, 0, 20.000000002061153",
        "1000, 0, 1000",
        "-1000, 1, 1000",
        "1000, 1, 0",
        "-1000, 0, 0",
    })
    void large_logits_neither_overflow_nor_lose_a_small_loss(
            float logit, float target, double expected) {
        assertThat(loss(logit, target)).isCloseTo(expected, Offset.offset(2e-6 * expected));
    }

    @Test
    void it_is_the_stable_form_of_the_literature_and_the_definition() {
        Tensor x = Numbers.between(-6, 6, 1, 5, 7);
        Tensor y = Numbers.between(0, 1, 2, 5, 7);
        Tensor loss = BinaryCrossEntropy.ofLogits(x, y);
        Tensor stable =
                x.relu().minus(x.times(y)).plus(x.abs().negate().exp().plus(1).log()).mean();
        Tensor p = x.sigmoid();
        Tensor definition =
                y.times(p.log()).plus(y.complement().times(p.complement().log())).negate().mean();
        Numbers.assertClose(loss, stable, 1e-5);
        Numbers.assertClose(loss, definition, 1e-5);
    }

    @Test
    void the_derivatives_are_the_slopes() {
        NumericGradient.check(
                xs -> BinaryCrossEntropy.ofLogits(xs[0], xs[1]),
                Numbers.between(-3, 3, 3, 2, 3),
                Numbers.between(0.1, 0.9, 4, 2, 3));
    }

    @Test
    void the_gradient_of_a_logit_is_its_probability_minus_the_target() {
        Tensor x = Tensor.of(new float[] {0, 0, -2, 50, -50, 50}, 6);
        Tensor y = Tensor.of(new float[] {0, 1, 0.25f, 1, 0, 0}, 6);
        Gradients gradients = Gradients.of(() -> BinaryCrossEntropy.ofLogits(x, y), x);
        Numbers.assertClose(gradients.of(x), x.sigmoid().minus(y).times(1f / 6), 1e-6);
    }

    @Test
    void a_nan_is_not_hidden() {
        assertThat(loss(Float.NaN, 1)).isNaN();
        assertThat(loss(Float.NaN, 0)).isNaN();
        Tensor x = Tensor.of(new float[] {Float.NaN, 1}, 2);
        Tensor y = Tensor.of(new float[] {1, 0}, 2);
        Gradients gradients = Gradients.of(() -> BinaryCrossEntropy.ofLogits(x, y), x);
        assertThat(gradients.of(x).toArray()[0]).isNaN();
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1.5f, Float.NaN})
    void targets_are_no_yes_or_between(float target) {
        assertThatThrownBy(() -> loss(0, target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "binaryCrossEntropy: targets are 0 for no, 1 for yes, or a probability, not "
                                + target);
    }

    @Test
    void logits_and_targets_are_paired_one_by_one() {
        assertThatThrownBy(() -> BinaryCrossEntropy.ofLogits(Tensor.zeros(4, 1), Tensor.zeros(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "binaryCrossEntropy: predictions [4, 1], targets [4]: they have one shape;"
                                + " reshape one of them");
        assertThatThrownBy(() -> BinaryCrossEntropy.ofLogits(Tensor.zeros(0), Tensor.zeros(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hold no number");
    }
}
