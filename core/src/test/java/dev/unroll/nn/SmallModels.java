package dev.unroll.nn;

import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.Decay;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.Encoder;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentSequenceDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.models.RecurrentSourceEncoder;
import dev.unroll.nn.models.SequenceDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.MinGru;
import dev.unroll.nn.recurrent.MinLstm;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Small models of every kind, and something for them to read. */
public final class SmallModels {
    public static final int SOURCE = 11;
    public static final int TARGET = 13;
    static final int LONGEST = 12;

    private SmallModels() {}

    /** Every kind of position, before and after norms, with what else can be chosen spread out. */
    static List<TransformerShape> shapes(double dropout) {
        List<TransformerShape> shapes = new ArrayList<>();
        for (Positions.Kind positions : Positions.Kind.values()) {
            for (boolean preNorm : new boolean[] {true, false}) {
                for (FeedForward.Kind activation : FeedForward.Kind.values()) {
                    shapes.add(
                            TransformerShape.of(8, 4, positions, LONGEST)
                                    .keyHeads(
                                            switch (activation) {
                                                case RELU, SILU -> 4;
                                                case GELU, GELU_TANH -> 2;
                                                case SWIGLU -> 1;
                                            })
                                    .feedForward(10)
                                    .activation(activation)
                                    .norm(
                                            activation == FeedForward.Kind.SWIGLU
                                                    ? Norm.Kind.RMS
                                                    : Norm.Kind.LAYER)
                                    .preNorm(preNorm)
                                    .dropout(dropout));
                }
            }
        }
        for (Decay.Kind decay : Decay.Kind.values()) {
            shapes.add(
                    TransformerShape.of(8, 4, Positions.Kind.SINUSOIDAL, LONGEST)
                            .keyHeads(decay == Decay.Kind.NONE ? 4 : 2)
                            .attention(new AttentionKind.Linear(decay))
                            .dropout(dropout));
        }
        return shapes;
    }

    static EncoderDecoder transformer(TransformerShape shape, boolean shared) {
        int source = shared ? TARGET : SOURCE;
        return shaken(EncoderDecoder.transformer(shape, 2, 2, source, TARGET, shared, seed()));
    }

    static String name(TransformerShape shape) {
        return "Transformer %s %s %s %s %s, %d key heads"
                .formatted(
                        shape.attention(),
                        shape.positions(),
                        shape.block().preNorm() ? "pre" : "post",
                        shape.block().norm(),
                        shape.block().activation(),
                        shape.keyHeads());
    }

    private static Stream<Named<EncoderDecoder>> transformers(double dropout) {
        return shapes(dropout).stream()
                .map(shape -> Named.of(name(shape), transformer(shape, false)));
    }

    private static Stream<Named<EncoderDecoder>> recurrent(
            String name, CellFactory maker, double dropout) {
        return Stream.concat(
                        Stream.of(Optional.<Alignment.Kind>empty()),
                        Arrays.stream(Alignment.Kind.values()).map(Optional::of))
                .map(
                        alignment -> {
                            boolean both = !alignment.equals(Optional.of(Alignment.Kind.DOT));
                            RecurrentShape shape =
                                    new RecurrentShape(6, 5, 2, both, alignment, dropout);
                            return Named.of(
                                    name + " " + alignment.map(Enum::name).orElse("bottleneck"),
                                    shaken(
                                            EncoderDecoder.recurrent(
                                                    maker, shape, SOURCE, TARGET, false, seed())));
                        });
    }

