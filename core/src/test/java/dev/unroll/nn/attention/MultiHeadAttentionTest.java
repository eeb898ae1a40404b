package dev.unroll.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention in one operation is the formula with its weights written out. */
class MultiHeadAttentionTest {
    private static final int WIDTH = 12;
    private static final Layout TO = Layout.of(3, 1, 6);
    private static final Layout FROM = Layout.of(2, 5, 4);

    private static final List<Mask> MASKS =
            List.of(
                    Masks.NONE,
                    Masks.CAUSAL,
                    Masks.window(0, 0),
                    Masks.window(1, 1),
                    Masks.window(2, 0),
                    Masks.window(0, Mask.NO_LIMIT),
                    Masks.window(3, 2),
                    Masks.strided(2),
                    Masks.dilated(2, 1, 2),
                    Masks.blocks(2),
                    Masks.globalTokens(0, 2),
                    Masks.randomBlocks(1, 1, 5),
                    Masks.CAUSAL.and(Masks.window(1, 0).or(Masks.globalTokens(0))),
                    Masks.window(1, 1).or(Masks.randomBlocks(2, 1, 3)).or(Masks.strided(3)));

    private static Stream<MultiHeadAttention> attentions() {
        Positions none = new Positions.NoPositions();
        Positions rotary = new Positions.RotaryPositions(100, true);
        return Stream.of(
                of(1, 1, 12, none),
                of(3, 3, 4, none),
                of(6, 2, 2, none),
                of(6, 1, 2, rotary),
                of(2, 2, 6, rotary),
                of(2, 1, 7, none));
    }

    /** Heads of width 12/heads, and values of a width of their own. */
    private static MultiHeadAttention of(int heads, int keyHeads, int values, Positions positions) {
        Seed seed = new Seed(3);
        int d = WIDTH / heads;
        return SmallModels.shaken(
                new MultiHeadAttention(
                        Linear.of(WIDTH, WIDTH, seed.at("query")),
                        Linear.of(WIDTH, keyHeads * d, seed.at("key")),
                        Linear.of(WIDTH, keyHeads * values, seed.at("value")),
                        Linear.of(heads * values, WIDTH, seed.at("output")),
                        heads,
                        keyHeads,
                        positions));
    }

    static Stream<Arguments> cases() {
        return attentions()
                .flatMap(
                        attention ->
                                MASKS.stream()
                                        .flatMap(
                                                mask ->
                                                        Stream.of(
                                                                Arguments.of(
                                                                        name(attention),
                                                                        attention,
                                                                        mask,
                                                                        TO),
                                                                Arguments.of(
                                                                        name(attention),
                                                                        attention,
                                                                        mask,
                                                                        FROM))));
    }

    private static String name(MultiHeadAttention attention) {
        return "%d heads, %d key heads, %s"
                .formatted(
                        attention.heads(),
                        attention.keyHeads(),
                        attention.positions().getClass().getSimpleName());
    }

