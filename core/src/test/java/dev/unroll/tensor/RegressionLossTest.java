package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionLossTest {
    private static final Tensor TARGETS = Numbers.of(1, 2, 3);

    static Stream<Named<BinaryOperator<Tensor>>> losses() {
        return Stream.of(
                Named.of("meanSquaredError", RegressionLoss::meanSquaredError),
                Named.of("meanAbsoluteError", RegressionLoss::meanAbsoluteError),
                Named.of("huber", (p, y) -> RegressionLoss.huber(p, y, 1)));
    }

    private static Tensor row(float... values) {
        return Tensor.of(values, values.length);
    }

    private static void assertNumber(Tensor loss, double expected) {
        assertThat(loss.size()).isEqualTo(1);
        assertThat((double) loss.item()).isCloseTo(expected, Offset.offset(1e-6));
    }

    /** The example of scikit-learn's documentation of both. */
    @Test
    void squared_and_absolute_errors_are_those_of_scikit_learn() {
        Tensor targets = row(3, -0.5f, 2, 7);
        Tensor predictions = row(2.5f, 0, 2, 8);
        assertNumber(RegressionLoss.meanSquaredError(predictions, targets), 0.375);
        assertNumber(RegressionLoss.meanAbsoluteError(predictions, targets), 0.5);
    }

    /** The example of Keras' documentation, and one on both sides of δ worked out by hand. */
    @Test
    void hubers_loss_is_that_of_keras() {
        Tensor targets = Tensor.of(new float[] {0, 1, 0, 0}, 2, 2);
        Tensor predictions = Tensor.of(new float[] {0.6f, 0.4f, 0.4f, 0.6f}, 2, 2);
        assertNumber(RegressionLoss.huber(predictions, targets, 1), 0.155);
        // ½·1² = 0.5; at δ ½·2² = 2; 2·(3 − 1) = 4; 2·(5 − 1) = 8
        Tensor errors = row(1, -2, 3, -5);
        assertNumber(RegressionLoss.huber(errors, Tensor.zeros(4), 2), (0.5 + 2 + 4 + 8) / 4);
    }

    @Test
    void hubers_loss_is_half_the_squared_error_within_delta_and_delta_times_the_absolute_beyond() {
        Tensor errors = Numbers.awayFromZero(2, 3, 4);
        Tensor zeros = Tensor.zeros(3, 4);
        Numbers.assertClose(
                RegressionLoss.huber(errors, zeros, 100),
                RegressionLoss.meanSquaredError(errors, zeros).times(0.5f),
                1e-6);
        float delta = 0.125f; // below every error
        Numbers.assertClose(
                RegressionLoss.huber(errors, zeros, delta),
                RegressionLoss.meanAbsoluteError(errors, zeros).plus(-delta / 2).times(delta),
                1e-6);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void the_derivatives_are_the_slopes(BinaryOperator<Tensor> loss) {
        // errors from a quarter to 1¾ away from 0, and none within a sixteenth of Huber's δ
        Tensor errors = row(0.25f, -0.5f, 0.75f, 1.25f, -1.5f, -1.75f).reshape(2, 3);
        NumericGradient.check(
                xs -> loss.apply(xs[0], xs[1]), TARGETS.plus(errors).contiguous(), TARGETS);
    }

    /** By hand: the slopes of e², |e| and Huber's loss, each divided by the count. */
    @Test
    void the_gradients_are_those_of_the_formulas() {
        assertGradient(RegressionLoss::meanSquaredError, 1.5f, -0.25f, 0, -2);
        assertGradient(RegressionLoss::meanAbsoluteError, 0.25f, -0.25f, 0, -0.25f);
        assertGradient((p, y) -> RegressionLoss.huber(p, y, 1), 0.25f, -0.125f, 0, -0.25f);
    }

    private static void assertGradient(BinaryOperator<Tensor> loss, float... expected) {
        Tensor predictions = row(3, -0.5f, 0, -4);
        Gradients gradients =
                Gradients.of(() -> loss.apply(predictions, Tensor.zeros(4)), predictions);
        Numbers.assertClose(gradients.of(predictions).toArray(), expected, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void a_right_prediction_costs_nothing(BinaryOperator<Tensor> loss) {
        assertThat(loss.apply(TARGETS, TARGETS).item()).isZero();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void a_nan_is_not_hidden(BinaryOperator<Tensor> loss) {
        Tensor broken = row(1, Float.NaN, 3);
        Tensor whole = row(1, 2, 3);
        assertThat(loss.apply(broken, whole).item()).isNaN();
        assertThat(loss.apply(whole, broken).item()).isNaN();
        Gradients gradients = Gradients.of(() -> loss.apply(broken, whole), broken);
        assertThat(gradients.of(broken).toArray()[1]).isNaN();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void shapes_that_would_be_broadcast_are_refused(BinaryOperator<Tensor> loss) {
        assertThatThrownBy(() -> loss.apply(Tensor.zeros(4, 1), Tensor.zeros(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "\\w+: predictions \\[4, 1], targets \\[4]: they have one shape; reshape"
                                + " one of them");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void a_mean_of_nothing_is_refused(BinaryOperator<Tensor> loss) {
        assertThatThrownBy(() -> loss.apply(Tensor.zeros(0, 2), Tensor.zeros(0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        ": predictions [0, 2] hold no number, so there is no mean; leave empty"
                                + " batches out");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void delta_is_above_0_and_finite(double delta) {
        assertThatThrownBy(() -> RegressionLoss.huber(TARGETS, TARGETS, delta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("huber: delta is above 0 and finite, not " + delta);
    }
}
