package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientsTest {

    @Test
    void a_parameter_is_differentiated_without_being_named() {
        Parameter w = Parameter.of(new float[] {2, 3}, 2);
        Tensor x = Tensor.of(new float[] {5, 7}, 2);
        Gradients g = Gradients.of(() -> x.times(w).sum());
        assertThat(g.loss()).isEqualTo(31);
        assertThat(g.has(w)).isTrue();
        assertThat(g.of(w).toArray()).containsExactly(5, 7);
    }

    @Test
    void what_the_number_does_not_depend_on_has_zeros() {
        Parameter w = Parameter.of(new float[] {2, 3}, 2);
        Parameter other = Parameter.of(new float[] {2, 3, 4}, 3);
        Gradients g = Gradients.of(() -> w.value().sum());
        assertThat(g.has(other)).isFalse();
        assertThat(g.of(other).toArray()).containsExactly(0, 0, 0);
    }

    @Test
    void the_number_itself_may_be_the_parameter() {
        Parameter w = Parameter.of(new float[] {2}, 1);
        Gradients g = Gradients.of(w::value);
        assertThat(g.loss()).isEqualTo(2);
        assertThat(g.of(w).toArray()).containsExactly(1);
    }

    @Test
    void several_uses_add_up() {
        Parameter w = Parameter.of(new float[] {2, 3}, 2);
        Gradients g =
                Gradients.of(
                        () -> {
                            Tensor v = w.value();
                            return v.times(v).plus(v).sum().plus(v.sum());
                        });
        assertThat(g.of(w).toArray()).containsExactly(6, 8);
    }

    @Test
    void gradients_are_of_one_number() {
        assertThatThrownBy(() -> Gradients.of(() -> Tensor.zeros(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradients are of one number, and this is [2, 3]");
    }

    @Test
    void the_norm_is_that_of_all_gradients_together() {
        Parameter a = Parameter.of(new float[] {0, 0}, 2);
        Parameter b = Parameter.of(new float[] {0}, 1);
        Parameter unused = Parameter.of(new float[] {9}, 1);
        Tensor slope = Tensor.of(new float[] {3, 4}, 2);
        Gradients g =
                Gradients.of(() -> a.value().times(slope).sum().plus(b.value().times(12).sum()));
        assertThat(g.norm(List.of(a, b, unused))).isCloseTo(13, Offset.offset(1e-6));
    }

    @Test
    void inner_gradients_do_not_disturb_the_outer_ones() {
        Parameter w = Parameter.of(new float[] {3}, 1);
        Gradients g =
                Gradients.of(
                        () -> {
                            Tensor square = w.value().square();
                            Gradients inner = Gradients.of(() -> w.value().times(5).sum());
                            // a gradient is a value: constant to the outer computation
                            return square.times(inner.of(w)).sum();
                        });
        assertThat(g.loss()).isEqualTo(45);
        assertThat(g.of(w).toArray()).containsExactly(30);
    }

    @Test
    void the_parameter_may_change_after_its_gradient_was_taken() {
        Parameter w = Parameter.of(new float[] {2, 3}, 2);
        Gradients g = Gradients.of(() -> w.value().square().sum());
        w.set(new float[] {0, 0});
        assertThat(g.of(w).toArray()).containsExactly(4, 6);
        assertThat(w.value().toArray()).containsExactly(0, 0);
    }

    @Test
    void a_long_chain_does_not_run_out_of_stack() {
        Parameter w = Parameter.of(new float[] {1}, 1);
        Gradients g =
                Gradients.of(
                        () -> {
                            Tensor x = w.value();
                            for (int i = 0; i < 100_000; i++) {
                                x = x.plus(0);
                            }
                            return x.sum();
                        });
        assertThat(g.of(w).toArray()).containsExactly(1);
    }
}
