package dev.unroll.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final Embedding EMBEDDING =
            new Embedding(Parameter.of(new float[] {0, 1, 10, 11, 20, 21, 30, 31}, 4, 2));

    @Test
    void a_token_is_its_row() {
        assertThat(EMBEDDING.forward(2, 0, 2).toArray()).containsExactly(20, 21, 0, 1, 20, 21);
        Tokens tokens = new Tokens(new int[] {3, 1}, Layout.of(1, 1));
        assertThat(EMBEDDING.forward(tokens).layout()).isEqualTo(tokens.layout());
        assertThat(EMBEDDING.width()).isEqualTo(2);
        assertThat(EMBEDDING.vocabulary()).isEqualTo(4);
    }

    @Test
    void picked_rows_are_the_rows_and_each_distinct_token_stands_once_in_the_table() {
        int[] ids = {2, 0, 2, 2};
        assertThat(EMBEDDING.pick(ids).table().dim(0)).isEqualTo(2);
        Numbers.assertSame(EMBEDDING.pick(ids).rows(), EMBEDDING.forward(ids));
        Numbers.assertSame(EMBEDDING.pick(3, 2, 1, 0, 1).rows(), EMBEDDING.forward(3, 2, 1, 0, 1));
        assertThat(EMBEDDING.pick().rows().shape().dims()).containsExactly(0, 2);
    }

    @Test
    void a_row_learns_as_often_as_its_token_occurs() {
        Tensor picked =
                Gradients.of(() -> EMBEDDING.pick(2, 0, 2).rows().sum()).of(EMBEDDING.weight());
        Tensor gathered =
                Gradients.of(() -> EMBEDDING.forward(2, 0, 2).sum()).of(EMBEDDING.weight());
        assertThat(picked.toArray()).containsExactly(1, 1, 0, 0, 2, 2, 0, 0);
        Numbers.assertSame(picked, gathered);
    }

    @Test
    void a_token_outside_the_vocabulary_is_refused() {
        for (int id : new int[] {-1, 4}) {
            assertThatThrownBy(() -> EMBEDDING.pick(0, id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("embedding: there is no token %d in a vocabulary of 4", id);
            assertThatThrownBy(() -> EMBEDDING.forward(0, id)).hasMessageContaining("" + id);
        }
    }
}
