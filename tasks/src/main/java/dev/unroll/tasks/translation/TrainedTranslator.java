package dev.unroll.tasks.translation;

import dev.unroll.nn.EncoderDecoder;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.recipe.TranslationRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.text.TokenizerFile;
import dev.unroll.tasks.weights.Safetensors;
import dev.unroll.tasks.weights.Weights;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What a training left behind.
 *
 * @param recipe what was trained on what, and how
 * @param tokenizer text to numbers and back
 * @param model the network, with its weights
 */
record TrainedTranslator(TranslationRecipe recipe, Tokenizer tokenizer, EncoderDecoder model) {

    /**
     * Reads a run. Its three files are read side by side: whoever translates a single sentence
     * waits for little else.
     *
     * @throws IllegalArgumentException if it is no run, or its files do not fit together
     */
    static TrainedTranslator read(Path run) throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        FutureTask<Safetensors> stored = begun(() -> Safetensors.read(folder.model()));
        FutureTask<Tokenizer> tokenizerFile = begun(() -> TokenizerFile.read(folder.tokenizer()));
        TranslationRecipe recipe = folder.readRecipe(TranslationRecipe.class, "translate");
        Tokenizer tokenizer = result(tokenizerFile);
        EncoderDecoder model =
                EncoderDecoders.of(
                        recipe.model(),
                        tokenizer.vocabulary().size(),
                        recipe.data().maxTokens() + 2,
                        Seed.BLANK);
        Weights.set(model, result(stored), folder.model());
        return new TrainedTranslator(recipe, tokenizer, model);
    }

    private static <T> FutureTask<T> begun(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("unroll-reader").start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading a run", e);
        }
    }
}
