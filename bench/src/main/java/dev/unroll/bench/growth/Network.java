package dev.unroll.bench.growth;

import dev.unroll.bench.UnrollTraining;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.Random;

/** Language models over 100 tokens, two layers each. */
enum Network {
    LSTM("LSTM") {
        @Override
        UnrollTraining training(Axis.Size size) {
            RecurrentLanguageModel model =
                    RecurrentLanguageModel.of(
                            Lstm::of, VOCABULARY, size.width(), size.width(), 2, 0, new Seed(1));
            Tokens before = before(size);
            int[] after = tokens(size, 2);
            return new UnrollTraining(
                    Parameters.of(model), mode -> model.loss(before, after, mode));
        }
    },
    TRANSFORMER("Transformer") {
        @Override
        UnrollTraining training(Axis.Size size) {
            return transformer(size, Masks.CAUSAL);
        }
    },
    WINDOW("window of 128") {
        @Override
        UnrollTraining training(Axis.Size size) {
            return transformer(size, Masks.window(128, 0));
        }
    };

    private static final int VOCABULARY = 100;

    final String label;

    Network(String label) {
        this.label = label;
    }

    /** Steps of a training at this size. */
    abstract UnrollTraining training(Axis.Size size);

    private static UnrollTraining transformer(Axis.Size size, Mask mask) {
        TransformerShape shape =
                TransformerShape.of(size.width(), Math.max(1, size.width() / 32))
                        .dropout(0)
                        .attention(mask);
        TransformerLanguageModel model =
                TransformerLanguageModel.of(shape, 2, VOCABULARY, new Seed(1));
        Tokens before = before(size);
        int[] after = tokens(size, 2);
        return new UnrollTraining(Parameters.of(model), mode -> model.loss(before, after, mode));
    }

    private static Tokens before(Axis.Size size) {
        int[] lengths = new int[size.batch()];
        Arrays.fill(lengths, size.length());
        return new Tokens(tokens(size, 1), Layout.of(lengths));
    }

    private static int[] tokens(Axis.Size size, long seed) {
        return new Random(seed).ints((long) size.batch() * size.length(), 0, VOCABULARY).toArray();
    }
}
