package dev.unroll.tasks.model;

import dev.unroll.data.Corpus;
import dev.unroll.formats.tokenizer.TokenizerFile;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The tokenizers that recipes describe. */
public final class Tokenizers {
    private Tokenizers() {}

    /** In a run's folder: a {@code tokenizer.json}, as Hugging Face's tokenizers reads it. */
    public static final Artefact<Tokenizer> FILE =
            new Artefact<>() {
                @Override
                public String file() {
                    return "tokenizer.json";
                }

                @Override
                public Tokenizer read(Path file) throws IOException {
                    return TokenizerFile.read(file);
                }

                @Override
                public void write(Tokenizer tokenizer, Path file) throws IOException {
                    TokenizerFile.write(tokenizer, file);
                }
            };

    /**
     * The tokenizer of a run: trained on the texts when the training begins, and taken over ever
     * after.
     *
     * @param how the recipe's part about the tokenizer
     * @param texts of the training set
     */
    public static <R extends Recipe, E> Tokenizer of(
            Fitting<R, E> fitting,
            Function<R, TokenizerRecipe> how,
            Function<Corpus<E>, List<String>> texts)
            throws IOException {
        return fitting.once(
                FILE, (recipe, corpus) -> trained(how.apply(recipe), texts.apply(corpus)));
    }

    private static Tokenizer trained(TokenizerRecipe recipe, List<String> texts) {
        TokenizerOptions options =
                new TokenizerOptions(
                        recipe.vocabulary(),
                        recipe.minimumFrequency(),
                        Normalization.of(recipe.normalization().form(), recipe.lowercase()));
        return switch (recipe.kind()) {
            case CHARACTERS -> CharacterTokenizer.train(texts, options);
            case WORDS -> WordTokenizer.train(texts, options);
            case BYTE_PAIR -> BytePairTokenizer.train(texts, options);
            case BYTES -> BytePairTokenizer.ofBytes(options.normalization());
        };
    }
}
