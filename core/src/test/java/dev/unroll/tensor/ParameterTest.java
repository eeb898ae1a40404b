package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.WeightStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A parameter that is also packed gives the products of the plain one. */
class ParameterTest {
    private static Parameter parameter(long seed, int... dims) {
        return Parameter.of(Numbers.of(seed, dims).toArray(), dims);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,8,16", "3,5,7", "2,33,31", "70,16,40"})
    void packed_products_are_the_plain_ones(int rows, int in, int out) {
        Parameter w = parameter(1, in, out);
        Parameter turned = parameter(2, out, in);
        Parameter b = parameter(3, out);
        Tensor x = Numbers.of(4, rows, in);
        Numbers.assertClose(x.matmul(w.packed()), x.matmul(w), 1e-6);
        Numbers.assertClose(x.linear(w.packed(), b), x.matmul(w).plus(b), 1e-6);
        Tensor expected = x.matmul(turned.value().transpose()).plus(b);
        Numbers.assertClose(x.linearTransposed(turned.packed(), b), expected, 1e-6);
        Numbers.assertClose(x.linearTransposed(turned, b), expected, 1e-6);
    }

    @Test
    void packed_products_take_rows_in_any_arrangement() {
        Parameter w = parameter(1, 4, 6);
        Tensor cube = Numbers.of(2, 2, 3, 4);
        Numbers.assertClose(cube.matmul(w.packed()), cube.matmul(w), 1e-6);
        Tensor turned = Numbers.of(3, 4, 5).transpose();
        Numbers.assertClose(turned.matmul(w.packed()), turned.matmul(w), 1e-6);
        Tensor slices = Numbers.of(4, 3, 8).slice(1, 2, 6);
        Numbers.assertClose(slices.matmul(w.packed()), slices.matmul(w), 1e-6);
    }

    @Test
    void a_packed_parameter_has_the_gradient_of_the_plain_one() {
        Parameter w = parameter(1, 4, 6);
        Parameter b = parameter(2, 6);
        Parameter packed = w.packed();
        Tensor x = Numbers.of(3, 5, 4);
        Gradients plain = Gradients.of(() -> x.linear(w, b).square().sum());
        Gradients same = Gradients.of(() -> x.linear(packed, b).square().sum());
        Numbers.assertSame(same.of(packed), plain.of(w));
        Numbers.assertSame(same.of(b), plain.of(b));
    }

    @Test
    void a_packed_parameter_shares_the_numbers_of_the_plain_one() {
        Parameter w = parameter(1, 2, 3);
        assertThat(w.packed().value()).isSameAs(w.value());
        assertThat(w.isPacked()).isFalse();
        assertThat(w.packed().isPacked()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,8,16", "3,5,7", "2,33,31", "70,16,40"})
    void a_parameter_that_is_packed_alone_has_the_products_and_the_numbers_of_the_plain_one(
            int rows, int in, int out) {
        Parameter w = parameter(1, in, out);
        Parameter alone = w.packedAlone(WeightStorage.F32);
        Parameter b = parameter(3, out);
        Parameter c = parameter(5, in);
        Tensor x = Numbers.of(4, rows, in);
        Tensor z = Numbers.of(6, rows, out);
        Numbers.assertSame(alone.value(), w.value());
        Numbers.assertSame(x.matmul(alone), x.matmul(w.packed()));
        Numbers.assertSame(x.linear(alone, b), x.linear(w.packed(), b));
        Numbers.assertSame(z.linearTransposed(alone, c), z.linearTransposed(w.packed(), c));
        assertThat(alone.shape()).isEqualTo(w.shape());
    }

    @Test
    void a_parameter_that_is_packed_alone_cannot_be_trained_or_given_other_numbers() {
        Parameter alone = parameter(1, 4, 6).packedAlone(WeightStorage.F32);
        Tensor x = Numbers.of(3, 5, 4);
        assertThatThrownBy(() -> Gradients.of(() -> x.matmul(alone).square().sum()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[4, 6] that is packed alone cannot be trained");
        assertThatThrownBy(() -> alone.set(new float[24]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keeps its numbers");
        assertThat(alone.frozen().value().toArray()).isEqualTo(alone.value().toArray());
    }

    @Test
    void a_parameter_in_an_array_that_was_given_up_has_its_numbers() {
        float[] values = {1, 2, 3, 4, 5, 6};
        Parameter owning = Parameter.owning(values, 2, 3);
        assertThat(owning.value().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> Parameter.owning(values, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 numbers do not fill a parameter of [2, 2]");
    }

    @Test
    void what_is_no_matrix_or_packed_already_is_left_as_it_is() {
        Parameter bias = parameter(1, 3);
        assertThat(bias.packed()).isSameAs(bias);
        Parameter packed = parameter(2, 3, 4).packed();
        assertThat(packed.packed()).isSameAs(packed);
    }

    @Test
    void a_packed_product_of_wrong_sizes_names_both_shapes() {
        Parameter w = parameter(1, 4, 6).packed();
        assertThatThrownBy(() -> Numbers.of(2, 5, 3).matmul(w))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[5, 3] x [4, 6]");
        Parameter b = parameter(3, 5);
        assertThatThrownBy(() -> Numbers.of(2, 5, 4).linear(w, b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the bias is [6]");
    }
}
