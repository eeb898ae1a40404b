package dev.unroll.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.mask.Masks;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** K x L rows of a decoder attend to N x M rows of an encoder: K and L alone stay. */
class CrossAttentionTest {
    private static final Positions NONE = new Positions.NoPositions();

    /**
     * Sizes that fit.
     *
     * @param n rows attended to
     * @param m their width
     * @param k rows that attend
     * @param l their width
     */
    record Sizes(int n, int m, int k, int l, HeadWidths heads) {
        MultiHeadAttention attention() {
            return SmallModels.shaken(MultiHeadAttention.of(l, m, heads, NONE, new Seed(3)));
        }

        Sequences queries() {
            return new Sequences(Numbers.of(1, k, l), Layout.of(k));
        }

        Sequences memory() {
            return new Sequences(Numbers.of(2, n, m), Layout.of(n));
        }
    }

    static Stream<Sizes> sizes() {
        List<HeadWidths> heads =
                List.of(
                        new HeadWidths(1, 1, 3, 3),
                        new HeadWidths(1, 1, 1, 5),
                        new HeadWidths(2, 2, 3, 2),
                        new HeadWidths(4, 2, 2, 3),
                        new HeadWidths(3, 1, 4, 1));
        List<Sizes> all = new ArrayList<>();
        for (int n : new int[] {1, 5}) {
            for (int m : new int[] {1, 9}) {
                for (int k : new int[] {1, 7}) {
                    for (int l : new int[] {1, 6}) {
                        for (HeadWidths h : heads) {
                            all.add(new Sizes(n, m, k, l, h));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void the_result_has_the_rows_and_the_width_of_what_attends(Sizes sizes) {
        MultiHeadAttention attention = sizes.attention();
        Sequences y = attention.forward(sizes.queries(), sizes.memory(), Masks.NONE);
        assertThat(y.rows().shape().dims()).containsExactly(sizes.k(), sizes.l());
        assertThat(
                        attention
                                .attentionWeights(sizes.queries(), sizes.memory(), Masks.NONE, 0)
                                .shape()
                                .dims())
                .containsExactly(sizes.k(), sizes.n());
        Numbers.assertClose(
                y.rows(),
                attention.formula(sizes.queries(), sizes.memory(), Masks.NONE).rows(),
                1e-5);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void from_a_cache_it_is_the_same(Sizes sizes) {
        MultiHeadAttention attention = sizes.attention();
        Sequences x = sizes.queries();
        Sequences memory = sizes.memory();
        KeyValueCache cache = attention.cache(sizes.n());
        attention.remember(memory.rows(), memory.layout().positions(), cache);
        Tensor y =
                attention.attend(
                        x.rows(),
                        x.layout().positions(),
                        cache,
                        List.of(BeamHistory.whole(new int[sizes.k()], memory.layout())));
        Numbers.assertClose(y, attention.forward(x, memory, Masks.NONE).rows(), 1e-5);
    }

    @Test
    void the_gradients_are_the_slopes() {
        MultiHeadAttention attention =
                new Sizes(5, 9, 3, 6, new HeadWidths(4, 2, 2, 3)).attention();
        Sequences x = new Sequences(Numbers.of(1, 5, 6), Layout.of(3, 2));
        Sequences memory = new Sequences(Numbers.of(2, 5, 9), Layout.of(1, 4));
        Tensor weights = Numbers.of(4, 5, 6);
        ModelGradient.check(
                attention,
                () -> attention.forward(x, memory, Masks.NONE).rows().times(weights).sum());
    }

    @Test
    void heads_that_share_the_width_are_those_of_equal_widths() {
        MultiHeadAttention cross = MultiHeadAttention.cross(6, 9, 3, 1, new Seed(3));
        assertThat(cross.query().weight().shape().dims()).containsExactly(6, 6);
        assertThat(cross.key().weight().shape().dims()).containsExactly(9, 2);
        assertThat(cross.value().weight().shape().dims()).containsExactly(9, 2);
        assertThat(cross.output().weight().shape().dims()).containsExactly(6, 6);
        MultiHeadAttention same = MultiHeadAttention.cross(6, 6, 3, 1, new Seed(3));
        MultiHeadAttention plain = MultiHeadAttention.of(6, 3, 1, NONE, new Seed(3));
        Parameters.of(plain)
                .forEach(
                        (name, parameter) ->
                                assertThat(
                                                Objects.requireNonNull(
                                                                Parameters.of(same).get(name))
                                                        .value()
                                                        .toArray())
                                        .isEqualTo(parameter.value().toArray()));
    }

    @Test
    void rows_of_a_wrong_width_are_refused_with_what_would_fit() {
        MultiHeadAttention attention = MultiHeadAttention.cross(6, 9, 3, 3, new Seed(3));
        Sequences six = new Sequences(Numbers.of(1, 4, 6), Layout.of(4));
        Sequences nine = new Sequences(Numbers.of(1, 4, 9), Layout.of(4));
        String memory =
                "attention: the rows attended to have 6 numbers, and keys and values are made from"
                        + " rows of 9: build the attention for a width of 6, or project the rows"
                        + " first by a Linear from 6 to 9";
        String queries =
                "attention: the rows that attend have 9 numbers, and queries are made from rows of"
                        + " 6: build the attention for a width of 9, or project the rows first by a"
                        + " Linear from 9 to 6";
        assertRefused(memory, () -> attention.forward(six, six, Masks.NONE));
        assertRefused(queries, () -> attention.forward(nine, nine, Masks.NONE));
        assertRefused(memory, () -> attention.formula(six, six, Masks.NONE));
        assertRefused(queries, () -> attention.attentionWeights(nine, nine, Masks.NONE, 0));
        KeyValueCache cache = attention.cache(4);
        assertRefused(
                memory, () -> attention.remember(six.rows(), six.layout().positions(), cache));
        attention.remember(nine.rows(), nine.layout().positions(), cache);
        assertRefused(
                queries,
                () ->
                        attention.attend(
                                nine.rows(),
                                nine.layout().positions(),
                                cache,
                                List.of(BeamHistory.whole(new int[4], nine.layout()))));
    }

    @Test
    void projections_that_do_not_fit_are_refused_with_the_two_numbers() {
        assertProjections(
                12,
                7,
                9,
                6,
                9,
                6,
                6,
                "a head's query has 6 numbers and is multiplied by its key,"
                        + " so the key heads have 12 in all, not 7");
        assertProjections(
                12,
                12,
                9,
                6,
                8,
                6,
                6,
                "keys and values are made from the same rows, not from rows"
                        + " of 9 and of 8 numbers");
        assertProjections(
                12,
                12,
                9,
                6,
                9,
                5,
                6,
                "the values of all heads side by side are 6 numbers, and the" + " output reads 5");
        assertProjections(
                13, 12, 9, 6, 9, 6, 6, "13 numbers of queries cannot be shared by 2 heads");
        assertProjections(
                12, 12, 9, 7, 9, 6, 6, "7 numbers of values cannot be shared by 2 key heads");
    }

    private static void assertProjections(
            int query,
            int key,
            int keyIn,
            int value,
            int valueIn,
            int outputIn,
            int out,
            String why) {
        Seed seed = new Seed(1);
        Linear q = Linear.of(6, query, seed);
        Linear k = Linear.of(keyIn, key, seed);
        Linear v = Linear.of(valueIn, value, seed);
        Linear o = Linear.of(outputIn, out, seed);
        assertThatThrownBy(() -> new MultiHeadAttention(q, k, v, o, 2, 2, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("attention: queries [6, " + query + "], keys [")
                .hasMessageEndingWith(" do not fit 2 and 2 heads: " + why);
    }

    private static void assertRefused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void heads_have_a_width() {
        assertThatThrownBy(() -> new HeadWidths(4, 3, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 query heads cannot share 3 key heads evenly");
        assertThatThrownBy(() -> new HeadWidths(4, 2, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a head's key and value have at least 1 number, not 0 and 2");
        assertThatThrownBy(() -> HeadWidths.sharing(6, 4, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a width of 6 cannot be shared by 4 heads");
    }
}
