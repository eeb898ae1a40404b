package dev.unroll.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.AttentionDropout;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.NumericGradient;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionDropoutTest {
    private static final int WIDTH = 8;
    private static final Layout TO = Layout.of(3, 20, 1);
    private static final Layout FROM = Layout.of(5, 17, 2);
    private static final Mode TRAINING = new Mode.Training(5, 9);

    private static MultiHeadAttention attention(double rate) {
        return SmallModels.shaken(
                        MultiHeadAttention.of(
                                WIDTH, 4, 2, new Positions.NoPositions(), new Seed(3)))
                .dropout(Dropout.of(rate, new Seed(8)));
    }

    private static Sequences xs(long seed, Layout layout) {
        return new Sequences(Numbers.of(seed, layout.tokens(), WIDTH), layout);
    }

    static Stream<Mask> masks() {
        return Stream.of(Masks.NONE, Masks.CAUSAL, Masks.window(2, 1), Masks.window(0, 0));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void the_fused_operation_is_the_formula_with_its_gradients(Mask mask) {
        MultiHeadAttention attention = attention(0.4);
        Sequences x = xs(1, TO);
        Sequences y = xs(2, FROM);
        Tensor r = Numbers.of(3, TO.tokens(), WIDTH);
        Numbers.assertClose(
                attention.forward(x, y, mask, TRAINING).rows(),
                attention.formula(x, y, mask, TRAINING).rows(),
                1e-5);
        Gradients fused =
                Gradients.of(
                        () -> attention.forward(x, y, mask, TRAINING).rows().times(r).sum(),
                        x.rows(),
                        y.rows());
        Gradients slow =
                Gradients.of(
                        () -> attention.formula(x, y, mask, TRAINING).rows().times(r).sum(),
                        x.rows(),
                        y.rows());
        Numbers.assertClose(fused.of(x.rows()), slow.of(x.rows()), 2e-5);
        Numbers.assertClose(fused.of(y.rows()), slow.of(y.rows()), 2e-5);
        for (Parameter parameter : Parameters.of(attention).values()) {
            Numbers.assertClose(fused.of(parameter), slow.of(parameter), 1e-4);
        }
    }

    @Test
    void its_derivative_is_its_slope() {
        MultiHeadAttention attention = attention(0.4);
        Layout layout = Layout.of(2, 4);
        NumericGradient.check(
                in -> attention.forward(new Sequences(in[0], layout), Masks.NONE, TRAINING).rows(),
                Numbers.of(1, 6, WIDTH));
    }

    @Test
    void outside_training_and_at_a_rate_of_0_nothing_is_dropped() {
        Sequences x = xs(1, TO);
        Tensor plain = attention(0).forward(x, Masks.NONE).rows();
        Numbers.assertSame(plain, attention(0.4).forward(x, Masks.NONE).rows());
        Numbers.assertSame(plain, attention(0).forward(x, Masks.NONE, TRAINING).rows());
        assertThat(attention(0.4).forward(x, Masks.NONE, TRAINING).rows().toArray())
                .isNotEqualTo(plain.toArray());
    }

    @Test
    void the_same_step_drops_the_same_and_another_step_drops_others() {
        Sequences x = xs(1, TO);
        MultiHeadAttention attention = attention(0.4);
        Tensor first = attention.forward(x, Masks.NONE, TRAINING).rows();
        Numbers.assertSame(first, attention.forward(x, Masks.NONE, TRAINING).rows());
        assertThat(attention.forward(x, Masks.NONE, new Mode.Training(5, 10)).rows().toArray())
                .isNotEqualTo(first.toArray());
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.5f, 0.9f})
    void drops_its_share_of_the_weights_and_keeps_their_mean(float rate) {
        AttentionDropout dropout = new AttentionDropout(7, rate);
        int zeroes = 0;
        int all = 0;
        for (int sequence = 0; sequence < 3; sequence++) {
            for (int head = 0; head < 4; head++) {
                for (int query = 0; query < 50; query++) {
                    for (int key = 0; key < 50; key++, all++) {
                        float factor = dropout.factor(sequence, head, query, key);
                        assertThat(factor).isIn(0f, 1 / (1 - rate));
                        zeroes += factor == 0 ? 1 : 0;
                    }
                }
            }
        }
        // five standard deviations of a binomial distribution
        double deviation = Math.sqrt(rate * (1 - rate) / all);
        assertThat((double) zeroes / all).isCloseTo(rate, Offset.offset(5 * deviation));
    }

    @Test
    void sequences_heads_queries_and_keys_drop_independently() {
        AttentionDropout dropout = new AttentionDropout(7, 0.5f);
        int[] both = new int[4];
        int n = 0;
        for (int query = 0; query < 100; query++) {
            for (int key = 0; key < 100; key++, n++) {
                boolean here = dropout.factor(1, 2, query, key) == 0;
                both[0] += here && dropout.factor(2, 2, query, key) == 0 ? 1 : 0;
                both[1] += here && dropout.factor(1, 3, query, key) == 0 ? 1 : 0;
                both[2] += here && dropout.factor(1, 2, query + 16, key) == 0 ? 1 : 0;
                both[3] += here && dropout.factor(1, 2, query, key + 1) == 0 ? 1 : 0;
            }
        }
        for (int count : both) {
            assertThat((double) count / n).isCloseTo(0.25, Offset.offset(0.025));
        }
    }

    @Test
    void a_shape_gives_it_to_the_self_attention_and_the_cross_attention_of_its_layers() {
        TransformerShape shape = TransformerShape.of(WIDTH, 2).dropout(0).attentionDropout(0.3);
        Positions none = new Positions.NoPositions();
        DecoderLayer decoder = DecoderLayer.of(shape, WIDTH, none, new Seed(1));
        EncoderLayer encoder = EncoderLayer.of(shape, none, new Seed(1));

        assertThat(rate(encoder.attention())).isEqualTo(0.3f);
        assertThat(rate(decoder.attention())).isEqualTo(0.3f);
        assertThat(rate(decoder.cross())).isEqualTo(0.3f);
        assertThat(dropout(decoder.cross()).place())
                .isNotEqualTo(dropout(decoder.attention()).place());
        assertThat(encoder.forward(xs(1, TO), Masks.NONE, TRAINING).rows().toArray())
                .isNotEqualTo(
                        encoder.forward(xs(1, TO), Masks.NONE, Mode.INFERENCE).rows().toArray());
    }

    private static Dropout dropout(SelfAttention attention) {
        return ((MultiHeadAttention) attention).dropout();
    }

    private static float rate(SelfAttention attention) {
        return dropout(attention).rate();
    }

    @Test
    void linear_attention_has_no_weights_to_drop() {
        TransformerShape shape =
                TransformerShape.of(WIDTH, 2).attention(new AttentionKind.Linear(Decay.Kind.NONE));
        assertThatThrownBy(() -> shape.attentionDropout(0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "attention dropout: linear attention keeps no weights that could be dropped");
        assertThat(shape.attentionDropout(0)).isEqualTo(shape);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void a_rate_is_a_share(double rate) {
        TransformerShape shape = TransformerShape.of(WIDTH, 2);
        assertThatThrownBy(() -> shape.attentionDropout(rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 1)");
    }
}
