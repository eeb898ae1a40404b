package dev.unroll.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.watch.Verdict.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Networks built to be ill are called so, and those that are not are called healthy. */
class VerdictTest {
    private static final int HIDDEN = 8;
    private static final int LENGTH = 20;

    /** The mean of the states' squares: each step has a loss of its own. */
    private static Observed last(Cell cell) {
        Sequences xs = new Sequences(Numbers.of(1, 4 * LENGTH, HIDDEN), Layout.even(4, LENGTH));
        return ObservedPass.of(
                Parameters.of(cell),
                () -> cell.unroll(xs, cell.start(4), false).last().h().square().mean(),
                false);
    }

    private static Kind first(Observed seen) {
        return seen.diagnosis().verdicts().getFirst().kind();
    }

    private static void fill(Parameter p, float diagonal) {
        float[] values = new float[p.size()];
        for (int i = 0; i < HIDDEN; i++) {
            values[i * (HIDDEN + 1)] = diagonal;
        }
        p.set(values);
    }

    @Test
    void a_recurrence_whose_matrix_shrinks_states_vanishes() {
        Elman cell = Elman.of(HIDDEN, HIDDEN, new Seed(1));
        fill(cell.wh(), 0.3f);
        Observed seen = last(cell);
        assertThat(first(seen)).isEqualTo(Kind.VANISHING);
        assertThat(seen.diagnosis().summary())
                .startsWith("vanishing: Elman: ")
                .contains("spectral radius of the state matrix 0.300");
    }

    @Test
    void inputs_that_a_loss_at_the_end_does_not_feel_are_called_vanishing() {
        Elman cell = Elman.of(HIDDEN, HIDDEN, new Seed(1));
        fill(cell.wh(), 0.45f);
        Observed seen = last(cell);
        assertThat(first(seen)).isEqualTo(Kind.VANISHING);
        assertThat(seen.diagnosis().summary()).contains("inputs 10 or more steps before the last");
    }

    @Test
    void inputs_that_have_a_loss_of_their_own_are_felt_however_short_the_memory() {
        Elman cell = Elman.of(HIDDEN, HIDDEN, new Seed(1));
        fill(cell.wh(), 0.45f);
        Sequences xs = new Sequences(Numbers.of(1, 4 * LENGTH, HIDDEN), Layout.even(4, LENGTH));
        Observed seen =
                ObservedPass.of(
                        Parameters.of(cell),
                        () ->
                                cell.unroll(xs, cell.start(4), false)
                                        .outputs()
                                        .rows()
                                        .square()
                                        .mean(),
                        false);
        assertThat(first(seen)).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void a_recurrence_whose_matrix_stretches_states_explodes() {
        Elman cell = Elman.of(Elman.Activation.RELU, HIDDEN, HIDDEN, new Seed(1));
        fill(cell.wh(), 2);
        assertThat(first(last(cell))).isEqualTo(Kind.EXPLODING);
    }

    @Test
    void a_loss_that_is_not_finite_is_called_exploding() {
        Parameter w = Parameter.of(new float[] {1e30f, 1}, 1, 2);
        Observed seen =
                ObservedPass.of(
                        Parameters.of(List.of(w)), () -> w.value().square().square().sum(), false);
        assertThat(first(seen)).isEqualTo(Kind.EXPLODING);
    }

    @Test
    void states_at_the_ends_of_tanh_are_saturated() {
        Elman cell = Elman.of(HIDDEN, HIDDEN, new Seed(1));
        fill(cell.wh(), 1);
        float[] large = cell.wx().value().toArray();
        for (int i = 0; i < large.length; i++) {
            large[i] *= 100;
        }
        cell.wx().set(large);
        assertThat(first(last(cell))).isEqualTo(Kind.SATURATED);
    }

    @Test
    void gates_that_are_shut_are_saturated() {
        Lstm cell = Lstm.of(HIDDEN, HIDDEN, new Seed(1));
        float[] b = cell.b().value().toArray();
        Arrays.fill(b, 0, HIDDEN, -9);
        cell.b().set(b);
        Observed seen = last(cell);
        assertThat(seen.diagnosis().verdicts())
                .anySatisfy(
                        v -> {
                            assertThat(v.kind()).isEqualTo(Kind.SATURATED);
                            assertThat(v.reason()).contains("input gate");
                        });
    }

    @Test
    void units_that_are_always_off_are_dead() {
        FeedForward layer = FeedForward.of(FeedForward.Kind.RELU, HIDDEN, 16, 0, new Seed(2));
        FeedForward.Plain plain = (FeedForward.Plain) layer;
        float[] bias = new float[16];
        Arrays.fill(bias, 0, 12, -100);
        Objects.requireNonNull(plain.in().bias()).set(bias);
        Tensor x = Numbers.of(3, 30, HIDDEN);
        Observed seen =
                ObservedPass.of(
                        Parameters.of(layer),
                        () -> layer.forward(x, Mode.INFERENCE).square().mean(),
                        false);
        assertThat(first(seen)).isEqualTo(Kind.DEAD);
        Diagnosis.ActivationShares units = seen.diagnosis().activations().getFirst();
        assertThat(units.units()).isEqualTo(16);
        assertThat(units.dead()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void deep_layers_of_sigmoids_vanish() {
        List<Linear> layers = new ArrayList<>();
        for (int l = 0; l < 12; l++) {
            layers.add(Linear.of(HIDDEN, HIDDEN, new Seed(l)));
        }
        Observed seen = deep(layers);
        assertThat(first(seen)).isEqualTo(Kind.VANISHING);
        assertThat(seen.diagnosis().summary()).contains("0.weight");
    }

    @Test
    void few_layers_of_sigmoids_are_healthy() {
        assertThat(
                        first(
                                deep(
                                        List.of(
                                                Linear.of(HIDDEN, HIDDEN, new Seed(1)),
                                                Linear.of(HIDDEN, HIDDEN, new Seed(2))))))
                .isEqualTo(Kind.HEALTHY);
    }

    private static Observed deep(List<Linear> layers) {
        Tensor x = Numbers.of(3, 30, HIDDEN);
        return ObservedPass.of(
                Parameters.of(layers),
                () -> {
                    Tensor y = x;
                    for (Linear layer : layers) {
                        y = layer.forward(y).sigmoid();
                    }
                    return y.square().mean();
                },
                false);
    }

    @Test
    void an_orthogonal_recurrence_is_healthy() {
        Elman cell = Elman.of(HIDDEN, HIDDEN, new Seed(1));
        fill(cell.wh(), 1);
        float[] small = cell.wx().value().toArray();
        for (int i = 0; i < small.length; i++) {
            small[i] *= 0.1f;
        }
        cell.wx().set(small);
        Observed seen = last(cell);
        assertThat(first(seen)).isEqualTo(Kind.HEALTHY);
        assertThat(seen.diagnosis().summary()).startsWith("healthy: gradient norm");
    }

    @Test
    void an_lstm_with_open_forget_gates_is_healthy() {
        assertThat(first(last(Lstm.of(HIDDEN, HIDDEN, new Seed(1))))).isEqualTo(Kind.HEALTHY);
    }
}
