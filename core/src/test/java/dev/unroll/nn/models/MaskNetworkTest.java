package dev.unroll.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.image.ConvGru;
import dev.unroll.nn.image.ConvLstm;
import dev.unroll.nn.image.TemporalMemory;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.random.Noise;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskNetworkTest {
    private static final int HEIGHT = 16;
    private static final int WIDTH = 24;

    static Stream<TemporalMemory<?>> memories() {
        Seed seed = new Seed(3);
        return Stream.of(
                new TemporalMemory.State(ConvGru.of(16, 16, 3, seed)),
                new TemporalMemory.State(ConvLstm.of(16, 16, 3, seed)),
                attention(),
                new TemporalMemory.Stacked<>(grus()),
                new TemporalMemory.Stacked<>(
                        List.of(
                                new TemporalMemory.State(ConvLstm.of(16, 16, 3, seed.at(0))),
                                new TemporalMemory.State(ConvLstm.of(16, 16, 3, seed.at(1))))),
                new TemporalMemory.Stacked<>(List.of(attention(), attention())),
                new TemporalMemory.Nothing());
    }

    private static List<TemporalMemory<CellState>> grus() {
        Seed seed = new Seed(3);
        return List.of(
                new TemporalMemory.State(ConvGru.of(16, 16, 3, seed.at(0))),
                new TemporalMemory.State(ConvGru.of(16, 16, 3, seed.at(1))));
    }

    private static TemporalMemory.Attention attention() {
        return attention(0);
    }

    private static TemporalMemory.Attention attention(double dropout) {
        TransformerShape shape =
                TransformerShape.of(16, 2, Positions.Kind.NONE, 1)
                        .feedForward(32)
                        .activation(FeedForward.Kind.GELU)
                        .dropout(dropout);
        return TemporalMemory.Attention.of(shape, 2, new Seed(4));
    }

    private static Tensor frames(int batch, long key) {
        float[] values = new float[batch * HEIGHT * WIDTH * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * Noise.uniform(key, i) - 1;
        }
        return Tensor.of(values, batch, HEIGHT, WIDTH, 3);
    }

    private static Tensor masks(int batch, long key) {
        float[] values = new float[batch * HEIGHT * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = Noise.uniform(key, i) < 0.3 ? 1 : 0;
        }
        return Tensor.of(values, batch, HEIGHT, WIDTH, 1);
    }

    private static <S> Tensor last(MaskNetwork<S> network, int frames, Mode mode) {
        MaskNetwork.Past<S> past = network.begin(frames(2, 0), masks(2, 9), mode);
        Tensor logits = Tensor.zeros(1);
        for (int t = 1; t < frames; t++) {
            MaskNetwork.Answer<S> answer = network.next(frames(2, t), past, mode);
            logits = answer.logits();
            past = answer.past();
        }
        return logits;
    }

    @ParameterizedTest
    @MethodSource("memories")
    void a_mask_has_a_logit_for_each_pixel(TemporalMemory<?> memory) {
        assertThat(last(MaskNetwork.of(memory, 4, new Seed(1)), 5, Mode.INFERENCE).shape().dims())
                .containsExactly(2, HEIGHT, WIDTH, 1);
    }

    @ParameterizedTest
    @MethodSource("memories")
    void gradients_reach_through_all_frames_as_numbers_say(TemporalMemory<?> memory) {
        check(MaskNetwork.of(memory, 4, new Seed(1)));
    }

    private static <S> void check(MaskNetwork<S> network) {
        ModelGradient.check(
                network, () -> MaskNetwork.loss(last(network, 4, Mode.INFERENCE), masks(2, 5)));
    }

    private static <S> MaskNetwork.Past<S> begun(MaskNetwork<S> network, long key) {
        return network.begin(frames(1, key), masks(1, key), Mode.INFERENCE);
    }

    private static <S> Tensor next(MaskNetwork<S> network, MaskNetwork.Past<S> past) {
        return network.next(frames(1, 7), past, Mode.INFERENCE).logits();
    }

    @Test
    void dropout_of_attention_over_frames_acts_in_training_alone() {
        Seed seed = new Seed(1);
        MaskNetwork<?> with = MaskNetwork.of(attention(0.4), 4, seed);
        MaskNetwork<?> without = MaskNetwork.of(attention(0), 4, seed);
        Mode training = new Mode.Training(2, 3);
        float[] noisy = last(with, 3, training).toArray();
        assertThat(last(with, 3, training).toArray()).isEqualTo(noisy);
        assertThat(last(with, 3, new Mode.Training(2, 4)).toArray()).isNotEqualTo(noisy);
        float[] plain = last(without, 3, training).toArray();
        assertThat(noisy).isNotEqualTo(plain);
        assertThat(last(with, 3, Mode.INFERENCE).toArray()).isEqualTo(plain);
    }

    @Test
    void a_network_without_memory_answers_a_frame_the_same_whatever_came_before() {
        MaskNetwork<Boolean> network = MaskNetwork.of(new TemporalMemory.Nothing(), 4, new Seed(1));
        Tensor one = next(network, begun(network, 1));
        Tensor two = next(network, begun(network, 2));
        assertThat(one.toArray()).isEqualTo(two.toArray());
    }

    @Test
    void attention_remembers_the_first_frame_and_the_last_ones() {
        TemporalMemory.Attention memory = attention();
        TemporalMemory.Attention.Seen seen = memory.start(1, 2, 3);
        for (int t = 0; t < 5; t++) {
            Tensor features = Tensor.full(t, 1, 2, 3, 16);
            seen = memory.write(features, Tensor.zeros(1, 2, 3, 1), seen);
        }
        assertThat(seen.frames().stream().map(f -> f.toArray()[0])).containsExactly(0f, 4f, 3f);
    }

    @Test
    void of_two_layers_the_upper_reads_what_the_lower_gives_and_both_remember() {
        ConvGru lower = ConvGru.of(2, 2, 3, new Seed(1));
        ConvGru upper = ConvGru.of(2, 2, 3, new Seed(2));
        TemporalMemory.Stacked<CellState> both =
                new TemporalMemory.Stacked<>(
                        List.of(new TemporalMemory.State(lower), new TemporalMemory.State(upper)));
        List<CellState> past = both.start(1, 3, 4);
        CellState h = lower.start(1, 3, 4);
        CellState above = upper.start(1, 3, 4);
        for (int t = 0; t < 3; t++) {
            Tensor x = Numbers.of(t, 1, 3, 4, 2);
            TemporalMemory.Read<List<CellState>> read = both.read(x, past, Mode.INFERENCE);
            past = both.write(x, Tensor.zeros(1, 3, 4, 1), read.after());
            h = lower.step(x, h);
            above = upper.step(x.plus(h.h()), above);
            Numbers.assertClose(read.features(), x.plus(h.h()).plus(above.h()), 1e-6);
        }
    }

    @Test
    void a_stack_of_no_memories_is_refused() {
        assertThatThrownBy(() -> new TemporalMemory.Stacked<Tensor>(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }

    @Test
    void the_loss_is_none_where_the_mask_is_right_and_sure() {
        Tensor truth = masks(1, 4);
        Tensor sure = truth.times(80).plus(-40);
        assertThat(MaskNetwork.loss(sure, truth).item()).isCloseTo(0, within(1e-6f));
        // by hand: entropy log 2, overlap 1 − (2·½·1 + 1)/(2·½ + 1 + 1) of one true pixel of two
        Tensor half = Tensor.zeros(1, 1, 2, 1);
        Tensor one = Tensor.of(new float[] {1, 0}, 1, 1, 2, 1);
        assertThat(MaskNetwork.loss(half, one).item())
                .isCloseTo((float) (Math.log(2) + 1 - 2.0 / 3), within(1e-6f));
    }

    @Test
    void frames_whose_sides_cannot_be_halved_are_refused() {
        MaskNetwork<Boolean> network = MaskNetwork.of(new TemporalMemory.Nothing(), 4, new Seed(1));
        assertThatThrownBy(
                        () ->
                                network.begin(
                                        Tensor.zeros(1, 10, 16, 3),
                                        Tensor.zeros(1, 10, 16, 1),
                                        Mode.INFERENCE))
                .hasMessageContaining("multiples of 8");
    }

    @ParameterizedTest
    @MethodSource("memories")
    void gradients_are_of_every_parameter(TemporalMemory<?> memory) {
        MaskNetwork<?> network = MaskNetwork.of(memory, 4, new Seed(1));
        Gradients gradients =
                Gradients.of(() -> MaskNetwork.loss(last(network, 3, Mode.INFERENCE), masks(2, 5)));
        List<String> without =
                Parameters.of(network).entrySet().stream()
                        .filter(p -> !gradients.has(p.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        assertThat(without).isEmpty();
    }
}
