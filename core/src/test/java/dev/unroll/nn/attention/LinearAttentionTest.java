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
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.NumericGradient;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Linear attention in one operation is the formula with its weights written out. */
class LinearAttentionTest {
    private static final int WIDTH = 12;
    private static final Layout LAYOUT = Layout.of(3, 1, 0, 6);

    private static LinearAttention of(Decay.Kind decay, int heads, int keyHeads) {
        return SmallModels.shaken(LinearAttention.of(WIDTH, heads, keyHeads, decay, new Seed(3)));
    }

    static Stream<Arguments> cases() {
        return Stream.concat(
                Arrays.stream(Decay.Kind.values())
                        .flatMap(
                                decay ->
                                        Stream.of(
                                                Arguments.of(of(decay, 1, 1), Masks.CAUSAL),
                                                Arguments.of(of(decay, 4, 2), Masks.CAUSAL))),
                Stream.of(
                        Arguments.of(of(Decay.Kind.NONE, 3, 3), Masks.NONE),
                        Arguments.of(of(Decay.Kind.NONE, 4, 1), Masks.NONE)));
    }

    private static Sequences xs(long seed) {
        return new Sequences(Numbers.of(seed, LAYOUT.tokens(), WIDTH), LAYOUT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_the_formula_in_values_and_gradients(LinearAttention attention, Mask mask) {
        Sequences x = xs(1);
        Numbers.assertClose(
                attention.forward(x, mask).rows(), attention.formula(x, mask).rows(), 1e-5);
        Tensor r = Numbers.of(3, LAYOUT.tokens(), WIDTH);
        Gradients fused =
                Gradients.of(() -> attention.forward(x, mask).rows().times(r).sum(), x.rows());
        Gradients slow =
                Gradients.of(() -> attention.formula(x, mask).rows().times(r).sum(), x.rows());
        Numbers.assertClose(fused.of(x.rows()), slow.of(x.rows()), 1e-5);
        for (Parameter parameter : Parameters.of(attention).values()) {
            Numbers.assertClose(fused.of(parameter), slow.of(parameter), 2e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void its_derivative_is_its_slope(LinearAttention attention, Mask mask) {
        NumericGradient.check(
                in -> attention.forward(new Sequences(in[0], LAYOUT), mask).rows(),
                Numbers.of(1, LAYOUT.tokens(), WIDTH));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void weights_are_shares_of_the_past(LinearAttention attention, Mask mask) {
        float[] weights = attention.attentionWeights(xs(1), mask, 3, 0).toArray();
        for (int t = 0; t < 6; t++) {
            double sum = 0;
            for (int s = 0; s < 6; s++) {
                float weight = weights[t * 6 + s];
                assertThat(weight > 0).isEqualTo(mask.sees(t, s));
                sum += weight;
            }
            assertThat(sum).isBetween(0.9999, 1.0001);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void token_by_token_from_a_state_is_all_at_once(LinearAttention attention, Mask mask) {
        if (!mask.equals(Masks.CAUSAL)) {
            return;
        }
        Sequences x = xs(1);
        Tensor whole = attention.forward(x, mask).rows();
        SelfAttention.Past past = attention.past(4, 1);
        Layout prompts = Layout.of(2, 0, 0, 4); // tokens of each sequence that are read in one go
        int[] rows = {0, 1, 4, 5, 6, 7};
        Tensor prompt = past.prefill(new Sequences(x.rows().gather(rows), prompts), mask).rows();
        Numbers.assertClose(prompt, whole.gather(rows), 1e-5);
        BeamHistory history = new BeamHistory(prompts, attention(attention));
        int[][] parents = {{0, 1, 3}, {2}};
        int[][] tokens = {{2, 3, 8}, {9}};
        for (int i = 0; i < parents.length; i++) {
            BeamHistory.Step step = history.append(parents[i]);
            Sequences next =
                    new Sequences(x.rows().gather(tokens[i]), Layout.even(tokens[i].length, 1));
            Numbers.assertClose(past.step(next, step).rows(), whole.gather(tokens[i]), 1e-5);
        }
    }

    private static HeadMasks attention(LinearAttention attention) {
        assertThat(attention.lookups()).isEmpty();
        return HeadMasks.same(Masks.window(0, 0));
    }

    @Test
    void without_a_decay_the_order_of_the_past_does_not_matter() {
        LinearAttention attention = of(Decay.Kind.NONE, 4, 4);
        Tensor x = Numbers.of(1, 5, WIDTH);
        Tensor turned = x.gather(2, 0, 3, 1, 4);
        Layout one = Layout.of(5);
        Numbers.assertClose(
                attention.forward(new Sequences(turned, one), Masks.CAUSAL).rows().slice(0, 4, 5),
                attention.forward(new Sequences(x, one), Masks.CAUSAL).rows().slice(0, 4, 5),
                1e-5);
        Numbers.assertClose(
                attention.forward(new Sequences(turned, one), Masks.NONE).rows(),
                attention.forward(new Sequences(x, one), Masks.NONE).rows().gather(2, 0, 3, 1, 4),
                1e-5);
    }

    @Test
    void the_constant_decays_are_those_of_the_paper() {
        assertThat(Decay.Constant.of(3).decays())
                .containsExactly(1 - 1 / 32.0, 1 - 1 / 64.0, 1 - 1 / 128.0);
    }

    @Test
    void what_linear_attention_cannot_do_is_refused() {
        Sequences x = xs(1);
        LinearAttention plain = of(Decay.Kind.NONE, 4, 4);
        assertThatThrownBy(() -> plain.forward(x, Masks.window(3, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Masks.CAUSAL or Masks.NONE");
        assertThatThrownBy(() -> of(Decay.Kind.GATED, 4, 4).forward(x, Masks.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ask for a causal one");
        AttentionKind linear = new AttentionKind.Linear(Decay.Kind.NONE);
        TransformerShape rotary = TransformerShape.of(8, 2, Positions.Kind.ROTARY, 16);
        assertThatThrownBy(() -> rotary.attention(linear))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("take sinusoidal, learned or no positions");
        Linear square = plain.query();
        Decay two = new Decay.Constant(List.of(0.5, 0.5));
        assertThatThrownBy(() -> new LinearAttention(square, square, square, square, 4, 4, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 decays for 4 heads");
        assertThatThrownBy(() -> new Decay.Constant(List.of(1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
        Decay gate = Decay.of(Decay.Kind.GATED, WIDTH, 3, new Seed(1));
        assertThatThrownBy(() -> new LinearAttention(square, square, square, square, 4, 4, gate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[12, 4]");
    }
}
