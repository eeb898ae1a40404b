package dev.unroll.tensor;

import static dev.unroll.mask.Mask.NO_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Masks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScaledDotProductTest {

    private static AttentionShape shape(
            Layout queries, Layout keys, int heads, int keyHeads, int left, int right) {
        return shape(queries, keys, new int[queries.batch()], heads, keyHeads, left, right);
    }

    private static AttentionShape shape(
            Layout queries,
            Layout keys,
            int[] starts,
            int heads,
            int keyHeads,
            int left,
            int right) {
        return new AttentionShape(
                queries.offsets(),
                keys.offsets(),
                starts,
                new AttentionHeads(heads, keyHeads, 3, 5, 0.7f),
                HeadMasks.same(Masks.window(left, right)));
    }

    static Stream<Arguments> shapes() {
        Layout a = Layout.of(3, 1, 4);
        Layout b = Layout.of(2, 5, 1);
        Layout gaps = Layout.of(0, 3, 0, 2);
        int all = NO_LIMIT;
        return Stream.of(
                Arguments.of(
                        "one query, one key", shape(Layout.of(1), Layout.of(1), 1, 1, all, all)),
                Arguments.of("itself", shape(a, a, 2, 2, all, all)),
                Arguments.of("another", shape(a, b, 2, 2, all, all)),
                Arguments.of("causal", shape(a, a, 2, 2, all, 0)),
                Arguments.of("window", shape(a, a, 1, 1, 1, 1)),
                Arguments.of("causal window", shape(a, a, 1, 1, 1, 0)),
                Arguments.of("only what follows", shape(a, a, 1, 1, 0, all)),
                Arguments.of("grouped heads", shape(a, b, 6, 2, all, all)),
                Arguments.of("one key head", shape(a, a, 4, 1, all, 0)),
                Arguments.of("empty sequences", shape(gaps, gaps, 2, 1, all, 0)),
                Arguments.of("no keys", shape(Layout.of(2, 2), Layout.of(0, 3), 1, 1, all, all)),
                Arguments.of("nothing", shape(Layout.of(), Layout.of(), 1, 1, all, all)),
                Arguments.of(
                        "later positions",
                        shape(Layout.of(1, 2), Layout.of(4, 5), new int[] {3, 2}, 2, 1, 2, 0)),
                Arguments.of(
                        "before and after all keys",
                        shape(Layout.of(3, 2), Layout.of(2, 2), new int[] {-2, 5}, 1, 1, 1, 0)));
    }

    private static Tensor q(AttentionShape s) {
        return Numbers.of(1, s.queryOffsets()[s.batch()], s.heads() * s.width());
    }

    private static Tensor k(AttentionShape s) {
        return Numbers.of(2, s.keyOffsets()[s.batch()], s.keyHeads() * s.width());
    }

    private static Tensor v(AttentionShape s) {
        return Numbers.of(3, s.keyOffsets()[s.batch()], s.keyHeads() * s.valueWidth());
    }

    /** softmax(Q·Kᵀ·scale + mask)·V, one sequence and one head at a time. */
    static Tensor formula(Tensor q, Tensor k, Tensor v, AttentionShape shape) {
        List<Tensor> sequences = new ArrayList<>();
        sequences.add(Tensor.zeros(0, shape.heads() * shape.valueWidth()));
        int group = shape.heads() / shape.keyHeads();
        for (int s = 0; s < shape.batch(); s++) {
            int rows = shape.queries(s);
            int columns = shape.keys(s);
            float[] mask = new float[rows * columns];
            float[] sees = new float[rows];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    boolean seen = shape.mask(0).sees(shape.starts()[s] + i, j);
                    mask[i * columns + j] = seen ? 0 : -1e9f;
                    sees[i] = seen ? 1 : sees[i];
                }
            }
            Tensor[] heads = new Tensor[shape.heads()];
            for (int h = 0; h < heads.length; h++) {
                Tensor scores =
                        part(q, shape.queryOffsets(), s, h, shape.width())
                                .matmul(
                                        part(k, shape.keyOffsets(), s, h / group, shape.width())
                                                .transpose())
                                .times(shape.scale())
                                .plus(Tensor.of(mask, rows, columns)); // [queries, keys]
                heads[h] =
                        scores.softmax()
                                .matmul(
                                        part(
                                                v,
                                                shape.keyOffsets(),
                                                s,
                                                h / group,
                                                shape.valueWidth()))
                                .times(Tensor.of(sees, rows, 1));
            }
            sequences.add(Tensor.concat(1, heads));
        }
        return Tensor.concat(0, sequences.toArray(Tensor[]::new));
    }

    private static Tensor part(Tensor x, int[] offsets, int s, int head, int width) {
        return x.slice(0, offsets[s], offsets[s + 1]).slice(1, head * width, (head + 1) * width);
    }

    @Test
    void rows_that_look_at_themselves_gather_all_three_gradients() {
        Layout layout = Layout.of(3, 1);
        AttentionShape shape =
                new AttentionShape(
                        layout.offsets(),
                        layout.offsets(),
                        new int[2],
                        new AttentionHeads(2, 2, 3, 3, 0.7f),
                        HeadMasks.NONE);
        NumericGradient.check(
                x -> ScaledDotProduct.attend(x[0], x[0], x[0], shape), Numbers.of(1, 4, 6));
    }

    @Test
    void queries_may_be_other_rows_of_the_tensor_that_holds_keys_and_values() {
        AttentionShape shape =
                new AttentionShape(
                        Layout.of(2).offsets(),
                        Layout.of(5).offsets(),
                        new int[1],
                        new AttentionHeads(1, 1, 3, 3, 0.7f),
                        HeadMasks.NONE);
        NumericGradient.check(
                x -> {
                    Tensor own = x[0].times(1);
                    Tensor keys = own.slice(0, 2, 7);
                    return ScaledDotProduct.attend(own.slice(0, 0, 2), keys, keys, shape);
                },
                Numbers.of(1, 7, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void is_the_formula_in_values_and_derivatives(String name, AttentionShape shape) {
        Tensor q = q(shape);
        Tensor k = k(shape);
        Tensor v = v(shape);
        Tensor y = ScaledDotProduct.attend(q, k, v, shape);
        Tensor expected = formula(q, k, v, shape);
        Numbers.assertClose(y, expected, 1e-5);
        Tensor r = Numbers.of(9, y.shape().dims());
        Gradients fused =
                Gradients.of(() -> ScaledDotProduct.attend(q, k, v, shape).times(r).sum(), q, k, v);
        Gradients slow = Gradients.of(() -> formula(q, k, v, shape).times(r).sum(), q, k, v);
        for (Tensor x : List.of(q, k, v)) {
            Numbers.assertClose(fused.of(x), slow.of(x), 1e-5);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void its_derivative_is_its_slope(String name, AttentionShape shape) {
        NumericGradient.check(
                xs -> ScaledDotProduct.attend(xs[0], xs[1], xs[2], shape),
                q(shape),
                k(shape),
                v(shape));
    }

    @Test
    void the_order_in_memory_does_not_matter() {
        AttentionShape shape = shape(Layout.of(2, 3), Layout.of(1, 3), 2, 1, NO_LIMIT, 0);
        NumericGradient.check(
                xs ->
                        ScaledDotProduct.attend(
                                        xs[0].transpose(),
                                        xs[1].slice(1, 1, 4),
                                        xs[1].slice(1, 3, 8),
                                        shape)
                                .transpose(),
                Numbers.of(1, 6, 5),
                Numbers.of(2, 4, 9));
    }

    @Test
    void a_neighbour_changes_nothing() {
        Layout queries = Layout.of(3, 1, 4);
        Layout keys = Layout.of(2, 5, 1);
        AttentionShape shape = shape(queries, keys, 2, 1, NO_LIMIT, 2);
        Tensor q = q(shape);
        Tensor k = k(shape);
        Tensor v = v(shape);
        Tensor together = ScaledDotProduct.attend(q, k, v, shape);
        for (int s = 0; s < 3; s++) {
            int[] from = queries.offsets();
            int[] to = keys.offsets();
            Tensor alone =
                    ScaledDotProduct.attend(
                            q.slice(0, from[s], from[s + 1]),
                            k.slice(0, to[s], to[s + 1]),
                            v.slice(0, to[s], to[s + 1]),
                            shape(
                                    Layout.of(queries.length(s)),
                                    Layout.of(keys.length(s)),
                                    2,
                                    1,
                                    NO_LIMIT,
                                    2));
            Numbers.assertSame(together.slice(0, from[s], from[s + 1]), alone);
        }
    }

    @Test
    void large_scores_do_not_overflow() {
        AttentionShape shape =
                new AttentionShape(
                        new int[] {0, 1},
                        new int[] {0, 2},
                        new int[1],
                        new AttentionHeads(1, 1, 1, 1, 1),
                        HeadMasks.NONE);
        Tensor y =
                ScaledDotProduct.attend(
                        Tensor.full(1000, 1, 1),
                        Tensor.of(new float[] {1, -1}, 2, 1),
                        Tensor.of(new float[] {3, 4}, 2, 1),
                        shape);
        assertThat(y.item()).isEqualTo(3);
    }

    @Test
    void shapes_that_do_not_fit_are_named() {
        AttentionShape shape = shape(Layout.of(2), Layout.of(3), 2, 1, NO_LIMIT, NO_LIMIT);
        Tensor k = Tensor.zeros(3, 3);
        Tensor v = Tensor.zeros(3, 5);
        assertThatThrownBy(() -> ScaledDotProduct.attend(Tensor.zeros(2, 5), k, v, shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attention: q [2, 5], k [3, 3], v [3, 5]")
                .hasMessageContaining("2 queries, 3 keys, 2 heads of width 3");
        Layout one = Layout.of(1);
        assertThatThrownBy(() -> shape(one, one, 3, 2, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 heads")
                .hasMessageContaining("2 key heads");
        assertThatThrownBy(() -> shape(one, Layout.of(1, 1), 2, 2, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 sequences of queries, 2 of keys");
        assertThatThrownBy(() -> shape(one, one, new int[2], 2, 2, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 starts");
        assertThatThrownBy(() -> shape(one, one, 2, 2, -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