    /** Encoders and decoders of different kinds, widths, depths and vocabularies. */
    private static Stream<Named<EncoderDecoder>> differing(double dropout) {
        RecurrentShape read = new RecurrentShape(3, 4, 1, true, Optional.empty(), dropout);
        RecurrentShape deep = new RecurrentShape(7, 5, 3, false, Optional.empty(), dropout);
        TransformerShape attending =
                TransformerShape.of(6, 2).activation(FeedForward.Kind.GELU).dropout(dropout);
        List<Encoder> encoders =
                List.of(
                        RecurrentSourceEncoder.of(Gru::of, read, SOURCE, new Seed(21)),
                        RecurrentSourceEncoder.of(Elman::of, deep, SOURCE, new Seed(22)),
                        TransformerSourceEncoder.of(attending, 1, SOURCE, new Seed(23)));
        return encoders.stream()
                .flatMap(
                        encoder ->
                                decoders(encoder, dropout).stream()
                                        .map(
                                                decoder ->
                                                        Named.of(
                                                                differing(encoder, decoder),
                                                                shaken(
                                                                        new EncoderDecoder(
                                                                                encoder,
                                                                                decoder)))));
    }

    private static String differing(Encoder encoder, SequenceDecoder decoder) {
        return "%s of width %d to %s of width %d"
                .formatted(
                        encoder.getClass().getSimpleName(),
                        encoder.width(),
                        decoder.getClass().getSimpleName(),
                        decoder.output().weight().shape().dim(1));
    }

    private static List<SequenceDecoder> decoders(Encoder encoder, double dropout) {
        List<SequenceDecoder> decoders = new ArrayList<>();
        for (Optional<Alignment.Kind> alignment :
                List.of(
                        Optional.<Alignment.Kind>empty(),
                        Optional.of(Alignment.Kind.GENERAL),
                        Optional.of(Alignment.Kind.ADDITIVE))) {
            RecurrentShape shape = new RecurrentShape(5, 6, 2, false, alignment, dropout);
            decoders.add(
                    RecurrentSequenceDecoder.of(
                            Lstm::of, shape, encoder.width(), TARGET, new Seed(24)));
        }
        TransformerShape shape =
                TransformerShape.of(10, 5)
                        .keyHeads(1)
                        .activation(FeedForward.Kind.SWIGLU)
                        .dropout(dropout);
        decoders.add(
                TransformerSequenceDecoder.of(shape, 2, encoder.width(), TARGET, new Seed(25)));
        return decoders;
    }

    /** All of them. */
    public static Stream<Named<EncoderDecoder>> encoderDecoders(double dropout) {
        return Stream.of(
                        transformers(dropout),
                        differing(dropout),
                        recurrent(
                                "Elman",
                                (in, hidden, s) -> Elman.of(Elman.Activation.TANH, in, hidden, s),
                                dropout),
                        recurrent("LSTM", Lstm::of, dropout),
                        recurrent("minGRU", MinGru::of, dropout),
                        recurrent("minLSTM", MinLstm::of, dropout),
                        recurrent(
                                "GRU",
                                (in, hidden, s) -> Gru.of(Gru.Reset.AFTER, in, hidden, s),
                                dropout),
                        recurrent(
                                "GRU of the paper",
                                (in, hidden, s) -> Gru.of(Gru.Reset.BEFORE, in, hidden, s),
                                dropout))
                .flatMap(s -> s);
    }

    static Seed seed() {
        return new Seed(20);
    }

    /** Adds noise to every parameter, so that none is 0 or 1 everywhere. */
    public static <M extends Record> M shaken(M model) {
        Random random = new Random(4);
        for (Parameter parameter : Parameters.of(model).values()) {
            float[] values = parameter.value().toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] += 0.2f * (float) random.nextGaussian();
            }
            parameter.set(values);
        }
        return model;
    }

    /** Sequences of these lengths. */
    public static Tokens tokens(long seed, int vocabulary, int... lengths) {
        Random random = new Random(seed);
        return Tokens.of(
                Arrays.stream(lengths)
                        .mapToObj(n -> random.ints(n, 0, vocabulary).toArray())
                        .toList());
    }

    /** One of them by itself. */
    public static Tokens alone(Tokens tokens, int s) {
        return Tokens.of(List.of(tokens.sequence(s)));
    }

    /** The rows of one sequence. */
    public static Tensor rows(Tensor x, Tokens tokens, int s) {
        int[] offsets = tokens.layout().offsets();
        return x.slice(0, offsets[s], offsets[s + 1]);
    }
}
