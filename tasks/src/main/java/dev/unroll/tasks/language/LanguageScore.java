package dev.unroll.tasks.language;

import java.util.Locale;

/**
 * The loss of a language model on a text it has never seen, read in pieces as long as those it
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
        int[] tokens = generator.tokens().prompt(text);
        if (tokens.length < 2) {
            throw new IllegalArgumentException(
                    "a text of %d tokens says nothing of a language model: at least 2"
                            .formatted(tokens.length));
        }
        double loss = LanguageObjective.loss(generator.model(), tokens, length);
        double characters = text.codePointCount(0, text.length());
        return new LanguageScore(
                loss,
                Math.exp(loss),
                loss / Math.log(2) * tokens.length / characters,
                tokens.length,
                (System.nanoTime() - start) * 1e-9);
    }

    /** For people; English, whatever the machine's locale. */
    String text(int length) {
        return String.format(
                Locale.ROOT,
                """
                loss                %.4f nats a token
                perplexity          %.3f
                bits per character  %.4f
                %,d tokens in %.1f s, read in pieces of %d: the text that the training decided
                with, for there is no other
                """,
                loss,
                perplexity,
                bitsPerCharacter,
                tokens,
                seconds,
                length);
    }
}
