package dev.unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.UnaryFunction;
import dev.unroll.mask.Masks;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservationTest {
    private final Sequences x = new Sequences(new Seed(5).normal(1, 7, 8).value(), Layout.of(3, 4));

    /** Keeps the tensors themselves. */
    private static final class Keeper implements Observer {
        private final List<Tensor> kept = new ArrayList<>();

        @Override
        public void activation(Object layer, String name, UnaryFunction function, Tensor before) {
            kept.add(before);
        }

        @Override
        public void attention(Object layer, int head, @Nullable Tensor scores, Tensor weights) {
            kept.add(weights);
        }

        @Override
        public int attentionSequences() {
            return 2;
        }

        @Override
        public Sequences rows(Object layer, Sequences rows) {
            kept.add(rows.rows());
            return rows;
        }

        @Override
        public Steps unrolling(Object cell, Map<String, Tensor> matrices) {
            return (flow, step, state) -> {
                kept.add(state);
                return state;
            };
        }
    }

    @Test
    void what_an_observer_keeps_of_a_prediction_can_be_read_while_its_memory_is_there() {
        Recurrent recurrent = Recurrent.of(Lstm::of, 8, 8, 3, true, 0, new Seed(1));
        requireReadable(() -> recurrent.unroll(x, recurrent.start(2), Mode.INFERENCE));
        TransformerEncoder encoder =
                TransformerEncoder.of(
                        TransformerShape.of(8, 2), 3, new Positions.NoPositions(), new Seed(1));
        requireReadable(() -> encoder.forward(x, Masks.NONE, Mode.INFERENCE));
    }

    private static void requireReadable(Supplier<?> prediction) {
        Keeper keeper = new Keeper();
        MemoryScope.run(
                () -> {
                    Observation.of(keeper, prediction);
                    assertThat(keeper.kept).hasSizeGreaterThan(3);
                    assertThat(keeper.kept)
                            .allSatisfy(t -> assertThat(t.toArray()).hasSize(t.size()));
                    return 0;
                });
    }
}
