package dev.unroll.bench.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.formats.safetensors.StateDict;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.RNNImpl;
import org.bytedeco.pytorch.RNNOptions;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TransformerDecoderLayerImpl;
import org.bytedeco.pytorch.TransformerDecoderLayerOptions;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.kGELU;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module's state_dict makes Unroll's layer compute the module's numbers. */
final class StateDictTest {
    private static final int TIME = 5;
    private static final int WIDTH = 4;

    @TempDir Path folder;

    /** Waves: the same numbers wherever they are needed. */
    static float[] waves(int count, double phase) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.5 * Math.sin(phase + 0.7 * i));
        }
        return values;
    }

    private static float[] numbers(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.contiguous().data_ptr_float().get(values);
        return values;
    }

    /** Gives a module's parameters other numbers, and saves them under their names. */
    private Path saved(Module module) throws Exception {
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        StringTensorDict parameters = module.named_parameters(true);
        for (int i = 0; i < parameters.size(); i++) {
            Tensor tensor = parameters.get(i).value();
            float[] values = waves((int) tensor.numel(), i);
            long[] shape = tensor.sizes().vec().get();
            tensor.set_data(PyTorch.tensor(values, shape));
            arrays.put(
                    parameters.get(i).key().getString(),
                    new Safetensors.Array(
                            Arrays.stream(shape).mapToInt(d -> (int) d).toArray(), values));
        }
        Path file = folder.resolve("state.safetensors");
        new Safetensors(arrays, Map.of()).write(file);
        return file;
    }

    private static Sequences rows(int time, double phase) {
        return new Sequences(
                dev.unroll.tensor.Tensor.of(waves(time * WIDTH, phase), time, WIDTH),
                Layout.of(time));
    }

    private static Tensor input(int time, double phase) {
        return PyTorch.tensor(waves(time * WIDTH, phase), time, 1, WIDTH);
    }

    private static void requireEqual(float[] theirs, float[] ours) {
        assertThat(ours).hasSameSizeAs(theirs);
        IntStream.range(0, ours.length)
                .forEach(i -> assertThat(ours[i]).isCloseTo(theirs[i], within(1e-5f)));
    }

    private void requireSame(CellFactory cells, Module module, Tensor theirs) throws Exception {
        Recurrent stack = Recurrent.of(cells, WIDTH, 3, 2, true, 0, new Seed(1));
        StateDict.load(stack, folder.resolve("state.safetensors"));
        requireEqual(
                numbers(theirs),
                stack.unroll(rows(TIME, 9), stack.start(1), Mode.INFERENCE)
                        .outputs()
                        .rows()
                        .toArray());
        assertThat(module.is_training()).isTrue();
    }

    @Test
    void recurrent_layers_of_every_kind_compute_the_same() throws Exception {
        LSTMOptions lstmOptions = new LSTMOptions(WIDTH, 3);
        lstmOptions.num_layers().put(2);
        lstmOptions.bidirectional().put(true);
        LSTMImpl lstm = new LSTMImpl(lstmOptions);
        saved(lstm);
        requireSame(Lstm::of, lstm, lstm.forward(input(TIME, 9)).get0());
        GRUOptions gruOptions = new GRUOptions(WIDTH, 3);
        gruOptions.num_layers().put(2);
        gruOptions.bidirectional().put(true);
        GRUImpl gru = new GRUImpl(gruOptions);
        saved(gru);
        requireSame(Gru::of, gru, gru.forward(input(TIME, 9)).get0());
        RNNOptions rnnOptions = new RNNOptions(WIDTH, 3);
        rnnOptions.num_layers().put(2);
        rnnOptions.bidirectional().put(true);
        RNNImpl rnn = new RNNImpl(rnnOptions);
        saved(rnn);
        requireSame(Elman::of, rnn, rnn.forward(input(TIME, 9)).get0());
    }

    private static TransformerShape shape() {
        return TransformerShape.of(WIDTH, 2).feedForward(3).preNorm(false);
    }

    @Test
    void an_encoder_layer_computes_the_same() throws Exception {
        TransformerEncoderLayerOptions options = new TransformerEncoderLayerOptions(WIDTH, 2);
        options.dim_feedforward().put(3);
        options.dropout().put(0);
        options.activation().put(new kGELU());
        TransformerEncoderLayerImpl module = new TransformerEncoderLayerImpl(options);
        Path file = saved(module);
        EncoderLayer layer =
                EncoderLayer.of(
                        shape().activation(FeedForward.Kind.GELU),
                        new Positions.NoPositions(),
                        new Seed(1));

        StateDict.load(layer, file);

        float[] theirs = numbers(module.forward(input(TIME, 9)));
        requireEqual(
                theirs, layer.forward(rows(TIME, 9), Masks.NONE, Mode.INFERENCE).rows().toArray());
    }

    @Test
    void a_decoder_layer_computes_the_same() throws Exception {
        TransformerDecoderLayerOptions options = new TransformerDecoderLayerOptions(WIDTH, 2);
        options.dim_feedforward().put(3);
        options.dropout().put(0);
        TransformerDecoderLayerImpl module = new TransformerDecoderLayerImpl(options);
        Path file = saved(module);
        DecoderLayer layer =
                DecoderLayer.of(shape(), WIDTH, new Positions.NoPositions(), new Seed(1));

        StateDict.load(layer, file);

        // One token: what comes later is not seen, as under a causal mask.
        float[] theirs = numbers(module.forward(input(1, 9), input(TIME, 4)));
        requireEqual(
                theirs, layer.forward(rows(1, 9), rows(TIME, 4), Mode.INFERENCE).rows().toArray());
    }
}
