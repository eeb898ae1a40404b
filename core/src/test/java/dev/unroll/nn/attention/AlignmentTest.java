package dev.unroll.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.function.ToDoubleBiFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Contexts are the papers' formulas, worked out number by number in double precision. */
class AlignmentTest {
    private static final Layout TO = Layout.of(3, 1, 2);
    private static final Layout FROM = Layout.of(2, 5, 1);

    private static void assertContexts(
            Alignment alignment,
            int decoder,
            int encoder,
            ToDoubleBiFunction<double[], double[]> score) {
        Tensor queries = Numbers.of(1, TO.tokens(), decoder);
        Tensor states = Numbers.of(2, FROM.tokens(), encoder);
        float[] contexts =
                alignment
                        .context(new Sequences(queries, TO), new Sequences(states, FROM))
                        .toArray();
        assertThat(contexts).hasSize(TO.tokens() * encoder);
        int[] sequences = TO.sequences();
        for (int i = 0; i < TO.tokens(); i++) {
            int from = FROM.offsets()[sequences[i]];
            int to = FROM.offsets()[sequences[i] + 1];
            double[] expected = new double[encoder];
            double total = 0;
            for (int j = from; j < to; j++) {
                double[] state = row(states, j);
                double weight = Math.exp(score.applyAsDouble(row(queries, i), state));
                total += weight;
                for (int d = 0; d < encoder; d++) {
                    expected[d] += weight * state[d];
                }
            }
            for (int d = 0; d < encoder; d++) {
                assertThat((double) contexts[i * encoder + d])
                        .isCloseTo(expected[d] / total, Offset.offset(1e-5));
            }
        }
    }

    private static double[] row(Tensor x, int i) {
        float[] values = x.slice(0, i, i + 1).toArray();
        double[] row = new double[values.length];
        for (int d = 0; d < row.length; d++) {
            row[d] = values[d];
        }
        return row;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    /** x·W + b. */
    private static double[] linear(double[] x, Linear layer) {
        int out = layer.out();
        float[] weight = layer.weight().value().toArray();
        double[] y = new double[out];
        for (int o = 0; o < out; o++) {
            y[o] = layer.bias() == null ? 0 : layer.bias().value().toArray()[o];
            for (int d = 0; d < x.length; d++) {
                y[o] += x[d] * weight[d * out + o];
            }
        }
        return y;
    }

    @Test
    void dot_compares_states_as_they_are() {
        assertContexts(new Alignment.Dot(), 4, 4, AlignmentTest::dot);
    }

    @Test
    void general_turns_one_into_the_others_space() {
        Alignment.General general = new Alignment.General(new Seed(1).normal(1, 3, 4));
        Linear turn = new Linear(general.weight(), null);
        assertContexts(general, 3, 4, (h, s) -> dot(linear(h, turn), s));
    }

    @Test
    void additive_asks_a_small_network() {
        Alignment.Additive additive =
                SmallModels.shaken(
                        new Alignment.Additive(
                                Linear.withoutBias(3, 5, new Seed(1)),
                                Linear.of(4, 5, new Seed(2)),
                                new Seed(3).normal(1, 5, 1)));
        float[] v = additive.score().value().toArray();
        assertContexts(
                additive,
                3,
                4,
                (h, s) -> {
                    double[] q = linear(h, additive.query());
                    double[] k = linear(s, additive.key());
                    double sum = 0;
                    for (int d = 0; d < 5; d++) {
                        sum += v[d] * Math.tanh(q[d] + k[d]);
                    }
                    return sum;
                });
    }

    @Test
    void dot_refuses_states_of_different_widths() {
        assertThatThrownBy(
                        () ->
                                new Alignment.Dot()
                                        .context(
                                                new Sequences(Tensor.zeros(6, 3), TO),
                                                new Sequences(Tensor.zeros(8, 4), FROM)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 and 4")
                .hasMessageContaining("GENERAL");
    }
}
