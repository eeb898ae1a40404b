package dev.unroll.lab.kit;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.models.Encoder;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentSequenceDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.models.RecurrentSourceEncoder;
import dev.unroll.nn.models.SequenceDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.TrainingEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network that reads octal numbers and writes binary ones, whose halves have no size in common.
 *
 * @param encoder a GRU that reads both ways gives rows of 20 numbers, a Transformer rows of 12
 * @param decoder a GRU has tokens of 8 and states of 24 numbers, a Transformer rows of 16
 */
public record MixedPair(Kind encoder, Kind decoder) {

    /** What a half is. */
    public enum Kind {
        /** A gated recurrent unit; the decoder attends with a weight matrix. */
        GRU,
        /** One layer with two heads. */
        TRANSFORMER
    }

    /** {@return a reader of octal numbers} */
    public static Encoder encoder(Kind kind, Seed seed) {
        var both = new RecurrentShape(6, 10, 1, true, Optional.empty(), 0);
        var shape = TransformerShape.of(12, 2).dropout(0);
        return kind == Kind.GRU
                ? RecurrentSourceEncoder.of(Gru::of, both, OctalToBinary.READ, seed)
                : TransformerSourceEncoder.of(shape, 1, OctalToBinary.READ, seed);
    }

    /**
     * {@return a writer of binary numbers}
     *
     * @param read numbers in a row of the memory
     */
    public static SequenceDecoder decoder(Kind kind, int read, Seed seed) {
        var attends = new RecurrentShape(8, 24, 1, false, Optional.of(Alignment.Kind.GENERAL), 0);
        var shape = TransformerShape.of(16, 2).dropout(0);
        return kind == Kind.GRU
                ? RecurrentSequenceDecoder.of(Gru::of, attends, read, OctalToBinary.WRITTEN, seed)
                : TransformerSequenceDecoder.of(shape, 1, read, OctalToBinary.WRITTEN, seed);
    }

    /** {@return a network with first weights, its decoder built for the encoder's width} */
    public EncoderDecoder model(Seed seed) {
        Encoder reads = encoder(encoder, seed.at("encoder"));
        return new EncoderDecoder(reads, decoder(decoder, reads.width(), seed.at("decoder")));
    }

    /** {@return the logits for each token that is written, [tokens, WRITTEN]} */
    public static Tensor logits(EncoderDecoder model, OctalToBinary x) {
        return model.logits(x.octal(), x.before(), Mode.INFERENCE);
    }

    /** {@return the names and shapes of the decoder's weights that depend on the memory's width} */
    public static String projections(EncoderDecoder model) {
        String names = "decoder\\.(bridges|alignment|combine|.*cross\\.(key|value)).*weight";
        return model.parameters().entrySet().stream()
                .filter(p -> p.getKey().matches(names))
                .map(p -> p.getKey().substring("decoder.".length()) + " " + p.getValue().shape())
                .collect(Collectors.joining("; "));
    }

    /** {@return the loss of a token at each step of a training} */
    public double[] losses(int steps, Seed seed) {
        EncoderDecoder model = model(seed);
        return Fit.of(steps, 1e-2)
                .train(
                        model,
                        step -> {
                            var x = OctalToBinary.of(32, seed.at((int) step));
                            return model.loss(x.octal(), x.before(), x.after(), Mode.INFERENCE);
                        })
                .stream()
                .mapToDouble(TrainingEvent.Stepped::loss)
                .toArray();
    }

    @Override
    public String toString() {
        return (encoder + " to " + decoder).toLowerCase(Locale.ROOT);
    }
}
