package dev.unroll.bench.recurrent;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.UnrollTraining;
import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.bench.pytorch.PyTorchTraining;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A language model with one recurrent layer in both engines, from the same weights on the same
 * tokens: embedding, layer, output with bias, mean cross-entropy of all positions.
 */
final class LanguageModelTraining {
    private LanguageModelTraining() {}

    static Contestant unroll(Kind kind, Size size) {
        RecurrentLanguageModel model = kind.model(size);
        Layout layout = Layout.even(size.batch(), size.time());
        Tokens before = new Tokens(tokens(size, 1), layout);
        int[] after = tokens(size, 2);
        return new UnrollTraining(Parameters.of(model), mode -> model.loss(before, after, mode));
    }

    static Contestant pytorch(Kind kind, Size size) {
        RecurrentLanguageModel model = kind.model(size);
        int hidden = size.hidden();
        int vocabulary = size.vocabulary();
        Tensor embedding =
                PyTorch.parameter(model.embedding().weight().value().toArray(), vocabulary, hidden);
        List<Tensor> layer = Kind.parameters(model.layers().forward().getFirst());
        Tensor weight =
                PyTorch.parameter(model.output().weight().value().toArray(), vocabulary, hidden);
        Tensor bias = PyTorch.parameter(model.output().bias().value().toArray(), vocabulary);
        Tensor before = PyTorch.indices(tokens(size, 1), size.batch(), size.time());
        Tensor after = PyTorch.indices(tokens(size, 2), size.tokens());
        Tensor zeros = torch.zeros(1, size.batch(), hidden);
        List<Tensor> parameters = new ArrayList<>(layer);
        parameters.addAll(List.of(embedding, weight, bias));
        return new PyTorchTraining(
                parameters,
                () -> {
                    Tensor x = torch.embedding(embedding, before);
                    Tensor h = kind.unroll(x, layer, zeros);
                    Tensor logits = torch.linear(h.reshape(-1, hidden), weight, bias);
                    return torch.cross_entropy_loss(logits, after);
                });
    }

    static int[] tokens(Size size, long seed) {
        return new Random(seed).ints(size.tokens(), 0, size.vocabulary()).toArray();
    }
}
