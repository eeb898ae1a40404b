package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 17})
    void is_the_formula(int width) {
        Tensor x = Numbers.between(-3, 3, 1, 5, width);
        Tensor e = x.exp();
        Tensor formula = e.dividedBy(e.sum(1).reshape(5, 1));
        Numbers.assertClose(x.softmax(), formula, 1e-6);
        Numbers.assertClose(x.logSoftmax(), formula.log(), 1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 17})
    void its_derivative_is_its_slope(int width) {
        Tensor x = Numbers.between(-3, 3, 1, 3, width);
        NumericGradient.check(xs -> xs[0].softmax(), x);
        NumericGradient.check(xs -> xs[0].logSoftmax(), x);
        NumericGradient.check(xs -> xs[0].transpose().softmax(), x);
        NumericGradient.check(xs -> xs[0].transpose().logSoftmax().transpose(), x);
        NumericGradient.check(xs -> xs[0].softmax(), Numbers.of(2, 2, 2, width));
        NumericGradient.check(xs -> xs[0].slice(0, 1, 2).softmax(), x);
    }

    @Test
    void large_numbers_do_not_overflow() {
        Tensor x = Tensor.of(new float[] {1000, 999, Float.NEGATIVE_INFINITY}, 1, 3);
        Numbers.assertClose(x.softmax().toArray(), new float[] {0.7310586f, 0.26894143f, 0}, 1e-6);
        assertThat(x.logSoftmax().toArray()[2]).isEqualTo(Float.NEGATIVE_INFINITY);
        Tensor low = Tensor.of(new float[] {-2000, -2001}, 1, 2);
        Numbers.assertClose(low.softmax().toArray(), new float[] {0.7310586f, 0.26894143f}, 1e-6);
    }

    @Test
    void over_sequences_is_softmax_down_each_column_of_each_sequence() {
        Layout layout = Layout.of(3, 0, 1, 4);
        Tensor x = Numbers.between(-3, 3, 1, 8, 5);
        Tensor y = Softmax.overSequences(x, layout);
        for (int s = 0; s < layout.batch(); s++) {
            int from = layout.offsets()[s];
            int to = layout.offsets()[s + 1];
            Numbers.assertClose(
                    y.slice(0, from, to),
                    x.slice(0, from, to).transpose().softmax().transpose(),
                    1e-6);
        }
        NumericGradient.check(xs -> Softmax.overSequences(xs[0], layout), x);
        NumericGradient.check(
                xs -> Softmax.overSequences(xs[0].transpose(), layout).transpose(),
                Numbers.of(2, 3, 8));
    }

    @Test
    void nothing_has_a_softmax_of_nothing() {
        NumericGradient.check(xs -> xs[0].softmax(), Tensor.zeros(0, 3));
        NumericGradient.check(xs -> xs[0].softmax(), Tensor.zeros(3, 0));
        NumericGradient.check(
                xs -> Softmax.overSequences(xs[0], Layout.of(0, 0)), Tensor.zeros(0, 3));
    }

    @Test
    void a_layout_of_other_rows_is_refused() {
        assertThatThrownBy(() -> Softmax.overSequences(Tensor.zeros(5, 2), Layout.of(3, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("overSequences: [5, 2] with a layout of 6 tokens: one row a token");
    }
}
