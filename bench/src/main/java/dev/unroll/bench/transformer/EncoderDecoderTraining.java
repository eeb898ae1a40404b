package dev.unroll.bench.transformer;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.UnrollTraining;
import dev.unroll.bench.pytorch.PyTorchTraining;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A Transformer that reads and writes, in both engines, from the same weights on the same batches,
 * one after another and over again.
 */
final class EncoderDecoderTraining {
    private EncoderDecoderTraining() {}

    static Contestant unroll(EncoderDecoder model, List<Pairs> batches) {
        Iterator<Pairs> next = Stream.generate(() -> batches).flatMap(List::stream).iterator();
        return new UnrollTraining(
                Parameters.of(model),
                mode -> {
                    Pairs pairs = next.next();
                    return model.loss(pairs.source(), pairs.before(), pairs.after(), mode);
                });
    }

    static Contestant pytorch(EncoderDecoder model, List<Pairs> batches) {
        List<Padded> padded = batches.stream().map(Padded::of).toList();
        Iterator<Padded> next = Stream.generate(() -> padded).flatMap(List::stream).iterator();
        int longest =
                padded.stream().mapToInt(b -> (int) Math.max(b.from(), b.to())).max().orElse(0);
        float dropout = ((TransformerSourceEncoder) model.encoder()).embedding().dropout().rate();
        PyTorchEncoderDecoder network = new PyTorchEncoderDecoder(model, dropout, longest);
        return new PyTorchTraining(
                network.parameters(),
                () -> {
                    Padded pairs = next.next();
                    Tensor memory = network.encoded(pairs.source(), pairs.hidden());
                    Tensor rows = network.decoded(pairs.before(), memory, pairs.hidden());
                    return torch.cross_entropy_loss(network.logits(rows), pairs.after());
                });
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
