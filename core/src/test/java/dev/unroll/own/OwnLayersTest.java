package dev.unroll.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.tensor.Gather;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import org.junit.jupiter.api.Test;

/** Layers from outside Unroll's packages, in a network of Unroll's. */
class OwnLayersTest {

    /** g·x/‖x‖ (Nguyen and Salazar 2019, section 2.2). */
    private record ScaleNorm(Parameter gain) implements Norm {
        @Override
        public Tensor forward(Tensor x) {
            Tensor length = x.square().sum(1).plus(1e-5f).sqrt().reshape(-1, 1);
            return x.dividedBy(length).times(gain);
        }
    }

    /** The position itself, scaled, is added to every number. */
    private record Ramp(Parameter slope) implements Positions {
        @Override
        public Tensor addTo(Tensor embeddings, int[] positions) {
            float[] at = new float[positions.length];
            for (int i = 0; i < at.length; i++) {
                at[i] = positions[i];
            }
            return embeddings.plus(Tensor.of(at, at.length, 1).times(slope));
        }
    }

    /** Each row by itself, which knows where it stands. */
    private record Placed(Positions positions, Norm norm, Linear linear)
            implements SequenceEncoder {
        @Override
        public States forward(IndexedRows x, Layout layout, Mode mode) {
            Sequences placed = positions.addTo(new Sequences(x.rows(), layout));
            return States.of(linear.forward(placed.with(norm.forward(placed.rows()))));
        }

        @Override
        public int width() {
            return linear.out();
        }
    }

    /** The sum of the rows. */
    private record Sum() implements SequencePooling {
        @Override
        public Tensor forward(SequenceEncoder.States states) {
            Sequences x = states.rows();
            return Gather.sumInto(x.rows(), x.layout().sequences(), x.layout().batch());
        }
    }

    @Test
    void layers_of_ones_own_learn_within_a_network() {
        Seed seed = new Seed(4);
        SequenceEncoder encoder =
                new Placed(
                        new Ramp(Parameter.full(0.3f, 1)),
                        new ScaleNorm(Parameter.full(2, 1)),
                        Linear.of(4, 3, seed.at("linear")));
        SequenceClassifier network =
                new SequenceClassifier(
                        Embedding.of(6, 4, 0.5, seed.at("embedding")),
                        Dropout.of(0.2, seed.at("dropout")),
                        encoder,
                        new Sum(),
                        Linear.of(3, 2, seed.at("head")));
        assertThat(network.parameters())
                .containsOnlyKeys(
                        "embedding.weight",
                        "encoder.positions.slope",
                        "encoder.norm.gain",
                        "encoder.linear.weight",
                        "encoder.linear.bias",
                        "head.weight",
                        "head.bias");
        Tokens tokens = new Tokens(new int[] {1, 2, 3, 4, 5}, Layout.of(3, 2));
        int[] labels = {0, 1};
        ModelGradient.check(network, () -> network.loss(tokens, labels, new Mode.Training(1, 2)));
    }
}
