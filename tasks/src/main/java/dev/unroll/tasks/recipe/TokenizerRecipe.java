package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer. Source and target share one vocabulary.
 *
 * @param kind what a token is
 * @param vocabulary the most tokens
 * @param minimumFrequency how often something must occur to become a token
 * @param lowercase all text in lower case
 */
public record TokenizerRecipe(Kind kind, int vocabulary, int minimumFrequency, boolean lowercase) {
    static final TokenizerRecipe DEFAULT = new TokenizerRecipe(null, null, null, null);
    static final TokenizerRecipe CHARACTERS =
            new TokenizerRecipe(Kind.CHARACTERS, null, null, null);

    /** Kinds of tokens. */
    public enum Kind {
        /** A character. */
        CHARACTERS,
        /** A word. */
        WORDS,
        /** A frequent piece of a word (Sennrich et al. 2016). */
        BYTE_PAIR
    }

    @JsonCreator
    public TokenizerRecipe(
            @Nullable Kind kind,
            @Nullable Integer vocabulary,
            @Nullable Integer minimumFrequency,
            @Nullable Boolean lowercase) {
        this(
                Checks.or(kind, Kind.BYTE_PAIR),
                Checks.atLeast("tokenizer.vocabulary", 4, Checks.or(vocabulary, 8_000)),
                Checks.atLeast("tokenizer.minimumFrequency", 1, Checks.or(minimumFrequency, 1)),
                (boolean) Checks.or(lowercase, false));
    }
}