    private static Sequences xs(long seed, Layout layout) {
        return new Sequences(Numbers.of(seed, layout.tokens(), WIDTH), layout);
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("cases")
    void is_its_weights_times_the_values(
            String name, MultiHeadAttention attention, Mask mask, Layout from) {
        Sequences x = xs(1, TO);
        Sequences y = xs(2, from);
        Numbers.assertClose(
                attention.forward(x, y, mask).rows(), attention.formula(x, y, mask).rows(), 1e-5);
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("cases")
    void its_derivatives_are_the_formulas(
            String name, MultiHeadAttention attention, Mask mask, Layout from) {
        Sequences x = xs(1, TO);
        Sequences y = xs(2, from);
        Tensor r = Numbers.of(3, TO.tokens(), WIDTH);
        Gradients fused =
                Gradients.of(
                        () -> attention.forward(x, y, mask).rows().times(r).sum(),
                        x.rows(),
                        y.rows());
        Gradients slow =
                Gradients.of(
                        () -> attention.formula(x, y, mask).rows().times(r).sum(),
                        x.rows(),
                        y.rows());
        Numbers.assertClose(fused.of(x.rows()), slow.of(x.rows()), 1e-5);
        Numbers.assertClose(fused.of(y.rows()), slow.of(y.rows()), 1e-5);
        for (Parameter parameter : Parameters.of(attention).values()) {
            Numbers.assertClose(fused.of(parameter), slow.of(parameter), 2e-5);
        }
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("cases")
    void weights_are_shares_of_what_the_mask_lets_through(
            String name, MultiHeadAttention attention, Mask mask, Layout from) {
        for (int s = 0; s < TO.batch(); s++) {
            float[] weights =
                    attention
                            .attentionWeights(
                                    xs(1, TO), xs(2, from), mask, s, attention.heads() - 1)
                            .toArray();
            int keys = from.length(s);
            for (int i = 0; i < TO.length(s); i++) {
                double sum = 0;
                boolean any = false;
                for (int j = 0; j < keys; j++) {
                    boolean seen = mask.sees(i, j);
                    float weight = weights[i * keys + j];
                    assertThat(weight > 0).isEqualTo(seen);
                    any |= seen;
                    sum += weight;
                }
                assertThat(sum).isCloseTo(any ? 1 : 0, within());
            }
        }
    }

    @Test
    void weights_without_a_head_are_the_mean_of_all_heads() {
        MultiHeadAttention attention = of(2, 1, 7, new Positions.NoPositions());
        Sequences x = xs(1, TO);
        Sequences y = xs(2, FROM);

        float[] mean = attention.attentionWeights(x, y, Masks.NONE, 2).toArray();

        float[] first = attention.attentionWeights(x, y, Masks.NONE, 2, 0).toArray();
        float[] second = attention.attentionWeights(x, y, Masks.NONE, 2, 1).toArray();
        assertThat(first).isNotEqualTo(second);
        for (int i = 0; i < mean.length; i++) {
            assertThat((double) mean[i]).isCloseTo((first[i] + second[i]) / 2.0, within());
        }
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-6);
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("cases")
    void a_neighbour_changes_nothing(
            String name, MultiHeadAttention attention, Mask mask, Layout from) {
        Sequences x = xs(1, TO);
        Sequences y = xs(2, from);
        Tensor together = attention.forward(x, y, mask).rows();
        for (int s = 0; s < TO.batch(); s++) {
            Sequences one = attention.forward(part(x, s), part(y, s), mask);
            Numbers.assertSame(together.slice(0, TO.offsets()[s], TO.offsets()[s + 1]), one.rows());
        }
    }

    private static Sequences part(Sequences x, int s) {
        int[] offsets = x.layout().offsets();
        return new Sequences(
                x.rows().slice(0, offsets[s], offsets[s + 1]), Layout.of(x.layout().length(s)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("lookingBack")
    void token_by_token_from_a_cache_is_all_at_once(
            String name, MultiHeadAttention attention, Mask mask) {
        Sequences x = xs(1, TO);
        Tensor whole = attention.forward(x, x, mask).rows();
        int[] read = {2, 0, 4}; // tokens of each sequence that are read in one go
        Layout prompts = Layout.of(read);
        KeyValueCache cache = attention.cache(1);
        int[] rows = {0, 1, 4, 5, 6, 7};
        Tensor prompt =
                attention
                        .prefill(new Sequences(x.rows().gather(rows), prompts), mask, cache)
                        .rows();
        Numbers.assertClose(prompt, whole.gather(rows), 1e-5);
        BeamHistory history = new BeamHistory(prompts, HeadMasks.same(mask));
        for (int[][] step : new int[][][] {{{0, 2}, {2, 8}}, {{1}, {9}}}) {
            BeamHistory.Step one = history.append(step[0]);
            Sequences next =
                    new Sequences(x.rows().gather(step[1]), Layout.even(step[1].length, 1));
            Numbers.assertClose(
                    attention.step(next, one, cache).rows(), whole.gather(step[1]), 1e-5);
        }
    }

    static Stream<Arguments> lookingBack() {
        return attentions()
                .flatMap(
                        attention ->
                                MASKS.stream()
                                        .map(mask -> mask.and(Masks.CAUSAL))
                                        .distinct()
                                        .map(
                                                mask ->
                                                        Arguments.of(
                                                                name(attention), attention, mask)));
    }

    @Test
    void a_window_wider_than_the_sequence_is_no_window() {
        MultiHeadAttention attention = of(3, 3, 4, new Positions.NoPositions());
        Sequences x = xs(1, TO);
        Numbers.assertSame(
                attention.forward(x, x, Masks.window(5, 5)).rows(),
                attention.forward(x, x, Masks.NONE).rows());
        Numbers.assertSame(
                attention.forward(x, x, Masks.window(5, 0)).rows(),
                attention.forward(x, x, Masks.CAUSAL).rows());
    }

    @Test
    void a_query_that_sees_nothing_gets_nothing() {
        MultiHeadAttention attention = of(3, 3, 4, new Positions.NoPositions());
        Sequences x = xs(1, Layout.of(4));
        Sequences y = xs(2, Layout.of(2));
        Tensor rows = attention.forward(x, y, Masks.window(0, 0)).rows();
        Tensor nothing = attention.output().forward(Tensor.zeros(1, 12));
        Numbers.assertSame(rows.slice(0, 2, 3), nothing);
        Numbers.assertSame(rows.slice(0, 3, 4), nothing);
    }

    @Test
    void as_many_sequences_ask_as_are_asked() {
        MultiHeadAttention attention = of(3, 3, 4, new Positions.NoPositions());
        assertThatThrownBy(() -> attention.forward(xs(1, TO), xs(2, Layout.of(3, 4)), Masks.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 sequences look at 2");
    }

    @Test
    void heads_that_do_not_fit_are_refused() {
        Positions none = new Positions.NoPositions();
        Seed seed = new Seed(1);
        assertThatThrownBy(() -> MultiHeadAttention.of(12, 5, 5, none, seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12")
                .hasMessageContaining("5 heads");
        assertThatThrownBy(() -> MultiHeadAttention.of(12, 4, 3, none, seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 query heads cannot share 3 key heads");
        Linear square = Linear.of(12, 12, seed);
        Linear narrow = Linear.of(12, 6, seed);
        assertThatThrownBy(() -> new MultiHeadAttention(square, narrow, square, square, 2, 2, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[12, 6]");
    }

    @Test
    void a_mask_counts_to_both_sides() {
        assertThatThrownBy(() -> Masks.window(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
