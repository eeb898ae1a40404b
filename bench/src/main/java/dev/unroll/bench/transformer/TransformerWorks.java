package dev.unroll.bench.transformer;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.Pace;
import dev.unroll.bench.Work;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.transformer.TransformerShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Whole training steps of Transformers; what is counted are tokens of the targets. */
public final class TransformerWorks {
    /** Time of both sides, and vocabulary, of the works with random tokens. */
    private static final int TIME = 16;

    private static final int VOCABULARY = 8000;

    /** Batches of real sentences in one run, so that every run meets the same lengths. */
    private static final int SENTENCE_BATCHES = 3;

    /** Numbers of PyTorch's threads; its best counts. */
    private static final List<Integer> THREADS = List.of(1, 2);

    private static final double TOLERANCE = 1e-3;

    /**
     * A step meets many kernels, and each must be compiled; and a turn has to outlast the other
     * engine's threads, which wait awhile for more work and hold a core.
     */
    private static final Pace PACE = new Pace(0.5, 8);

    private TransformerWorks() {}

    /**
     * A model that reads and writes.
     *
     * @param layers on each side
     */
    private record Size(
            int width, int heads, int feedForward, int layers, int batch, double dropout) {

        EncoderDecoder model(int vocabulary, boolean shared) {
            return EncoderDecoder.transformer(
                    TransformerShape.of(width, heads).feedForward(feedForward).dropout(dropout),
                    layers,
                    layers,
                    vocabulary,
                    vocabulary,
                    shared,
                    new Seed(1));
        }

        @Override
        public String toString() {
            return width + "x" + layers + "+" + layers + (dropout == 0 ? "" : "-dropout");
        }
    }

    private static final List<Size> SIZES =
            List.of(
                    new Size(256, 8, 1024, 3, 64, 0),
                    new Size(128, 4, 512, 4, 64, 0),
                    new Size(512, 8, 2048, 6, 32, 0),
                    new Size(256, 8, 1024, 3, 64, 0.1));

    /** All of them. */
    public static List<Work> all() {
        List<Work> works = new ArrayList<>();
        for (Size size : SIZES) {
            works.add(encoderDecoder(size));
        }
        works.add(languageModel());
        works.add(sentences());
        return works;
    }

    private static Work encoderDecoder(Size size) {
        Function<Function<EncoderDecoder, Contestant>, Contestant> side =
                make -> make.apply(size.model(VOCABULARY, false));
        Pairs pairs = Pairs.random(size.batch(), TIME, VOCABULARY);
        List<Pairs> batches = List.of(pairs);
        // two engines draw different noise
        double tolerance = size.dropout() == 0 ? TOLERANCE : 0.05;
        return new Work(
                "transformer-train-" + size,
                "pytorch",
                "tokens/s",
                pairs.after().length,
                () -> side.apply(model -> EncoderDecoderTraining.unroll(model, batches)),
                () -> side.apply(model -> EncoderDecoderTraining.pytorch(model, batches)),
                THREADS,
                tolerance,
                PACE);
    }

    /** nanoGPT's setting for a CPU: 4 layers, 4 heads, width 128, 12 blocks of 64 characters. */
    private static Work languageModel() {
        int batch = 12;
        int time = 64;
        int vocabulary = 65;
        Pairs pairs = Pairs.random(batch, time, vocabulary);
        TransformerShape learned =
                TransformerShape.of(128, 4, Positions.Kind.LEARNED, time)
                        .activation(FeedForward.Kind.GELU)
                        .dropout(0);
        Function<Seed, TransformerLanguageModel> model =
                seed -> TransformerLanguageModel.of(learned, 4, vocabulary, seed);
        return new Work(
                "transformer-train-decoder-128x4",
                "pytorch",
                "tokens/s",
                (double) batch * time,
                () ->
                        LanguageModelTraining.unroll(
                                model.apply(new Seed(1)), pairs.before(), pairs.after()),
                () ->
                        LanguageModelTraining.pytorch(
                                model.apply(new Seed(1)), pairs.before(), pairs.after()),
                THREADS,
                TOLERANCE,
                PACE);
    }

    /** The recipe multi30k-de-en-transformer without dropout, on its own batches. */
    private static Work sentences() {
        Size size = new Size(128, 4, 256, 4, 0, 0);
        Lazy<List<Pairs>> batches = new Lazy<>(() -> Multi30kBatches.first(SENTENCE_BATCHES));
        return new Work(
                "transformer-train-multi30k",
                "pytorch",
                "batches/s",
                SENTENCE_BATCHES,
                EncoderDecoderTraining.inARow(
                        () ->
                                EncoderDecoderTraining.unroll(
                                        size.model(Multi30kBatches.VOCABULARY, true),
                                        batches.get()),
                        SENTENCE_BATCHES),
                EncoderDecoderTraining.inARow(
                        () ->
                                EncoderDecoderTraining.pytorch(
                                        size.model(Multi30kBatches.VOCABULARY, true),
                                        batches.get()),
                        SENTENCE_BATCHES),
                THREADS,
                TOLERANCE,
                PACE);
    }
}
