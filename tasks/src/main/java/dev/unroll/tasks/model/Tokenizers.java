package dev.unroll.tasks.model;

import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.tasks.text.TokenizerFile;
import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The tokenizers that recipes describe. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * The tokenizer in a run's folder where a training goes on, else one trained on the texts and
     * written there.
     */
    public static Tokenizer ofRun(
            RunFolder folder, TokenizerRecipe recipe, Supplier<List<String>> texts)
            throws IOException {
        if (RunTraining.goesOn(folder)) {
            return TokenizerFile.read(folder.tokenizer());
        }
        Tokenizer tokenizer = trained(recipe, texts.get());
        TokenizerFile.write(tokenizer, folder.tokenizer());
        return tokenizer;
    }

    private static Tokenizer trained(TokenizerRecipe recipe, List<String> texts) {
        TokenizerOptions options =
                new TokenizerOptions(
                        recipe.vocabulary(),
                        recipe.minimumFrequency(),
                        recipe.lowercase() ? Normalization.LOWERCASE : Normalization.NONE);
        return switch (recipe.kind()) {
            case CHARACTERS -> CharacterTokenizer.train(texts, options);
            case WORDS -> WordTokenizer.train(texts, options);
            case BYTE_PAIR -> BytePairTokenizer.train(texts, options);
        };
    }
}
