package dev.unroll.tensor;

import static dev.unroll.tensor.CrossEntropy.IGNORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest {
    private static final int[] TARGETS = {2, IGNORED, 0, 6, 2};
    private static final int[] ALL_IGNORED = {IGNORED, IGNORED, IGNORED, IGNORED, IGNORED};

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.9f})
    void is_the_formula(float smoothing) {
        Tensor logits = Numbers.between(-3, 3, 1, 5, 7);
        float[] logs = logits.logSoftmax().toArray();
        float[] expected = new float[5];
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            double loss = 0;
            for (int j = 0; j < 7 && TARGETS[i] != IGNORED; j++) {
                double wanted = smoothing / 7 + (j == TARGETS[i] ? 1 - smoothing : 0);
                loss -= wanted * logs[i * 7 + j];
            }
            expected[i] = (float) loss;
            sum += loss;
        }
        Numbers.assertClose(
                CrossEntropy.formula(logits, TARGETS, smoothing).toArray(), expected, 1e-5);
        Numbers.assertClose(
                CrossEntropy.perRow(logits, TARGETS, smoothing),
                CrossEntropy.formula(logits, TARGETS, smoothing),
                1e-5);
        Numbers.assertClose(
                CrossEntropy.mean(logits, TARGETS, smoothing).toArray(),
                new float[] {(float) (sum / 4)},
                1e-5);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.9f})
    void its_derivative_is_the_formulas(float smoothing) {
        Tensor logits = Numbers.between(-3, 3, 1, 5, 7);
        Tensor r = Numbers.of(2, 5);
        Gradients fused =
                Gradients.of(
                        () -> CrossEntropy.perRow(logits, TARGETS, smoothing).times(r).sum(),
                        logits);
        Gradients slow =
                Gradients.of(
                        () -> CrossEntropy.formula(logits, TARGETS, smoothing).times(r).sum(),
                        logits);
        Numbers.assertClose(fused.of(logits), slow.of(logits), 1e-5);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.9f})
    void its_derivative_is_its_slope(float smoothing) {
        Tensor logits = Numbers.between(-3, 3, 1, 5, 7);
        NumericGradient.check(xs -> CrossEntropy.perRow(xs[0], TARGETS, smoothing), logits);
        NumericGradient.check(xs -> CrossEntropy.mean(xs[0], TARGETS, smoothing), logits);
        NumericGradient.check(xs -> CrossEntropy.mean(xs[0], ALL_IGNORED, smoothing), logits);
        NumericGradient.check(
                xs -> CrossEntropy.perRow(xs[0].transpose(), TARGETS, smoothing),
                logits.transpose().contiguous());
        NumericGradient.check(
                xs -> CrossEntropy.perRow(xs[0], new int[0], smoothing), Tensor.zeros(0, 7));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0.1, false", "0, true", "0.1, true"})
    void of_linear_has_the_slopes_as_derivatives(float smoothing, boolean turned) {
        NumericGradient.check(
                xs ->
                        CrossEntropy.ofLinear(
                                xs[0],
                                turned ? xs[1].transpose() : xs[1],
                                xs[2],
                                TARGETS,
                                smoothing),
                Numbers.of(1, 5, 3),
                turned ? Numbers.of(2, 7, 3) : Numbers.of(2, 3, 7),
                Numbers.of(3, 7));
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, 1",
        "0.1, false, 5",
        "0.1, true, 5",
        "0, false, 1024",
        "0.1, true, 1025",
        "0.1, false, 2100",
        "0.1, true, 2100",
        "0.1, true, 0"
    })
    void of_linear_is_the_product_and_its_loss(float smoothing, boolean turned, int rows) {
        Tensor x = Numbers.of(1, rows, 3);
        Tensor stored = turned ? Numbers.of(2, 7, 3) : Numbers.of(2, 3, 7);
        Tensor b = Numbers.of(3, 7);
        int[] targets = new int[rows];
        for (int i = 0; i < rows; i++) {
            targets[i] = i % 9 == 8 ? IGNORED : i * 5 % 7;
        }
        Gradients fused =
                Gradients.of(
                        () ->
                                CrossEntropy.ofLinear(
                                                x,
                                                turned ? stored.transpose() : stored,
                                                b,
                                                targets,
                                                smoothing)
                                        .times(3),
                        x,
                        stored,
                        b);
        Gradients formula =
                Gradients.of(
                        () ->
                                CrossEntropy.mean(
                                                x.matmul(turned ? stored.transpose() : stored)
                                                        .plus(b),
                                                targets,
                                                smoothing)
                                        .times(3),
                        x,
                        stored,
                        b);
        Numbers.assertClose(new float[] {fused.loss()}, new float[] {formula.loss()}, 1e-5);
        Numbers.assertClose(fused.of(x), formula.of(x), 1e-5);
        Numbers.assertClose(fused.of(stored), formula.of(stored), 1e-5);
        Numbers.assertClose(fused.of(b), formula.of(b), 1e-5);
    }

    @Test
    void tied_weights_get_the_gradients_of_both_uses() {
        int[] ids = {4, 0, 4, 6, 1};
        NumericGradient.check(
                xs ->
                        CrossEntropy.ofLinear(
                                xs[0].gather(ids), xs[0].transpose(), xs[1], TARGETS, 0.1f),
                Numbers.of(1, 7, 3),
                Numbers.of(2, 7));
    }

    @Test
    void rows_that_do_not_lie_in_order_have_the_same_loss() {
        NumericGradient.check(
                xs ->
                        CrossEntropy.ofLinear(
                                xs[0].transpose(),
                                xs[1].slice(1, 2, 9),
                                xs[2].slice(0, 1, 8),
                                TARGETS,
                                0.1f),
                Numbers.of(1, 3, 5),
                Numbers.of(2, 3, 11),
                Numbers.of(3, 9));
    }

    @Test
    void what_is_ignored_costs_nothing() {
        Tensor x = Numbers.of(1, 5, 3);
        Tensor w = Numbers.of(2, 3, 7);
        Tensor b = Numbers.of(3, 7);
        assertThat(CrossEntropy.ofLinear(x, w, b, ALL_IGNORED, 0.1f).item()).isEqualTo(0);
        assertThat(CrossEntropy.mean(x.matmul(w), ALL_IGNORED, 0.1f).item()).isEqualTo(0);
        assertThat(CrossEntropy.counted(TARGETS)).isEqualTo(4);
    }

    @Test
    void confident_logits_do_not_overflow() {
        Tensor logits = Tensor.of(new float[] {1000, -1000, -1000, 1000}, 2, 2);
        assertThat(CrossEntropy.perRow(logits, new int[] {0, 0}, 0).toArray())
                .containsExactly(0, 2000);
    }

    @Test
    void mistakes_are_named() {
        Tensor logits = Tensor.zeros(5, 7);
        assertThatThrownBy(() -> CrossEntropy.perRow(logits, new int[4], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: [5, 7] with 4 targets: one target a row");
        assertThatThrownBy(() -> CrossEntropy.mean(logits, new int[] {0, 1, 2, 7, 0}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: target 7 of row 3 is not in [0, 7)");
        assertThatThrownBy(() -> CrossEntropy.mean(logits, new int[] {0, 1, 2, -2, 0}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: target -2 of row 3 is not in [0, 7)");
        assertThatThrownBy(() -> CrossEntropy.mean(logits, TARGETS, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: the smoothing is in [0, 1), not 1.0");
        Tensor x = Tensor.zeros(5, 3);
        Tensor b = Tensor.zeros(7);
        assertThatThrownBy(() -> CrossEntropy.ofLinear(x, Tensor.zeros(4, 7), b, TARGETS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[5, 3] x [4, 7]");
        assertThatThrownBy(
                        () ->
                                CrossEntropy.ofLinear(
                                        x, Tensor.zeros(3, 7), Tensor.zeros(6), TARGETS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[5, 3] x [3, 7] + [6]");
    }

    /** Σ w_target · loss / Σ w_target, with each row's loss taken by itself. */
    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f})
    void a_mean_with_weights_counts_each_row_as_its_class(float smoothing) {
        Tensor logits = Numbers.between(-3, 3, 1, 5, 7);
        float[] weights = {2, 1, 0.5f, 1, 1, 1, 4};
        float[] losses = CrossEntropy.perRow(logits, TARGETS, smoothing).toArray();
        double expected = (0.5 * losses[0] + 2 * losses[2] + 4 * losses[3] + 0.5 * losses[4]) / 7;
        Numbers.assertClose(
                CrossEntropy.mean(logits, TARGETS, smoothing, weights).toArray(),
                new float[] {(float) expected},
                1e-5);
        Tensor shares = Tensor.of(new float[] {0.5f / 7, 0, 2f / 7, 4f / 7, 0.5f / 7}, 5);
        Numbers.assertClose(
                Gradients.of(() -> CrossEntropy.mean(logits, TARGETS, smoothing, weights), logits)
                        .of(logits),
                Gradients.of(
                                () ->
                                        CrossEntropy.formula(logits, TARGETS, smoothing)
                                                .times(shares)
                                                .sum(),
                                logits)
                        .of(logits),
                1e-5);
    }

    @Test
    void equal_weights_change_nothing_and_wrong_ones_are_named() {
        Tensor logits = Numbers.between(-3, 3, 1, 5, 7);
        float[] twos = {2, 2, 2, 2, 2, 2, 2};
        Numbers.assertClose(
                CrossEntropy.mean(logits, TARGETS, 0, twos),
                CrossEntropy.mean(logits, TARGETS, 0),
                1e-5);
        assertThat(CrossEntropy.mean(logits, ALL_IGNORED, 0, twos).item()).isZero();
        assertThatThrownBy(() -> CrossEntropy.mean(logits, TARGETS, 0, new float[] {1}))
                .hasMessageContaining("1 weights for logits");
        twos[3] = -1;
        assertThatThrownBy(() -> CrossEntropy.mean(logits, TARGETS, 0, twos))
                .hasMessageContaining("finite and 0 or more, not -1.0");
    }
}
