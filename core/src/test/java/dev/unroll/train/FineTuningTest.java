package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is of use where a model has been trained before. */
class FineTuningTest {

    /** Two layers. */
    record Network(Linear first, Linear second) {
        static Network of(Seed seed) {
            return new Network(Linear.of(3, 4, seed.at("a")), Linear.of(4, 2, seed.at("b")));
        }

        Tensor loss(Tensor x) {
            return second.forward(first.forward(x).tanh()).square().mean();
        }
    }

    /** Rows in batches; a batch weighs as many rows as it has. */
    record Rows(Network model, List<Tensor> all) implements Objective<Tensor> {
        @Override
        public Map<String, Parameter> parameters() {
            return Parameters.of(model);
        }

        @Override
        public List<Tensor> batches(int epoch) {
            return all;
        }

        @Override
        public Tensor loss(Tensor batch, Mode mode) {
            return model.loss(batch);
        }

        @Override
        public double weight(Tensor batch) {
            return batch.dim(0);
        }
    }

    private static List<Tensor> batches(int... rows) {
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            all.add(new Seed(7).at(i).normal(1, rows[i], 3).value());
        }
        return all;
    }

    private static float[] numbers(Network model) {
        Tensor[] all =
                Parameters.of(model).values().stream()
                        .map(p -> p.value().reshape(p.size()))
                        .toArray(Tensor[]::new);
        return Tensor.concat(0, all).toArray();
    }

    private static float[] trained(List<Tensor> batches, int accumulated, int steps) {
        Network model = Network.of(new Seed(1));
        Training.of(new Sgd(0, false, 0), 0.5)
                .accumulate(accumulated)
                .steps(steps)
                .run(new Rows(model, batches));
        return numbers(model);
    }

    @Test
    void accumulated_batches_of_any_sizes_give_the_weights_of_one_large_batch() {
        List<Tensor> parts = batches(2, 5, 1);
        Tensor whole = Tensor.concat(0, parts.toArray(Tensor[]::new));

        float[] once = trained(List.of(whole), 1, 3);

        assertThat(trained(parts, 3, 3)).containsExactly(once, Offset.offset(1e-6f));
        assertThat(trained(parts, 1, 3)).isNotEqualTo(once);
    }

    @Test
    void the_last_step_of_an_epoch_takes_the_batches_that_are_left() {
        List<Integer> epochs = new ArrayList<>();
        List<Integer> steps = new ArrayList<>();
        Rows rows = new Rows(Network.of(new Seed(1)), batches(2, 5, 1));
        Training.of(Adam.standard(), 0.1)
                .accumulate(2)
                .epochs(2)
                .listen(
                        event -> {
                            if (event instanceof TrainingEvent.Stepped s) {
                                epochs.add(s.progress().epoch());
                                steps.add(s.batches());
                            }
                        })
                .run(rows);

        assertThat(steps).containsExactly(2, 2, 2, 2);
        assertThat(epochs).hasSize(4);
    }

    @Test
    void the_gradients_of_a_sum_are_those_of_its_numbers_together() {
        Network model = Network.of(new Seed(1));
        List<Tensor> x = batches(2, 5);

        Gradients together = Gradients.of(() -> model.loss(x.get(0)).plus(model.loss(x.get(1))));
        Gradients apart =
                Gradients.ofSum(List.of(() -> model.loss(x.get(0)), () -> model.loss(x.get(1))));

        assertThat(apart.loss()).isCloseTo(together.loss(), Offset.offset(1e-6f));
        for (Parameter p : Parameters.of(model).values()) {
            assertThat(apart.of(p).toArray())
                    .containsExactly(together.of(p).toArray(), Offset.offset(1e-6f));
        }
    }

    @Test
    void gradients_that_are_one_tensor_are_each_summed_once() {
        Parameter a = Parameter.full(1, 3);
        Parameter b = Parameter.full(2, 3);
        Tensor x = Tensor.of(new float[] {1, 2, 3}, 3);

        Gradients sum =
                Gradients.ofSum(
                        List.of(
                                () -> a.value().plus(b).times(x).sum(),
                                () -> a.value().plus(b).times(x).sum(),
                                () -> b.value().sum()));

        assertThat(sum.of(a).toArray()).containsExactly(2, 4, 6);
        assertThat(sum.of(b).toArray()).containsExactly(3, 5, 7);
    }

    @Test
    void frozen_parameters_have_no_gradient_and_no_state_and_stay_as_they_are() {
        Network model = Network.of(new Seed(1));
        Network half =
                new Network(Parameters.map(model.first(), Parameter::frozen), model.second());
        float[] before = half.first().weight().value().toArray();
        float[] second = half.second().weight().value().toArray();
        Rows rows = new Rows(half, batches(4));
        Optimiser adam = new AdamW(0.9, 0.999, 1e-8, 0.1);

        Gradients gradients = Gradients.of(() -> half.loss(rows.all().getFirst()));
        OptimiserState state = OptimiserState.of(adam, rows.parameters());
        Training.of(adam, 0.1).steps(3).run(rows);

        assertThat(gradients.has(half.first().weight())).isFalse();
        assertThat(gradients.has(half.second().weight())).isTrue();
        assertThat(state.tensors().keySet()).allMatch(name -> name.contains(".second."));
        assertThat(half.first().weight().value().toArray()).isEqualTo(before);
        assertThat(half.second().weight().value().toArray()).isNotEqualTo(second);
    }

    @Test
    void what_is_unfrozen_shares_its_numbers_and_is_trained_again() {
        Parameter weight = new Seed(1).glorot(2, 2);
        Parameter again = weight.frozen().unfrozen();

        again.set(new float[] {1, 2, 3, 4});

        assertThat(weight.value().toArray()).containsExactly(1, 2, 3, 4);
        assertThat(Gradients.of(() -> again.value().sum()).has(again)).isTrue();
        assertThat(weight.frozen().isFrozen()).isTrue();
    }

    @Test
    void each_layer_has_its_own_learning_rate() {
        Network slow = Network.of(new Seed(1));
        float[] first = slow.first().weight().value().toArray();
        Network usual = Network.of(new Seed(1));

        Objective<Tensor> rows = new Rows(slow, batches(4));
        Training.of(new Sgd(0, false, 0), 0.5)
                .steps(1)
                .run(
                        new Objective<Tensor>() {
                            @Override
                            public Map<String, Parameter> parameters() {
                                return rows.parameters();
                            }

                            @Override
                            public List<Tensor> batches(int epoch) {
                                return rows.batches(epoch);
                            }

                            @Override
                            public Tensor loss(Tensor batch, Mode mode) {
                                return rows.loss(batch, mode);
                            }

                            @Override
                            public double rate(String parameter) {
                                return parameter.startsWith("first") ? 0 : 0.1;
                            }
                        });
        Training.of(new Sgd(0, false, 0), 0.05).steps(1).run(new Rows(usual, batches(4)));

        assertThat(slow.first().weight().value().toArray()).isEqualTo(first);
        assertThat(Arrays.copyOf(slow.second().weight().value().toArray(), 8))
                .containsExactly(usual.second().weight().value().toArray(), Offset.offset(1e-7f));
    }
}
