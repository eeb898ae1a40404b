package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final Tensor X =
            Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 2, 3, 2);

    @Test
    void a_transpose_exchanges_two_dimensions() {
        assertThat(X.transpose().shape()).isEqualTo(Shape.of(2, 2, 3));
        assertThat(X.transpose().toArray()).containsExactly(0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11);
        assertThat(X.transpose(0, 2).toArray())
                .containsExactly(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11);
        NumericGradient.check(xs -> xs[0].transpose().times(xs[0].transpose()), X);
        NumericGradient.check(xs -> xs[0].transpose(0, 2).square(), X);
        NumericGradient.check(xs -> xs[0].transpose(1, 1).square(), X);
    }

    @Test
    void a_reshape_keeps_the_order_of_the_numbers() {
        assertThat(X.reshape(3, 4).toArray()).isEqualTo(X.toArray());
        assertThat(X.reshape(-1, 6).shape()).isEqualTo(Shape.of(2, 6));
        assertThat(X.reshape(12, 1, -1).shape()).isEqualTo(Shape.of(12, 1, 1));
        Tensor turned = X.transpose(0, 1);
        assertThat(turned.reshape(12).toArray()).isEqualTo(turned.toArray());
        assertThat(Tensor.zeros(0, 4).reshape(-1, 4).shape()).isEqualTo(Shape.of(0, 4));
        assertThat(Tensor.zeros(0, 4).reshape(2, 0).shape()).isEqualTo(Shape.of(2, 0));
        NumericGradient.check(xs -> xs[0].reshape(4, 3).square(), X);
        NumericGradient.check(xs -> xs[0].transpose(0, 1).reshape(4, 3).square(), X);
        NumericGradient.check(xs -> xs[0].slice(1, 1, 3).reshape(-1).square(), X);
    }

    @Test
    void a_slice_takes_elements_along_any_dimension() {
        assertThat(X.slice(0, 1, 2).toArray()).containsExactly(6, 7, 8, 9, 10, 11);
        assertThat(X.slice(1, 0, 2).toArray()).containsExactly(0, 1, 2, 3, 6, 7, 8, 9);
        assertThat(X.slice(-1, 1, 2).toArray()).containsExactly(1, 3, 5, 7, 9, 11);
        assertThat(X.slice(1, 3, 3).shape()).isEqualTo(Shape.of(2, 0, 2));
        for (int dim = 0; dim < 3; dim++) {
            int axis = dim;
            NumericGradient.check(xs -> xs[0].slice(axis, 1, 2).square(), X);
            NumericGradient.check(xs -> xs[0].slice(axis, 0, 0).square(), X);
            NumericGradient.check(xs -> xs[0].transpose(0, 1).slice(axis, 0, 2).square(), X);
        }
    }

    @Test
    void the_pieces_of_a_tensor_are_its_numbers_one_after_another() {
        float[] many = new float[100_003];
        for (int i = 0; i < many.length; i++) {
            many[i] = i;
        }
        Tensor series = Tensor.of(many, many.length);
        for (Tensor x :
                List.of(
                        series,
                        series.slice(0, 5, 70_000),
                        Tensor.of(Arrays.copyOf(many, 60_000), 200, 300).transpose(),
                        Tensor.scalar(7),
                        Tensor.zeros(0, 4))) {
            float[] all = new float[x.size()];
            int[] at = {0};
            x.pieces()
                    .forEach(
                            piece -> {
                                System.arraycopy(piece, 0, all, at[0], piece.length);
                                at[0] += piece.length;
                            });
            assertThat(at[0]).isEqualTo(x.size());
            assertThat(all).isEqualTo(x.toArray());
        }
        assertThat(series.pieces()).allMatch(piece -> piece.length < 1 << 16);
    }

    @Test
    void a_slice_of_a_slice_takes_from_the_slice() {
        Tensor inner = X.slice(1, 1, 3).slice(1, 1, 2).slice(0, 1, 2);
        assertThat(inner.toArray()).containsExactly(10, 11);
        NumericGradient.check(xs -> xs[0].slice(1, 1, 3).slice(1, 1, 2).square(), X);
    }

    @Test
    void a_split_cuts_the_last_dimension() {
        Tensor[] parts = X.reshape(2, 6).split(3);
        assertThat(parts).hasSize(3);
        assertThat(parts[1].toArray()).containsExactly(2, 3, 8, 9);
        NumericGradient.check(
                xs -> {
                    Tensor[] p = xs[0].reshape(2, 6).split(3);
                    return p[0].times(p[2]); // the middle part is not used
                },
                X);
    }

    @Test
    void parts_are_laid_one_after_another_along_any_dimension() {
        Tensor a = Numbers.of(1, 2, 3, 4);
        for (int dim = 0; dim < 3; dim++) {
            int axis = dim;
            int[] dims = {2, 3, 4};
            dims[axis] = 1;
            Tensor b = Numbers.of(2, dims);
            dims[axis] = 0;
            Tensor none = Numbers.of(3, dims);
            Tensor all = Tensor.concat(axis, a, none, b);
            assertThat(all.dim(axis)).isEqualTo(a.dim(axis) + 1);
            assertThat(all.slice(axis, 0, a.dim(axis)).toArray()).isEqualTo(a.toArray());
            assertThat(all.slice(axis, a.dim(axis), a.dim(axis) + 1).toArray())
                    .isEqualTo(b.toArray());
            NumericGradient.check(xs -> Tensor.concat(axis, xs).square(), a, none, b);
            NumericGradient.check(xs -> Tensor.concat(axis, xs[0], xs[0]).square(), a);
        }
        NumericGradient.check(
                xs -> Tensor.concat(-1, xs[0].transpose(), xs[1]).square(),
                Numbers.of(4, 3, 2),
                Numbers.of(5, 2, 1));
    }

    @Test
    void a_contiguous_copy_is_made_only_where_needed() {
        assertThat(X.contiguous()).isSameAs(X);
        Tensor turned = X.transpose(0, 2);
        assertThat(turned.view().contiguous()).isFalse();
        assertThat(turned.contiguous().view().contiguous()).isTrue();
        assertThat(turned.contiguous().toArray()).isEqualTo(turned.toArray());
        NumericGradient.check(xs -> xs[0].transpose(0, 2).contiguous().square(), X);
    }

    @Test
    void what_does_not_fit_is_named() {
        assertThatThrownBy(() -> X.reshape(5, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reshape: [2, 3, 2] to [5, -1]: 12 numbers do not fit");
        assertThatThrownBy(() -> X.reshape(-1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reshape: [2, 3, 2] to [-1, -1]");
        assertThatThrownBy(() -> X.reshape(-2, -6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reshape: [2, 3, 2] to [-2, -6]");
        assertThatThrownBy(() -> X.reshape(65536, 65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reshape: [2, 3, 2] to [65536, 65536]");
        assertThatThrownBy(() -> X.slice(1, 2, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slice: [2, 3, 2] has no elements 2 to 4 along dimension 1");
        assertThatThrownBy(() -> X.slice(3, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no dimension 3 in [2, 3, 2]");
        assertThatThrownBy(() -> X.split(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("split: [2, 3, 2] cannot be cut into 5 equal parts");
        assertThatThrownBy(() -> Tensor.concat(0, X, Tensor.zeros(2, 3, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("concat: [2, 3, 2] and [2, 3, 3] differ elsewhere than in dimension 0");
        assertThatThrownBy(() -> Tensor.concat(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("concat: of nothing");
        assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 numbers do not fill [2, 3], which has 6");
        assertThatThrownBy(() -> Tensor.zeros(2, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, -1]");
    }
}
