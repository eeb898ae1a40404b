package dev.unroll.bench.transformer;

import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A Transformer that reads and writes, in PyTorch, with the weights of ours. */
public final class PyTorchEncoderDecoder {
    private final PyTorchTransformer parts;
    private final int width;
    private final Tensor source;
    private final Tensor target;
    private final Tensor positions;
    private final List<PyTorchTransformer.Attending> encoder = new ArrayList<>();
    private final List<PyTorchTransformer.Across> decoder = new ArrayList<>();
    private final UnaryOperator<Tensor> afterEncoder;
    private final UnaryOperator<Tensor> afterDecoder;
    private final TensorOptional bias;

    /**
     * @param dropout on the whole; 0 for none
     * @param longest tokens of a sequence
     */
    public PyTorchEncoderDecoder(EncoderDecoder model, double dropout, int longest) {
        parts = new PyTorchTransformer(dropout);
        if (!(model.encoder() instanceof TransformerSourceEncoder reads)
                || !(model.decoder() instanceof TransformerSequenceDecoder writes)) {
            throw new IllegalArgumentException("only Transformers are compared, not " + model);
        }
        width = writes.embedding().embedding().width();
        Parameter written = writes.embedding().embedding().weight();
        Parameter read = reads.embedding().embedding().weight();
        target = parts.parameter(written);
        source = read == written ? target : parts.parameter(read);
        positions = sines((Positions.Sinusoidal) reads.embedding().positions(), longest);
        for (EncoderLayer layer : reads.layers().layers()) {
            encoder.add(parts.encoderLayer(layer));
        }
        for (DecoderLayer layer : writes.layers().layers()) {
            decoder.add(parts.decoderLayer(layer));
        }
        afterEncoder = parts.norm(Objects.requireNonNull(reads.layers().norm()));
        afterDecoder = parts.norm(Objects.requireNonNull(writes.layers().norm()));
        bias = new TensorOptional(parts.parameter(writes.output().bias()));
    }

    /** All that is learnt. */
    List<Tensor> parameters() {
        return parts.parameters();
    }

    /**
     * The encoder's states of a source: [batch, time, width].
     *
     * @param tokens [batch, time]
     * @param hidden added to the scores, [batch, 1, 1, time]: −∞ at the filling; null for none
     */
    public Tensor encoded(Tensor tokens, @Nullable Tensor hidden) {
        Tensor x = embedded(source, tokens);
        for (PyTorchTransformer.Attending layer : encoder) {
            x = layer.of(x, hidden, false);
        }
        return afterEncoder.apply(x);
    }

    /**
     * The decoder's rows before the output: [batch, time, width].
     *
     * @param before [batch, time]
     * @param memory what the encoder made of the source
     * @param hidden of the source
     */
    public Tensor decoded(Tensor before, Tensor memory, @Nullable Tensor hidden) {
        Tensor y = embedded(target, before);
        for (PyTorchTransformer.Across layer : decoder) {
            y = layer.of(y, memory, hidden);
        }
        return afterDecoder.apply(y);
    }

    /** Rows [.., width] as [all of them, vocabulary]. */
    public Tensor logits(Tensor rows) {
        return torch.linear(rows.reshape(-1, width), target, bias);
    }

    private Tensor embedded(Tensor table, Tensor tokens) {
        Tensor x = torch.embedding(table, tokens).mul(new Scalar(Math.sqrt(width)));
        return parts.dropped(x.add(positions.narrow(0, 0, tokens.size(1))));
    }

    /** [longest, width]. */
    private static Tensor sines(Positions.Sinusoidal ours, int longest) {
        return PyTorch.tensor(
                ours.table(IntStream.range(0, longest).toArray()).toArray(), longest, ours.width());
    }
}
