package dev.unroll.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Objective;
import dev.unroll.train.Training;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LowRankAdapterTest {
    private static final int WIDTH = 8;

    private final TransformerEncoder model =
            TransformerEncoder.of(
                    TransformerShape.of(WIDTH, 2).dropout(0),
                    2,
                    new Positions.NoPositions(),
                    new Seed(3));
    private final Sequences x =
            new Sequences(new Seed(5).normal(1, 7, WIDTH).value(), Layout.of(3, 4));

    private static TransformerEncoder adapted(TransformerEncoder model) {
        return LowRankAdapter.adapt(
                model,
                name -> name.endsWith("attention.query") || name.endsWith("attention.value"),
                2,
                4,
                new Seed(9));
    }

    private float[] answers(TransformerEncoder network) {
        return network.forward(x, Masks.NONE, Mode.INFERENCE).rows().toArray();
    }

    private void train(TransformerEncoder network) {
        Tensor target = new Seed(6).normal(1, 7, WIDTH).value();
        Training.of(Adam.standard(), 0.02)
                .steps(20)
                .run(
                        new Objective<Integer>() {
                            @Override
                            public Map<String, Parameter> parameters() {
                                return Parameters.of(network);
                            }

                            @Override
                            public List<Integer> batches(int epoch) {
                                return List.of(1);
                            }

                            @Override
                            public Tensor loss(Integer batch, Mode mode) {
                                Tensor y = network.forward(x, Masks.NONE, mode).rows();
                                return y.minus(target).square().mean();
                            }
                        });
    }

    @Test
    void a_fresh_adapter_changes_no_answer() {
        assertThat(answers(adapted(model))).isEqualTo(answers(model));
    }

    @Test
    void only_the_adapters_are_trained() {
        TransformerEncoder network = adapted(model);
        TreeSet<String> trained = new TreeSet<>();
        Parameters.of(network)
                .forEach(
                        (name, p) -> {
                            if (!p.isFrozen()) {
                                trained.add(name);
                            }
                        });
        assertThat(trained)
                .hasSize(8)
                .allMatch(name -> name.contains(".adapter."))
                .contains("layers.1.attention.value.adapter.up");

        Map<String, Parameter> before = Parameters.of(model);
        float[][] numbers =
                before.values().stream().map(p -> p.value().toArray()).toArray(float[][]::new);
        float[] first = answers(network);
        train(network);

        assertThat(answers(network)).isNotEqualTo(first);
        assertThat(before.values().stream().map(p -> p.value().toArray()).toArray(float[][]::new))
                .isEqualTo(numbers);
    }

    @Test
    void a_merged_model_answers_as_the_adapted_one_and_has_the_layers_of_the_first() {
        TransformerEncoder network = adapted(model);
        train(network);

        TransformerEncoder merged = LowRankAdapter.merge(network);

        assertThat(Parameters.of(merged).keySet()).isEqualTo(Parameters.of(model).keySet());
        assertThat(Parameters.of(merged).values()).noneMatch(Parameter::isFrozen);
        assertThat(answers(merged)).containsExactly(answers(network), Offset.offset(1e-5f));
        assertThat(answers(merged)).isNotEqualTo(answers(model));
    }

    @Test
    void names_of_no_layer_and_a_second_adapter_are_refused() {
        assertThatThrownBy(() -> LowRankAdapter.adapt(model, name -> false, 2, 4, new Seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no linear layer has a name");
        assertThatThrownBy(() -> adapted(adapted(model)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("merge it first");
    }
}
