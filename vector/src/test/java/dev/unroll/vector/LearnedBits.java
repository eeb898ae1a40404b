package dev.unroll.vector;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.MinGru;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.train.AdamW;
import dev.unroll.train.Objective;
import dev.unroll.train.Training;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A program that teaches four models for some steps and prints a checksum of each one's weights:
 * models large enough that their work is shared between threads.
 */
final class LearnedBits {
    private static final int VOCABULARY = 500;

    private LearnedBits() {}

    public static void main(String[] arguments) {
        System.out.println("Transformer " + learned(transformer()));
        System.out.println("LSTM " + learned(recurrent(Lstm::of, Alignment.Kind.ADDITIVE)));
        System.out.println("minGRU " + learned(recurrent(MinGru::of, Alignment.Kind.GENERAL)));
        System.out.println(
                "GRU "
                        + learned(
                                recurrent(
                                        (in, hidden, seed) ->
                                                Gru.of(Gru.Reset.AFTER, in, hidden, seed),
                                        Alignment.Kind.GENERAL)));
    }

    private static EncoderDecoder transformer() {
        return EncoderDecoder.transformer(
                TransformerShape.of(64, 4, Positions.Kind.ROTARY, 100)
                        .keyHeads(2)
                        .feedForward(200)
                        .activation(FeedForward.Kind.GELU),
                2,
                2,
                VOCABULARY,
                VOCABULARY,
                true,
                new Seed(1));
    }

    private static EncoderDecoder recurrent(CellFactory maker, Alignment.Kind alignment) {
        return EncoderDecoder.recurrent(
                maker,
                new RecurrentShape(50, 70, 2, true, Optional.of(alignment), 0.1),
                VOCABULARY,
                VOCABULARY,
                true,
                new Seed(2));
    }

    private record Batch(Tokens source, Tokens target) {}

    private record Pairs(EncoderDecoder model) implements Objective<Batch> {
        @Override
        public Map<String, Parameter> parameters() {
            return model.parameters();
        }

        @Override
        public List<Batch> batches(int epoch) {
            Random random = new Random(epoch);
            return List.of(new Batch(sequences(random), sequences(random)));
        }

        @Override
        public Tensor loss(Batch batch, Mode mode) {
            Tokens after = batch.target().endingWith(1);
            Tokens before = batch.target().startingWith(0);
            return model.loss(batch.source(), before, after.ids(), mode);
        }
    }

    private static Tokens sequences(Random random) {
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < 37; i++) {
            sequences.add(random.ints(1 + random.nextInt(20), 2, VOCABULARY).toArray());
        }
        return Tokens.of(sequences);
    }

    private static String learned(EncoderDecoder model) {
        Pairs objective = new Pairs(model);
        Training.of(new AdamW(0.9, 0.98, 1e-9, 0.01), 0.001)
                .clip(1)
                .seed(3)
                .labelSmoothing(0.1)
                .steps(8)
                .run(objective);
        CRC32 sum = new CRC32();
        objective
                .parameters()
                .values()
                .forEach(
                        parameter -> {
                            float[] values = parameter.value().toArray();
                            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
                            bytes.asFloatBuffer().put(values);
                            sum.update(bytes.array());
                        });
        return Long.toHexString(sum.getValue());
    }
}
