package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void a_probe_shows_the_gradient_and_changes_none() {
        Parameter w = Parameter.of(new float[] {1, 2, 3}, 3);
        List<float[]> seen = new ArrayList<>();
        Gradients plain = Gradients.of(() -> w.value().square().times(2).sum());
        Gradients probed =
                Gradients.of(
                        () ->
                                Probe.of(w.value().square(), g -> seen.add(g.toArray()))
                                        .times(2)
                                        .sum());
        assertThat(probed.loss()).isEqualTo(plain.loss());
        assertThat(probed.of(w).toArray()).containsExactly(plain.of(w).toArray());
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst()).containsExactly(2, 2, 2);
    }

    @Test
    void a_probe_shows_the_gradient_of_a_constant_too() {
        Parameter w = Parameter.of(new float[] {5}, 1);
        Tensor constant = Tensor.of(new float[] {2, 3}, 2);
        List<float[]> seen = new ArrayList<>();
        Gradients.of(() -> Probe.of(constant, g -> seen.add(g.toArray())).times(w).sum());
        assertThat(seen.getFirst()).containsExactly(5, 5);
    }

    @Test
    void a_probe_is_the_tensor_itself_where_no_gradient_is_computed() {
        Tensor x = Tensor.of(new float[] {2, 3}, 2);
        assertThat(Probe.of(x, _ -> {})).isSameAs(x);
    }

    @Test
    void a_probe_of_what_the_result_does_not_depend_on_is_silent() {
        Parameter w = Parameter.of(new float[] {5}, 1);
        List<Tensor> seen = new ArrayList<>();
        Gradients.of(
                () -> {
                    Tensor _ = Probe.of(w.value().square(), seen::add);
                    return w.value().sum();
                });
        assertThat(seen).isEmpty();
    }

    @Test
    void cut_rows_have_the_slopes_that_are_measured() {
        NumericGradient.check(
                in -> {
                    Tensor[] parts = Gather.cut(in[0], 2, 0, 3);
                    return Tensor.concat(0, parts[2].square(), parts[0].times(3), parts[1]);
                },
                Numbers.of(3, 5, 2));
    }
}
