package dev.unroll.bench.transformer;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.UnrollTraining;
import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.bench.pytorch.PyTorchTraining;
import dev.unroll.nn.DecoderLayer;
import dev.unroll.nn.EncoderLayer;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Positions;
import dev.unroll.nn.TransformerEncoderDecoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A Transformer that reads and writes, in both engines, from the same weights on the same batches,
 * one after another and over again.
 */
final class EncoderDecoderTraining {
    private EncoderDecoderTraining() {}

    static Contestant unroll(TransformerEncoderDecoder model, List<Pairs> batches) {
        Iterator<Pairs> next = Stream.generate(() -> batches).flatMap(List::stream).iterator();
        return new UnrollTraining(
                Parameters.of(model),
                mode -> {
                    Pairs pairs = next.next();
                    return model.loss(pairs.source(), pairs.before(), pairs.after(), 0, mode);
                });
    }

    static Contestant pytorch(TransformerEncoderDecoder model, List<Pairs> batches) {
        List<Padded> padded = batches.stream().map(Padded::of).toList();
        Iterator<Padded> next = Stream.generate(() -> padded).flatMap(List::stream).iterator();
        Network network = new Network(model, padded);
        return new PyTorchTraining(network.parts.parameters(), () -> network.loss(next.next()));
    }

    /** PyTorch's network. */
    private static final class Network {
        final PyTorchTransformer parts;
        private final int width;
        private final Tensor source;
        private final Tensor target;
        private final Tensor positions;
        private final List<PyTorchTransformer.Attending> encoder = new ArrayList<>();
        private final List<PyTorchTransformer.Across> decoder = new ArrayList<>();
        private final UnaryOperator<Tensor> afterEncoder;
        private final UnaryOperator<Tensor> afterDecoder;
        private final TensorOptional bias;

        Network(TransformerEncoderDecoder model, List<Padded> batches) {
            parts = new PyTorchTransformer(model.dropout().rate());
            width = model.target().width();
            target = parts.parameter(model.target().weight());
            source =
                    model.source().weight() == model.target().weight()
                            ? target
                            : parts.parameter(model.source().weight());
            long longest =
                    batches.stream().mapToLong(b -> Math.max(b.from(), b.to())).max().orElse(0);
            positions = sines((Positions.Sinusoidal) model.positions(), (int) longest);
            for (EncoderLayer layer : model.encoder().layers()) {
                encoder.add(parts.encoderLayer(layer));
            }
            for (DecoderLayer layer : model.decoder().layers()) {
                decoder.add(parts.decoderLayer(layer));
            }
            afterEncoder = parts.norm(Objects.requireNonNull(model.encoder().norm()));
            afterDecoder = parts.norm(Objects.requireNonNull(model.decoder().norm()));
            bias = new TensorOptional(parts.parameter(model.output().bias()));
        }

        Tensor loss(Padded pairs) {
            Tensor x = embedded(source, pairs.source());
            for (PyTorchTransformer.Attending layer : encoder) {
                x = layer.of(x, pairs.hidden(), false);
            }
            Tensor memory = afterEncoder.apply(x);
            Tensor y = embedded(target, pairs.before());
            for (PyTorchTransformer.Across layer : decoder) {
                y = layer.of(y, memory, pairs.hidden());
            }
            Tensor rows = afterDecoder.apply(y).reshape(-1, width);
            return torch.cross_entropy_loss(torch.linear(rows, target, bias), pairs.after());
        }

        private Tensor embedded(Tensor table, Tensor tokens) {
            Tensor x = torch.embedding(table, tokens).mul(new Scalar(Math.sqrt(width)));
            return parts.dropped(x.add(positions.narrow(0, 0, tokens.size(1))));
        }
    }

    /** [longest, width]. */
    private static Tensor sines(Positions.Sinusoidal ours, int longest) {
        return PyTorch.tensor(
                ours.table(IntStream.range(0, longest).toArray()).toArray(), longest, ours.width());
    }

    /** Several batches as one run: its number is the mean of their losses. */
    static Supplier<Contestant> inARow(Supplier<Contestant> one, int batches) {
        return () -> {
            Contestant each = one.get();
            return new Contestant() {
                @Override
                public double run() {
                    double sum = 0;
                    for (int i = 0; i < batches; i++) {
                        sum += each.run();
                    }
                    return sum / batches;
                }

                @Override
                public void threads(int threads) {
                    each.threads(threads);
                }

                @Override
                public void close() {
                    each.close();
                }
            };
        };
    }
}
