package dev.unroll.own;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Clip;
import dev.unroll.train.Objective;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import dev.unroll.train.Training;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** An optimiser from outside Unroll's packages, given as its formula and the name of its state. */
class OwnOptimiserTest {
    private static final RmsProp RMS_PROP = new RmsProp(0.9, 1e-8);

    /** Two layers that learn the exclusive or, which one layer cannot. */
    private record Xor(Linear hidden, Linear out) implements Model {
        static Xor of(Seed seed) {
            return new Xor(Linear.of(2, 8, seed.at("hidden")), Linear.of(8, 1, seed.at("out")));
        }

        Tensor forward(Tensor x) {
            return out.forward(hidden.forward(x).tanh());
        }
    }

    private record Lesson(Xor model) implements Objective<Integer> {
        private static final Tensor X = Tensor.of(new float[] {-1, -1, -1, 1, 1, -1, 1, 1}, 4, 2);
        private static final Tensor Y = Tensor.of(new float[] {-1, 1, 1, -1}, 4, 1);

        static Lesson begin() {
            return new Lesson(Xor.of(new Seed(3)));
        }

        @Override
        public Map<String, Parameter> parameters() {
            return model.parameters();
        }

        /** Three of the four examples at a time: all but one. */
        @Override
        public List<Integer> batches(int epoch) {
            return List.of(epoch % 4, (epoch + 1) % 4);
        }

        @Override
        public Tensor loss(Integer leftOut, Mode mode) {
            float[] counts = {1, 1, 1, 1};
            counts[leftOut] = 0;
            Tensor error = model.forward(X).minus(Y).square();
            return error.times(Tensor.of(counts, 4, 1)).mean();
        }
    }

    private static Training training() {
        return Training.of(RMS_PROP, 0.01);
    }

    @Test
    void a_step_is_the_formula_worked_out_by_hand() {
        Parameter w = Parameter.of(new float[] {1}, 1);
        Map<String, Parameter> parameters = Map.of("w", w);
        OptimiserState state = OptimiserState.of(RMS_PROP, parameters);
        for (int step = 1; step <= 2; step++) {
            Gradients gradients = Gradients.of(() -> w.value().times(2).sum());
            RMS_PROP.step(parameters, gradients, state, 0.1, Clip.NONE, step);
        }
        // v = 0.4 and 0.76; w = 1 − 0.2/√0.4 − 0.2/√0.76
        assertThat(w.value().item()).isCloseTo(0.4543563f, Offset.offset(1e-6f));
        assertThat(state.of("w").get("square").item()).isCloseTo(0.76f, Offset.offset(1e-6f));
    }

    @Test
    void an_optimiser_of_ones_own_trains_a_network() {
        Lesson objective = Lesson.begin();
        training().epochs(100).run(objective);
        assertThat(objective.model().forward(Lesson.X).toArray())
                .containsExactly(Lesson.Y.toArray(), Offset.offset(0.2f));
    }

    @Test
    void a_training_with_it_resumes_to_the_same_bits_from_its_weights_and_its_state() {
        Lesson unbroken = Lesson.begin();
        Progress end = training().steps(21).run(unbroken);

        Lesson first = Lesson.begin();
        OptimiserState state = OptimiserState.of(RMS_PROP, first.parameters());
        Progress stopped = training().steps(9).resume(first, Progress.START, state);
        Lesson second = new Lesson(Xor.of(new Seed(99)));
        OptimiserState kept = OptimiserState.of(RMS_PROP, second.parameters());
        copy(first.parameters(), second.parameters());
        copy(state.tensors(), kept.tensors());

        assertThat(training().steps(21).resume(second, stopped, kept)).isEqualTo(end);
        second.parameters()
                .forEach(
                        (name, p) ->
                                assertThat(p.value().toArray())
                                        .as(name)
                                        .isEqualTo(numbers(unbroken.parameters(), name)));
        assertThat(kept.tensors()).containsKeys("square.hidden.weight", "square.out.bias");
    }

    private static void copy(Map<String, Parameter> from, Map<String, Parameter> to) {
        to.forEach((name, p) -> p.set(numbers(from, name)));
    }

    private static float[] numbers(Map<String, Parameter> parameters, String name) {
        return requireNonNull(parameters.get(name)).value().toArray();
    }
}
