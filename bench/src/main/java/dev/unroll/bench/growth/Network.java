package dev.unroll.bench.growth;

import dev.unroll.bench.UnrollTraining;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.Decay;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.MinGru;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.Random;

/** Language models over 100 tokens, two layers each. */
enum Network {
    LSTM("LSTM", 16_384) {
        @Override
        UnrollTraining training(Axis.Size size) {
            return recurrent(size, Lstm::of);
        }
    },
    MINGRU("minGRU", 16_384) {
        @Override
        UnrollTraining training(Axis.Size size) {
            return recurrent(size, MinGru::of);
        }
    },
    TRANSFORMER("Transformer", 8_192) {
        @Override
        UnrollTraining training(Axis.Size size) {
            return transformer(size, AttentionKind.Softmax.DENSE);
        }
    },
    WINDOW("window of 128", 16_384) {
        @Override
        UnrollTraining training(Axis.Size size) {
            HeadMasks window = HeadMasks.same(Masks.window(128, 0));
            return transformer(size, new AttentionKind.Softmax(window));
        }
    },
    LINEAR("linear attention", 16_384) {
        @Override
        UnrollTraining training(Axis.Size size) {
            return transformer(size, new AttentionKind.Linear(Decay.Kind.CONSTANT));
        }
    };

    private static final int VOCABULARY = 100;

    final String label;

    /** Tokens of the longest sequence that does not take minutes. */
    final int longest;

    Network(String label, int longest) {
        this.label = label;
        this.longest = longest;
    }

    /** Steps of a training at this size. */
    abstract UnrollTraining training(Axis.Size size);

    private static UnrollTraining recurrent(Axis.Size size, CellFactory cell) {
        RecurrentLanguageModel model =
                RecurrentLanguageModel.of(
                        cell, VOCABULARY, size.width(), size.width(), 2, 0, new Seed(1));
        Tokens before = before(size);
        int[] after = tokens(size, 2);
        return new UnrollTraining(Parameters.of(model), mode -> model.loss(before, after, mode));
    }

    private static UnrollTraining transformer(Axis.Size size, AttentionKind attention) {
        TransformerShape shape =
                TransformerShape.of(size.width(), Math.max(1, size.width() / 32))
                        .dropout(0)
                        .attention(attention);
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
