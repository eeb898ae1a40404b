package dev.unroll.tasks.language;

import dev.unroll.tasks.Report;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.recipe.LanguageRecipe;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.util.Locale;

/**
 * How well a language model foretells a text it has never seen, read in pieces as long as those it
 * learnt from, each with nothing known of what came before it.
 *
 * @param loss nats a token
 * @param perplexity e to the loss
 * @param bitsPerCharacter bits a character of the text
 * @param tokens how many
 * @param seconds to read them
 */
public record LanguageScore(
        double loss, double perplexity, double bitsPerCharacter, int tokens, double seconds) {

    static LanguageScore of(TextGenerator generator, String text, int length) {
        long start = System.nanoTime();
        int[] tokens = generator.tokenizer().encode(text);
        if (tokens.length < 2) {
            throw new IllegalArgumentException(
                    "a text of %d tokens says nothing of a language model: at least 2"
                            .formatted(tokens.length));
        }
        double loss = LanguageLesson.loss(generator.model(), tokens, length);
        double characters = text.codePointCount(0, text.length());
        return new LanguageScore(
                loss,
                Math.exp(loss),
                loss / Math.log(2) * tokens.length / characters,
                tokens.length,
                (System.nanoTime() - start) * 1e-9);
    }

    /** Measures a run on the text that its training decided with: there is no other. */
    public static Report of(LanguageRecipe recipe, RunFolder run, DataFiles files)
            throws IOException {
        Texts texts = Texts.of(recipe.data(), files);
        LanguageScore score =
                of(TextGenerator.load(run.directory()), texts.validation(), recipe.data().length());
        return new Report(
                score,
                String.format(
                        Locale.ROOT,
                        """
                loss                %.4f nats a token
                perplexity          %.3f
                bits per character  %.4f
                %,d tokens in %.1f s, read in pieces of %d: the text that the training decided
                with, for there is no other
                """,
                        score.loss(),
                        score.perplexity(),
                        score.bitsPerCharacter(),
                        score.tokens(),
                        score.seconds(),
                        recipe.data().length()));
    }
}
