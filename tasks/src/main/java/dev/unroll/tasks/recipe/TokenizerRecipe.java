package dev.unroll.tasks.recipe;

import java.text.Normalizer;
import java.util.Optional;

/**
 * The tokenizer. Source and target share one vocabulary.
 *
 * @param kind what a token is
 * @param vocabulary the most tokens; bytes always are 259, the three special ones included
 * @param minimumFrequency how often something must occur to become a token, except for a byte
 * @param normalization the form of Unicode that all text is brought into first
 * @param lowercase all text in lower case
 */
public record TokenizerRecipe(
        @Default("byte-pair") Kind kind,
        @Default("8000") int vocabulary,
        @Default("1") int minimumFrequency,
        @Default("none") Form normalization,
        @Default("false") boolean lowercase) {
    public TokenizerRecipe {
        Checks.atLeast("tokenizer.vocabulary", 4, vocabulary);
        Checks.atLeast("tokenizer.minimumFrequency", 1, minimumFrequency);
    }

    /** Forms of Unicode (Unicode Standard Annex 15). */
    public enum Form {
        /** The text as it is written. */
        NONE,
        /** é is one character. */
        NFC,
        /** é is e and an accent. */
        NFD,
        /** As NFC, and ﬁ or Ａ are the usual characters. */
        NFKC,
        /** As NFD, and ﬁ or Ａ are the usual characters. */
        NFKD;

        /** {@return the form, if there is one} */
        public Optional<Normalizer.Form> form() {
            return this == NONE ? Optional.empty() : Optional.of(Normalizer.Form.valueOf(name()));
        }
    }

    /** Kinds of tokens. */
    public enum Kind {
        /** A character. */
        CHARACTERS,
        /** A word. */
        WORDS,
        /** A frequent piece of a word (Sennrich et al. 2016). */
        BYTE_PAIR,
        /** A byte of the text in UTF-8. Nothing is learned from the texts. */
        BYTES
    }
}
