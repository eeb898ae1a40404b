package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fused operation, the quadratic form and the recurrent form are one function. */
class LinearDotProductTest {

    /** Which decays: none, the same for all tokens, or one for each. */
    enum Decays {
        NONE,
        CONSTANT,
        EACH
    }

    private static LinearAttentionShape shape(
            Layout layout, int heads, int keyHeads, boolean normalised, boolean causal) {
        return new LinearAttentionShape(
                layout.offsets(),
                new LinearAttentionHeads(heads, keyHeads, 3, 5, normalised),
                causal);
    }

    static Stream<Arguments> cases() {
        Layout some = Layout.of(3, 1, 4);
        Layout gaps = Layout.of(0, 3, 0, 2);
        return Stream.of(
                Arguments.of("one token", shape(Layout.of(1), 1, 1, true, true), Decays.EACH),
                Arguments.of("causal", shape(some, 2, 2, true, true), Decays.NONE),
                Arguments.of("constant decays", shape(some, 2, 2, true, true), Decays.CONSTANT),
                Arguments.of("gated", shape(some, 2, 2, true, true), Decays.EACH),
                Arguments.of("sums", shape(some, 2, 2, false, true), Decays.NONE),
                Arguments.of("decaying sums", shape(some, 2, 2, false, true), Decays.CONSTANT),
                Arguments.of("gated sums", shape(some, 2, 2, false, true), Decays.EACH),
                Arguments.of("grouped heads", shape(some, 4, 2, true, true), Decays.EACH),
                Arguments.of("one key head", shape(some, 3, 1, false, true), Decays.EACH),
                Arguments.of("empty sequences", shape(gaps, 2, 1, true, true), Decays.EACH),
                Arguments.of("both ways", shape(some, 2, 2, true, false), Decays.NONE),
                Arguments.of("sums both ways", shape(gaps, 4, 2, false, false), Decays.NONE),
                Arguments.of("nothing", shape(Layout.of(), 2, 1, true, true), Decays.EACH));
    }

    private static Tensor q(LinearAttentionShape s) {
        LinearAttentionHeads heads = s.heads();
        return Numbers.between(0.2, 1, 1, s.tokens(), heads.heads() * heads.width());
    }

    private static Tensor k(LinearAttentionShape s) {
        LinearAttentionHeads heads = s.heads();
        return Numbers.between(0.2, 1, 2, s.tokens(), heads.keyHeads() * heads.width());
    }

    private static Tensor v(LinearAttentionShape s) {
        LinearAttentionHeads heads = s.heads();
        return Numbers.of(3, s.tokens(), heads.keyHeads() * heads.valueWidth());
    }

    private static Tensor[] inputs(LinearAttentionShape s, Decays decays) {
        int heads = s.heads().heads();
        return switch (decays) {
            case NONE -> new Tensor[] {q(s), k(s), v(s)};
            case CONSTANT ->
                    new Tensor[] {q(s), k(s), v(s), Numbers.between(-0.7, -0.1, 4, 1, heads)};
            case EACH ->
                    new Tensor[] {
                        q(s), k(s), v(s), Numbers.between(-0.7, -0.1, 4, s.tokens(), heads)
                    };
        };
    }

    private static @Nullable Tensor decays(Tensor[] inputs) {
        return inputs.length == 3 ? null : inputs[3];
    }

    private static Tensor fused(LinearAttentionShape shape, Tensor... in) {
        return LinearDotProduct.attend(in[0], in[1], in[2], decays(in), shape);
    }

    /** One sequence and one head of a form. */
    @FunctionalInterface
    private interface Form {
        /**
         * @param logs ln of the decays, [tokens, 1]
         * @return [tokens, valueWidth + 1], sums of v and of 1
         */
        Tensor of(Tensor q, Tensor k, Tensor v, Tensor logs, boolean causal);
    }

