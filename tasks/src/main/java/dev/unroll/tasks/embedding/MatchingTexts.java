package dev.unroll.tasks.embedding;

import dev.unroll.data.TextPair;
import org.jspecify.annotations.Nullable;

/**
 * Two texts that belong together, such as a question and its answer.
 *
 * @param texts the two
 * @param negative a text that looks as if it belonged to the first and does not; null for none
 */
public record MatchingTexts(TextPair texts, @Nullable String negative) {
    /** {@return two texts without a negative} */
    public static MatchingTexts of(String first, String second) {
        return new MatchingTexts(new TextPair(first, second), null);
    }
}
