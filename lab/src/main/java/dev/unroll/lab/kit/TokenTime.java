package dev.unroll.lab.kit;

import dev.unroll.lab.Spread;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tokens;
import java.util.List;
import java.util.function.Supplier;

/**
 * The microseconds that a token costs a language model of one layer of width 64, when it is trained
 * and when it writes.
 *
 * @param model the language model
 * @param watch measures
 * @param oneThread whether the work is not shared among threads
 */
public record TokenTime(LanguageModel model, Stopwatch watch, boolean oneThread) {
    /** Tokens of a training step. */
    public static final int TOKENS = 2048;

    private static final int WIDTH = 64;
    private static final int VOCABULARY = 64;
    private static final Seed SEED = new Seed(1);

    /**
     * A model that is warmed up, on all threads.
     *
     * @param kind the name of a cell, or {@code transformer}
     */
    public static TokenTime of(String kind, Stopwatch watch) {
        LanguageModel model =
                kind.equals("transformer")
                        ? transformer()
                        : RecurrentLanguageModel.of(
                                Cells.named(kind), VOCABULARY, WIDTH, WIDTH, 1, 0, SEED);
        watch.warmUp(() -> train(model, 64));
        watch.warmUp(() -> Writing.cached(model, 64));
        return new TokenTime(model, watch, false);
    }

    private static TransformerLanguageModel transformer() {
        TransformerShape shape =
                TransformerShape.of(WIDTH, 4, Positions.Kind.SINUSOIDAL, 2048).dropout(0);
        return TransformerLanguageModel.of(shape, 1, VOCABULARY, SEED);
    }

    /** {@return the same model on one thread} */
    public TokenTime onOneThread() {
        return new TokenTime(model, watch, true);
    }

    /** {@return the derivatives of {@link #TOKENS} tokens in sequences of this length} */
    public Spread training(int length) {
        return time(() -> train(model, length), TOKENS);
    }

    /** {@return a text of this length, written token after token} */
    public Spread writing(int length) {
        return time(() -> Writing.cached(model, length), length);
    }

    /** {@return the same by a Transformer that computes all tokens before anew for each one} */
    public static Spread writingAnew(int length, Stopwatch watch) {
        TransformerLanguageModel model = transformer();
        watch.warmUp(() -> Writing.again(model, 64));
        return watch.seconds(() -> Writing.again(model, length)).times(1e6 / Writing.PLACES);
    }

    private Spread time(Supplier<?> work, int tokens) {
        Supplier<?> shared = oneThread ? () -> OneThread.run(work) : work;
        return watch.seconds(shared).times(1e6 / tokens);
    }

    private static float train(LanguageModel model, int length) {
        int[][] ids = OneHot.draw(VOCABULARY, TOKENS / length, length, SEED);
        Tokens tokens = Tokens.of(List.of(ids));
        return MemoryScope.run(
                () -> Gradients.of(() -> model.loss(tokens, tokens.ids(), Mode.INFERENCE)).loss());
    }
}