    /** (Q·Kᵀ ⊙ decays)·V with all weights stored. */
    private static Tensor quadratic(Tensor q, Tensor k, Tensor v, Tensor logs, boolean causal) {
        int n = q.dim(0);
        float[] below = new float[n * n];
        for (int t = 0; t < n; t++) {
            for (int s = 0; s < n; s++) {
                below[t * n + s] = s <= t || !causal ? 1 : 0;
            }
        }
        Tensor seen = Tensor.of(below, n, n);
        Tensor weights = q.matmul(k.transpose()).times(seen);
        if (causal) {
            Tensor sums = seen.matmul(logs); // ln of the decays from the first token to each
            weights = weights.times(sums.minus(sums.transpose()).times(seen).exp());
        }
        return weights.matmul(v);
    }

    /** Token by token, with the state S(t) = g(t)·S(t−1) + k(t)·v(t)ᵀ. */
    private static Tensor recurrent(Tensor q, Tensor k, Tensor v, Tensor logs, boolean causal) {
        int n = q.dim(0);
        Tensor state = causal ? Tensor.zeros(k.dim(1), v.dim(1)) : k.transpose().matmul(v);
        Tensor[] ys = new Tensor[n];
        for (int t = 0; t < n; t++) {
            if (causal) {
                Tensor more = k.slice(0, t, t + 1).transpose().matmul(v.slice(0, t, t + 1));
                state = state.times(logs.slice(0, t, t + 1).exp()).plus(more);
            }
            ys[t] = q.slice(0, t, t + 1).matmul(state);
        }
        return Tensor.concat(0, ys);
    }

    private static Tensor formula(Form form, LinearAttentionShape shape, Tensor... in) {
        LinearAttentionHeads heads = shape.heads();
        Tensor logs = decays(in);
        int w = heads.width();
        int vw = heads.valueWidth();
        List<Tensor> sequences = new ArrayList<>();
        sequences.add(Tensor.zeros(0, heads.heads() * vw));
        for (int s = 0; s < shape.batch(); s++) {
            int from = shape.offsets()[s];
            int to = shape.offsets()[s + 1];
            if (from == to) {
                continue;
            }
            Tensor ones = Tensor.full(1, to - from, 1);
            Tensor[] all = new Tensor[heads.heads()];
            for (int h = 0; h < all.length; h++) {
                int keyHead = h / heads.group();
                Tensor own = Tensor.zeros(to - from, 1);
                if (logs != null) {
                    own = (logs.dim(0) == 1 ? logs : logs.slice(0, from, to)).slice(1, h, h + 1);
                    own = own.plus(Tensor.zeros(to - from, 1));
                }
                Tensor sums =
                        form.of(
                                in[0].slice(0, from, to).slice(1, h * w, (h + 1) * w),
                                in[1].slice(0, from, to).slice(1, keyHead * w, (keyHead + 1) * w),
                                Tensor.concat(
                                        1,
                                        in[2].slice(0, from, to)
                                                .slice(1, keyHead * vw, (keyHead + 1) * vw),
                                        ones),
                                own,
                                shape.causal());
                Tensor y = sums.slice(1, 0, vw);
                Tensor divisor = sums.slice(1, vw, vw + 1).plus(LinearAttentionOperations.EPSILON);
                all[h] = heads.normalised() ? y.dividedBy(divisor) : y;
            }
            sequences.add(Tensor.concat(1, all));
        }
        return Tensor.concat(0, sequences.toArray(Tensor[]::new));
    }

