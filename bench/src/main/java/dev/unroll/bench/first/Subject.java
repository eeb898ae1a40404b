package dev.unroll.bench.first;

import dev.unroll.decode.Beam;
import dev.unroll.decode.Hypothesis;
import dev.unroll.decode.Sampling;
import dev.unroll.decode.Search;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Networks of two layers with random weights, and one call of each: one answer to one input. */
enum Subject {
    LSTM_CLASSIFIER {
        @Override
        Supplier<float[]> calls(int width) {
            return classifier(recurrence(Lstm::of, width), width);
        }
    },
    GRU_CLASSIFIER {
        @Override
        Supplier<float[]> calls(int width) {
            return classifier(recurrence(Gru::of, width), width);
        }
    },
    TRANSFORMER_CLASSIFIER {
        @Override
        Supplier<float[]> calls(int width) {
            return classifier(
                    SequenceEncoder.SelfAttention.of(shape(width), width, LAYERS, Masks.NONE, SEED),
                    width);
        }
    },
    LSTM_TAGGER {
        @Override
        Supplier<float[]> calls(int width) {
            SequenceLabeller model =
                    SequenceLabeller.of(recurrence(Lstm::of, width), 0, 0, 17, SEED);
            Embedding embedding = Embedding.of(VOCABULARY, width, 0.1, SEED.at("embedding"));
            Random random = new Random(1);
            return () -> {
                Tokens tokens = tokens(random, 10 + random.nextInt(20), VOCABULARY);
                return numbers(
                        () -> {
                            Tensor rows = embedding.forward(tokens.ids());
                            Sequences read = new Sequences(rows, tokens.layout());
                            return model.logits(read, Mode.INFERENCE).softmax();
                        });
            };
        }
    },
    TRANSFORMER_TRANSLATOR {
        @Override
        Supplier<float[]> calls(int width) {
            return translator(
                    EncoderDecoder.transformer(
                            shape(width), LAYERS, LAYERS, VOCABULARY, VOCABULARY, true, SEED));
        }
    },
    LSTM_TRANSLATOR {
        @Override
        Supplier<float[]> calls(int width) {
            RecurrentShape shape =
                    new RecurrentShape(
                            width, width, LAYERS, true, Optional.of(Alignment.Kind.GENERAL), 0);
            return translator(
                    EncoderDecoder.recurrent(Lstm::of, shape, VOCABULARY, VOCABULARY, false, SEED));
        }
    },
    TRANSFORMER_LANGUAGE_MODEL {
        @Override
        Supplier<float[]> calls(int width) {
            return writer(TransformerLanguageModel.of(shape(width), LAYERS, LETTERS, SEED));
        }
    },
    LSTM_LANGUAGE_MODEL {
        @Override
        Supplier<float[]> calls(int width) {
            return writer(
                    RecurrentLanguageModel.of(Lstm::of, LETTERS, width, width, LAYERS, 0, SEED));
        }
    };

    private static final int LAYERS = 2;
    private static final int VOCABULARY = 2_000;
    private static final int LETTERS = 100;

    /** Tokens that a call writes. */
    private static final int WRITTEN = 15;

    private static final Seed SEED = new Seed(1);

    /**
     * A call after the other: numbers of its answer.
     *
     * @param width of the network
     */
    abstract Supplier<float[]> calls(int width);

    private static TransformerShape shape(int width) {
        return TransformerShape.of(width, Math.max(1, width / 32)).dropout(0);
    }

    private static SequenceEncoder recurrence(CellFactory cell, int width) {
        return new SequenceEncoder.Recurrence(
                Recurrent.of(cell, width, width, LAYERS, true, 0, SEED));
    }

    private static Tokens tokens(Random random, int count, int vocabulary) {
        return Tokens.of(List.of(random.ints(count, 3, vocabulary).toArray()));
    }

    private static float[] numbers(Supplier<Tensor> result) {
        return MemoryScope.run(() -> result.get().toArray());
    }

    private static Supplier<float[]> classifier(SequenceEncoder encoder, int width) {
        SequenceClassifier model =
                SequenceClassifier.of(
                        encoder, SequencePooling.Kind.MEAN, 0, VOCABULARY, width, 5, SEED);
        Random random = new Random(1);
        return () -> {
            Tokens tokens = tokens(random, 20 + random.nextInt(20), VOCABULARY);
            return numbers(() -> model.logits(tokens, Mode.INFERENCE).softmax());
        };
    }

    private static Supplier<float[]> translator(EncoderDecoder model) {
        EncoderDecoder packed = Parameters.map(model, Parameter::packed);
        Search search = new Beam(5);
        Random random = new Random(1);
        return () -> {
            Tokens source = tokens(random, 8 + random.nextInt(12), VOCABULARY);
            int[] limits = {WRITTEN};
            return score(search.search(packed.decode(source), 1, 2, limits));
        };
    }

    private static Supplier<float[]> writer(LanguageModel model) {
        LanguageModel packed = Parameters.map(model, Parameter::packed);
        Random random = new Random(1);
        return () -> {
            Tokens prompt = tokens(random, 10, LETTERS);
            int[] limits = {WRITTEN};
            return score(new Sampling(1).search(packed.decode(prompt), 1, 2, limits));
        };
    }

    private static float[] score(List<List<Hypothesis>> found) {
        return new float[] {(float) found.getFirst().getFirst().score()};
    }
}
