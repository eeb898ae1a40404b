package dev.unroll.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.MinGru;
import dev.unroll.nn.recurrent.MinLstm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    private static final Seed SEED = new Seed(1);

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_layer_of_no_size_is_refused_by_name(int wrong) {
        refused("linear: in and out", wrong, () -> Linear.of(8, wrong, SEED));
        refused("linear: in and out", wrong, () -> Linear.withoutBias(8, wrong, SEED));
        refused("embedding: vocabulary and width", wrong, () -> Embedding.of(8, wrong, 1, SEED));
        refused("lstm: input and hidden", wrong, () -> Lstm.of(8, wrong, SEED));
        refused("gru: input and hidden", wrong, () -> Gru.of(8, wrong, SEED));
        refused("mingru: input and hidden", wrong, () -> MinGru.of(8, wrong, SEED));
        refused("minlstm: input and hidden", wrong, () -> MinLstm.of(8, wrong, SEED));
        refused("elman: input and hidden", wrong, () -> Elman.of(8, wrong, SEED));
    }

    private static void refused(String sizes, int wrong, Runnable layer) {
        assertThatThrownBy(layer::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sizes + " are at least 1, not 8 and " + wrong);
    }
}
