package dev.unroll.formats.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of PyTorch's names. The numbers that the encoder layer must compute are those of
 * nn.TransformerEncoderLayer of PyTorch 2.10; module bench computes them anew, with those of the
 * other layers.
 */
final class StateDictTest {
    @TempDir Path folder;

    private final Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();

    private static float[] waves(int count, double phase) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.5 * Math.sin(phase + 0.7 * i));
        }
        return values;
    }

    private void add(String name, int... shape) {
        int size = 1;
        for (int d : shape) {
            size *= d;
        }
        arrays.put(name, new Safetensors.Array(shape, waves(size, arrays.size())));
    }

    private Path file() throws IOException {
        Path file = folder.resolve("state.safetensors");
        new Safetensors(arrays, Map.of()).write(file);
        return file;
    }

    private void attention(String name) {
        add(name + "in_proj_weight", 12, 4);
        add(name + "in_proj_bias", 12);
        add(name + "out_proj.weight", 4, 4);
        add(name + "out_proj.bias", 4);
    }

    private void pair(String name, int... shape) {
        add(name + ".weight", shape);
        add(name + ".bias", shape[0]);
    }

    private static TransformerShape shape() {
        return TransformerShape.of(4, 2)
                .feedForward(3)
                .preNorm(false)
                .activation(FeedForward.Kind.GELU);
    }

    @Test
    void an_encoder_layer_computes_pytorchs_numbers() throws IOException {
        attention("self_attn.");
        pair("linear1", 3, 4);
        pair("linear2", 4, 3);
        pair("norm1", 4);
        pair("norm2", 4);
        EncoderLayer layer = EncoderLayer.of(shape(), new Positions.NoPositions(), new Seed(1));

        StateDict.load(layer, file());

        float[] expected = {
            -0.9670195f, -0.19072418f, 0.2703767f, 0.3781656f, -0.9708876f, -0.09840552f,
            0.19768007f, 0.3735264f, -0.96372855f, -0.22459f, 0.2965499f, 0.37856206f,
            -0.9677497f, -0.013747835f, 0.13960469f, 0.35954604f, -0.9610345f, -0.23912236f,
            0.31907585f, 0.3721485f
        };
        Sequences x = new Sequences(Tensor.of(waves(20, 9), 5, 4), Layout.of(5));
        assertThat(layer.forward(x, Masks.NONE, Mode.INFERENCE).rows().toArray())
                .containsExactly(expected, within(1e-5f));
    }

    @Test
    void all_parts_of_a_decoder_layer_find_their_places() throws IOException {
        attention("self_attn.");
        attention("multihead_attn.");
        pair("linear1", 3, 4);
        pair("linear2", 4, 3);
        pair("norm1", 4);
        pair("norm2", 4);
        pair("norm3", 4);
        DecoderLayer layer = DecoderLayer.of(shape(), 4, new Positions.NoPositions(), new Seed(1));

        StateDict.load(layer, file());

        float[] second = layer.cross().key().weight().value().transpose().toArray();
        float[] all = waves(48, 4); // the fifth array, of which keys are the second third
        assertThat(second).containsExactly(Arrays.copyOfRange(all, 16, 32));
    }

    @Test
    void attention_alone_is_read_under_a_name_of_ones_own() throws IOException {
        attention("net.attn.");
        MultiHeadAttention attention =
                MultiHeadAttention.of(4, 2, 2, new Positions.NoPositions(), new Seed(1));

        StateDict.load(attention, file(), name -> name.substring("net.attn.".length()));

        float[] all = waves(48, 0);
        assertThat(attention.query().weight().value().transpose().toArray())
                .containsExactly(Arrays.copyOf(all, 16));
    }

    @Test
    void a_cell_alone_is_a_stack_of_one_layer_and_missing_biases_are_zero() throws IOException {
        add("weight_ih", 8, 3);
        add("weight_hh", 8, 2);
        Lstm cell = Lstm.of(3, 2, new Seed(1));

        StateDict.load(new Recurrent(List.of(cell), List.of(), List.of()), file());

        assertThat(cell.wh().value().transpose().toArray()).containsExactly(waves(16, 1));
        assertThat(cell.b().value().toArray()).containsOnly(0);
    }

    @Test
    void an_array_that_has_no_three_parts_is_refused_by_name() throws IOException {
        add("self_attn.in_proj_weight", 10, 4);

        assertThatThrownBy(
                        () ->
                                StateDict.load(
                                        EncoderLayer.of(
                                                shape(), new Positions.NoPositions(), new Seed(1)),
                                        file()))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("attention.in_proj_weight")
                .hasMessageContaining("[10, 4]");
    }
}
