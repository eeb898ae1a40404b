package dev.unroll.bench.recurrent;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.UnrollTraining;
import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.bench.pytorch.PyTorchTraining;
import dev.unroll.nn.Lstm;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.RecurrentLanguageModel;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** An LSTM language model in both engines, from the same weights on the same tokens. */
final class LstmTraining {
    private LstmTraining() {}

    static Contestant unroll(Size size) {
        RecurrentLanguageModel<Lstm.State> model = model(size);
        int[] lengths = new int[size.batch()];
        Arrays.fill(lengths, size.time());
        Tokens before = new Tokens(tokens(size, 1), Layout.of(lengths));
        int[] after = tokens(size, 2);
        return new UnrollTraining(Parameters.of(model), mode -> model.loss(before, after, 0, mode));
    }

    static Contestant pytorch(Size size) {
        RecurrentLanguageModel<Lstm.State> model = model(size);
        Lstm lstm = (Lstm) model.layers().forward().getFirst();
        int hidden = size.hidden();
        Tensor embedding =
                PyTorch.parameter(
                        model.embedding().weight().value().toArray(), size.vocabulary(), hidden);
        Tensor wx = transposed(lstm.wx().value().toArray(), hidden, 4 * hidden);
        Tensor wh = transposed(lstm.wh().value().toArray(), hidden, 4 * hidden);
        Tensor bx = PyTorch.parameter(lstm.b().value().toArray(), 4L * hidden);
        Tensor bh = PyTorch.parameter(new float[4 * hidden], 4L * hidden);
        Tensor weight =
                PyTorch.parameter(
                        model.output().weight().value().toArray(), size.vocabulary(), hidden);
        Tensor bias = PyTorch.parameter(new float[size.vocabulary()], size.vocabulary());
        Tensor before = PyTorch.indices(tokens(size, 1), size.batch(), size.time());
        Tensor after = PyTorch.indices(tokens(size, 2), size.tokens());
        Tensor zeros = torch.zeros(1, size.batch(), hidden);
        return new PyTorchTraining(
                List.of(embedding, wx, wh, bx, bh, weight, bias),
                () -> {
                    Tensor x = torch.embedding(embedding, before);
                    Tensor h =
                            torch.lstm(
                                            x,
                                            new TensorVector(zeros, zeros),
                                            new TensorVector(wx, wh, bx, bh),
                                            true,
                                            1,
                                            0,
                                            true,
                                            false,
                                            true)
                                    .get0();
                    Tensor logits = torch.linear(h.reshape(-1, hidden), weight, bias);
                    return torch.cross_entropy_loss(logits, after);
                });
    }

    private static RecurrentLanguageModel<Lstm.State> model(Size size) {
        return RecurrentLanguageModel.of(
                Lstm::of, size.vocabulary(), size.hidden(), size.hidden(), 1, 0, new Seed(1));
    }

    private static int[] tokens(Size size, long seed) {
        return new Random(seed).ints(size.tokens(), 0, size.vocabulary()).toArray();
    }

    /** PyTorch keeps [out, in] where ours is [in, out]. */
    private static Tensor transposed(float[] values, int in, int out) {
        float[] turned = new float[values.length];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                turned[o * in + i] = values[i * out + o];
            }
        }
        return PyTorch.parameter(turned, out, in);
    }
}
