package dev.unroll.bench.transformer;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.UnrollTraining;
import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.bench.pytorch.PyTorchTraining;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.tensor.Tokens;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A decoder-only Transformer in both engines, on sequences as long as its positions reach. */
final class LanguageModelTraining {
    private LanguageModelTraining() {}

    static Contestant unroll(TransformerLanguageModel model, Tokens before, int[] after) {
        return new UnrollTraining(Parameters.of(model), mode -> model.loss(before, after, mode));
    }

    static Contestant pytorch(TransformerLanguageModel model, Tokens before, int[] after) {
        PyTorchTransformer parts = new PyTorchTransformer(model.embedding().dropout().rate());
        int width = model.embedding().embedding().width();
        Tensor embedding = parts.parameter(model.embedding().embedding().weight());
        Tensor positions =
                parts.parameter(((Positions.Learned) model.embedding().positions()).weight());
        List<PyTorchTransformer.Attending> layers =
                model.layers().layers().stream().map(parts::encoderLayer).toList();
        UnaryOperator<Tensor> norm = parts.norm(Objects.requireNonNull(model.layers().norm()));
        TensorOptional bias = new TensorOptional(parts.parameter(model.output().bias()));
        int batch = before.layout().batch();
        Tensor in = PyTorch.indices(before.ids(), batch, before.layout().length(0));
        Tensor out = PyTorch.indices(after, after.length);
        return new PyTorchTraining(
                parts.parameters(),
                () -> {
                    Tensor rows = torch.embedding(embedding, in);
                    Tensor x = rows.mul(new Scalar(Math.sqrt(width))).add(positions);
                    x = parts.dropped(x);
                    for (PyTorchTransformer.Attending layer : layers) {
                        x = layer.of(x, null, true);
                    }
                    Tensor h = norm.apply(x).reshape(-1, width);
                    return torch.cross_entropy_loss(torch.linear(h, embedding, bias), out);
                });
    }
}
