package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatMulTest {

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(Shape.of(1, 1), Shape.of(1, 1)),
                Arguments.of(Shape.of(3, 5), Shape.of(5, 4)),
                Arguments.of(Shape.of(1, 17), Shape.of(17, 1)),
                Arguments.of(Shape.of(9, 2), Shape.of(2, 17)),
                Arguments.of(Shape.of(0, 5), Shape.of(5, 4)),
                Arguments.of(Shape.of(3, 0), Shape.of(0, 4)),
                Arguments.of(Shape.of(3, 5), Shape.of(5, 0)),
                Arguments.of(Shape.of(2, 3, 5), Shape.of(5, 4)),
                Arguments.of(Shape.of(2, 3, 0), Shape.of(0, 4)),
                Arguments.of(Shape.of(2, 3, 5), Shape.of(2, 5, 4)),
                Arguments.of(Shape.of(0, 3, 5), Shape.of(0, 5, 4)),
                Arguments.of(Shape.of(2, 2, 3, 4), Shape.of(4, 3)),
                Arguments.of(Shape.of(2, 2, 3, 4), Shape.of(2, 2, 4, 3)));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @MethodSource("shapes")
    void sums_rows_times_columns(Shape a, Shape b) {
        Tensor x = Numbers.of(1, a.dims());
        Tensor y = Numbers.of(2, b.dims());
        Numbers.assertClose(x.matmul(y), byHand(x, y), 1e-5);
    }

    @ParameterizedTest(name = "{0} x {1}")
    @MethodSource("shapes")
    void its_derivative_is_its_slope(Shape a, Shape b) {
        NumericGradient.check(
                xs -> xs[0].matmul(xs[1]), Numbers.of(1, a.dims()), Numbers.of(2, b.dims()));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @MethodSource("shapes")
    void the_order_in_memory_does_not_matter(Shape a, Shape b) {
        Tensor x = Numbers.of(1, a.dims()).transpose();
        Tensor y = Numbers.of(2, b.dims()).transpose();
        Tensor left = x.contiguous().transpose(); // [a], stored by columns
        Tensor right = y.contiguous().transpose();
        Numbers.assertClose(left.matmul(right), byHand(left, right), 1e-5);
        NumericGradient.check(
                xs -> xs[0].transpose().matmul(xs[1].transpose()), x.contiguous(), y.contiguous());
    }

    @Test
    void parts_of_matrices_multiply_too() {
        NumericGradient.check(
                xs -> xs[0].slice(1, 1, 4).matmul(xs[1].slice(0, 2, 5).slice(1, 1, 3)),
                Numbers.of(1, 4, 5),
                Numbers.of(2, 6, 4));
        NumericGradient.check(
                xs -> xs[0].transpose(0, 1).matmul(xs[1].transpose(0, 2)),
                Numbers.of(1, 3, 2, 4),
                Numbers.of(2, 5, 4, 2));
    }

    @Test
    void a_tensor_times_itself_has_both_derivatives() {
        NumericGradient.check(xs -> xs[0].matmul(xs[0].transpose()), Numbers.of(1, 3, 4));
        NumericGradient.check(xs -> xs[0].matmul(xs[0]), Numbers.of(1, 3, 3));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @MethodSource("shapes")
    void linear_is_the_product_and_the_bias(Shape a, Shape b) {
        if (b.rank() != 2) {
            return;
        }
        Tensor x = Numbers.of(1, a.dims());
        Parameter w = Parameter.of(Numbers.of(2, b.dims()).toArray(), b.dims());
        Parameter bias = Parameter.of(Numbers.of(3, b.dim(1)).toArray(), b.dim(1));
        Numbers.assertClose(x.linear(w, bias), x.matmul(w).plus(bias), 1e-5);
        NumericGradient.check(xs -> MatMul.linear(xs[0], xs[1], xs[2]), x, w.value(), bias.value());
        NumericGradient.check(
                xs -> MatMul.linear(xs[0].transpose(), xs[1].transpose(), xs[2]),
                x.transpose().contiguous(),
                w.value().transpose().contiguous(),
                bias.value());
    }

    @Test
    void shapes_that_do_not_fit_are_named() {
        assertThatThrownBy(() -> Tensor.zeros(32, 10, 64).matmul(Tensor.zeros(128, 256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matmul: [32, 10, 64] x [128, 256]: inner sizes 64 and 128 differ");
        assertThatThrownBy(() -> Tensor.zeros(2, 3, 4).matmul(Tensor.zeros(3, 4, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matmul: [2, 3, 4] x [3, 4, 5]: leading sizes differ");
        assertThatThrownBy(() -> Tensor.zeros(4).matmul(Tensor.zeros(4, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matmul: [4] x [4, 5]: both need at least 2 dimensions");
        Parameter w = Parameter.full(0, 4, 5);
        assertThatThrownBy(() -> Tensor.zeros(3, 4).linear(w, Parameter.full(0, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear: [3, 4] x [4, 5] + [4]: the bias is [5]");
        assertThatThrownBy(() -> Tensor.zeros(3, 6).linear(w, Parameter.full(0, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[3, 6] x [4, 5]: inner sizes 6 and 4 differ");
    }

    @Test
    void a_number_that_is_none_is_not_lost() {
        Tensor x = Tensor.of(new float[] {0, Float.NaN}, 1, 2);
        Tensor y = Tensor.of(new float[] {1, 0}, 2, 1);
        assertThat(x.matmul(y).item()).isNaN();
    }

    private static Tensor byHand(Tensor x, Tensor y) {
        int m = x.dim(-2);
        int k = x.dim(-1);
        int n = y.dim(-1);
        float[] a = x.toArray();
        float[] b = y.toArray();
        int[] dims = x.shape().dims().clone();
        dims[dims.length - 1] = n;
        float[] c = new float[Shape.of(dims).size()];
        for (int at = 0; at < c.length; at++) {
            int matrix = at / (m * n);
            int i = at / n % m;
            int j = at % n;
            double sum = 0;
            for (int p = 0; p < k; p++) {
                int right = y.rank() == 2 ? 0 : matrix * k * n;
                sum += (double) a[matrix * m * k + i * k + p] * b[right + p * n + j];
            }
            c[at] = (float) sum;
        }
        return Tensor.of(c, dims);
    }
}
