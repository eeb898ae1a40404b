package dev.unroll.bench.recurrent;

import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tensor.Parameter;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A recurrent layer as both engines have it. Gates lie in the same order in both. */
enum Kind {
    /** i, f, g, o. */
    LSTM,
    /** r, z, n; the reset gate acts after the product. */
    GRU,
    /** tanh. */
    ELMAN;

    /** As it is written in the names of works. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the model, with equal weights at each call} */
    RecurrentLanguageModel model(Size size) {
        int vocabulary = size.vocabulary();
        int hidden = size.hidden();
        Seed seed = new Seed(1);
        return switch (this) {
            case LSTM ->
                    RecurrentLanguageModel.of(Lstm::of, vocabulary, hidden, hidden, 1, 0, seed);
            case GRU -> RecurrentLanguageModel.of(Gru::of, vocabulary, hidden, hidden, 1, 0, seed);
            case ELMAN ->
                    RecurrentLanguageModel.of(Elman::of, vocabulary, hidden, hidden, 1, 0, seed);
        };
    }

    /**
     * PyTorch's parameters with a cell's numbers: weights of input and state, [out, in], and a bias
     * for each. Where our cell has one bias, the second begins at 0; it learns as well, so that the
     * sum of both takes twice the step of ours.
     */
    static List<Tensor> parameters(Cell cell) {
        return switch (cell) {
            case Lstm(Parameter wx, Parameter wh, Parameter b) -> parameters(wx, wh, b, null);
            case Gru(Gru.Reset reset, Parameter wx, Parameter wh, Parameter b, Parameter bhn) ->
                    parameters(wx, wh, b, bhn);
            case Elman(Elman.Activation f, Parameter wx, Parameter wh, Parameter b) ->
                    parameters(wx, wh, b, null);
            default -> throw new IllegalArgumentException("PyTorch has no cell like " + cell);
        };
    }

    private static List<Tensor> parameters(
            Parameter wx, Parameter wh, Parameter b, @Nullable Parameter last) {
        int gates = b.shape().dim(0);
        float[] second = new float[gates];
        if (last != null) {
            float[] values = last.value().toArray();
            System.arraycopy(values, 0, second, gates - values.length, values.length);
        }
        return List.of(
                transposed(wx),
                transposed(wh),
                PyTorch.parameter(b.value().toArray(), gates),
                PyTorch.parameter(second, gates));
    }

    /** PyTorch keeps [out, in] where ours is [in, out]. */
    private static Tensor transposed(Parameter weight) {
        Tensor in =
                PyTorch.tensor(
                        weight.value().toArray(), weight.shape().dim(0), weight.shape().dim(1));
        return in.t().contiguous().set_requires_grad(true);
    }

    /** All states of PyTorch's layer: x [batch, time, width] gives [batch, time, hidden]. */
    Tensor unroll(Tensor x, List<Tensor> parameters, Tensor zeros) {
        TensorVector weights = new TensorVector(parameters.toArray(Tensor[]::new));
        return switch (this) {
            case LSTM ->
                    torch.lstm(
                                    x,
                                    new TensorVector(zeros, zeros),
                                    weights,
                                    true,
                                    1,
                                    0,
                                    true,
                                    false,
                                    true)
                            .get0();
            case GRU -> torch.gru(x, zeros, weights, true, 1, 0, true, false, true).get0();
            case ELMAN -> torch.rnn_tanh(x, zeros, weights, true, 1, 0, true, false, true).get0();
        };
    }
}