    private static void assertOneFunction(Form form, LinearAttentionShape shape, Tensor... in) {
        Tensor y = fused(shape, in);
        Numbers.assertClose(y, formula(form, shape, in), 1e-5);
        Tensor r = Numbers.of(9, y.shape().dims());
        Gradients fast = Gradients.of(() -> fused(shape, in).times(r).sum(), in);
        Gradients slow = Gradients.of(() -> formula(form, shape, in).times(r).sum(), in);
        for (Tensor x : in) {
            Numbers.assertClose(fast.of(x), slow.of(x), 1e-5);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void is_the_quadratic_form_in_values_and_gradients(
            String name, LinearAttentionShape shape, Decays decays) {
        assertOneFunction(LinearDotProductTest::quadratic, shape, inputs(shape, decays));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void is_the_recurrent_form_in_values_and_gradients(
            String name, LinearAttentionShape shape, Decays decays) {
        assertOneFunction(LinearDotProductTest::recurrent, shape, inputs(shape, decays));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void its_derivative_is_its_slope(String name, LinearAttentionShape shape, Decays decays) {
        NumericGradient.check(xs -> fused(shape, xs), inputs(shape, decays));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_neighbour_changes_nothing(String name, LinearAttentionShape shape, Decays decays) {
        Tensor[] in = inputs(shape, decays);
        Tensor together = fused(shape, in);
        for (int s = 0; s < shape.batch(); s++) {
            int from = shape.offsets()[s];
            int to = shape.offsets()[s + 1];
            LinearAttentionShape one =
                    new LinearAttentionShape(
                            new int[] {0, to - from}, shape.heads(), shape.causal());
            Tensor[] own = in.clone();
            for (int i = 0; i < own.length; i++) {
                own[i] = i == 3 && decays == Decays.CONSTANT ? in[i] : in[i].slice(0, from, to);
            }
            Numbers.assertSame(fused(one, own), together.slice(0, from, to));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void token_by_token_from_a_state_is_all_at_once(
            String name, LinearAttentionShape shape, Decays decays) {
        if (!shape.causal()) {
            return;
        }
        Tensor[] in = inputs(shape, decays);
        Tensor whole = fused(shape, in);
        for (int s = 0; s < shape.batch(); s++) {
            int from = shape.offsets()[s];
            int length = shape.length(s);
            for (int read = 0; read < length; read += 2) {
                LinearAttentionState state = new LinearAttentionState(shape.heads(), 1);
                int middle = from + read;
                state.read(
                        in[1].slice(0, from, middle),
                        in[2].slice(0, from, middle),
                        logs(in, from, middle),
                        Layout.of(read));
                for (int t = middle; t < from + length; t++) {
                    Tensor y =
                            state.step(
                                    new int[1],
                                    in[0].slice(0, t, t + 1),
                                    in[1].slice(0, t, t + 1),
                                    in[2].slice(0, t, t + 1),
                                    logs(in, t, t + 1));
                    Numbers.assertClose(y, whole.slice(0, t, t + 1), 1e-5);
                }
            }
        }
    }

    private static @Nullable Tensor logs(Tensor[] in, int from, int to) {
        Tensor logs = decays(in);
        return logs == null || logs.dim(0) == 1 ? logs : logs.slice(0, from, to);
    }

    @Test
    void hypotheses_go_on_from_the_states_of_their_parents() {
        Layout beam = Layout.of(2, 2, 2);
        LinearAttentionShape shape = shape(beam, 2, 1, true, true);
        Tensor[] in = inputs(shape, Decays.EACH);
        // the second and third begin like the first, and differ in their last token
        for (int i = 0; i < 4; i++) {
            in[i] = in[i].gather(0, 1, 0, 3, 0, 5);
        }
        Tensor whole = fused(shape, in);
        LinearAttentionState state = new LinearAttentionState(shape.heads(), 1);
        state.step(
                new int[1],
                in[0].slice(0, 0, 1),
                in[1].slice(0, 0, 1),
                in[2].slice(0, 0, 1),
                logs(in, 0, 1));
        int[] last = {1, 3, 5};
        Tensor y =
                state.step(
                        new int[3],
                        in[0].gather(last),
                        in[1].gather(last),
                        in[2].gather(last),
                        in[3].gather(last));
        Numbers.assertClose(y, whole.gather(last), 1e-5);
        assertThat(state.rows()).isEqualTo(3);
    }

    @Test
    void a_state_has_one_size_after_any_number_of_tokens() {
        LinearAttentionShape shape = shape(Layout.of(9), 2, 1, true, true);
        Tensor[] in = inputs(shape, Decays.NONE);
        LinearAttentionState state = new LinearAttentionState(shape.heads(), 1);
        for (int t = 0; t < 9; t++) {
            state.step(
                    new int[1],
                    in[0].slice(0, t, t + 1),
                    in[1].slice(0, t, t + 1),
                    in[2].slice(0, t, t + 1),
                    null);
            assertThat(state.memory()).allMatch(m -> m.size() == 2 * 3 * (5 + 1));
        }
    }

    @Test
    void a_gate_that_is_shut_forgets_everything_before() {
        LinearAttentionShape shape = shape(Layout.of(5), 1, 1, true, true);
        Tensor[] in = inputs(shape, Decays.NONE);
        Tensor shut = Tensor.of(new float[] {-1, -1, Float.NEGATIVE_INFINITY, -0.1f, -0.2f}, 5, 1);
        Tensor y = LinearDotProduct.attend(in[0], in[1], in[2], shut, shape);
        LinearAttentionShape rest = shape(Layout.of(3), 1, 1, true, true);
        Tensor alone =
                LinearDotProduct.attend(
                        in[0].slice(0, 2, 5),
                        in[1].slice(0, 2, 5),
                        in[2].slice(0, 2, 5),
                        shut.slice(0, 2, 5),
                        rest);
        Numbers.assertClose(y.slice(0, 2, 5), alone, 1e-6);
        Gradients gradients =
                Gradients.of(
                        () -> LinearDotProduct.attend(in[0], in[1], in[2], shut, shape).sum(),
                        in[0],
                        in[1],
                        in[2],
                        shut);
        for (Tensor x : List.of(in[0], in[1], in[2], shut)) {
            for (float g : gradients.of(x).toArray()) {
                assertThat(g).isFinite();
            }
        }
    }

    @Test
    void the_order_in_memory_does_not_matter() {
        LinearAttentionShape shape = shape(Layout.of(2, 3), 2, 1, true, true);
        NumericGradient.check(
                xs ->
                        LinearDotProduct.attend(
                                        xs[0].transpose(),
                                        xs[1].slice(1, 1, 4),
                                        xs[1].slice(1, 3, 8),
                                        xs[2].transpose(),
                                        shape)
                                .transpose(),
                Numbers.between(0.2, 1, 1, 6, 5),
                Numbers.between(0.2, 1, 2, 5, 9),
                Numbers.between(-0.5, -0.1, 3, 2, 5));
    }

    @Test
    void shapes_that_do_not_fit_are_named() {
        LinearAttentionShape shape = shape(Layout.of(2), 2, 1, true, true);
        Tensor q = Tensor.zeros(2, 6);
        Tensor k = Tensor.zeros(2, 3);
        Tensor v = Tensor.zeros(2, 5);
        assertThatThrownBy(() -> LinearDotProduct.attend(k, k, v, null, shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("q [2, 3], k [2, 3], v [2, 5]")
                .hasMessageContaining("2 tokens, 2 heads of width 3");
        assertThatThrownBy(() -> LinearDotProduct.attend(q, k, v, Tensor.zeros(2, 1), shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decays [2, 1]: [2, 2]");
        LinearAttentionShape both = shape(Layout.of(2), 2, 1, true, false);
        assertThatThrownBy(() -> LinearDotProduct.attend(q, k, v, Tensor.zeros(2, 2), both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ask for a causal one");
        assertThatThrownBy(() -> new LinearAttentionHeads(3, 2, 4, 4, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 heads cannot share 2 key heads");
        LinearAttentionState state = new LinearAttentionState(shape.heads(), 2);
        assertThatThrownBy(() -> state.step(new int[] {0, 2}, q, k, v, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 continues row 2 of 2");
    }
}
