package dev.unroll.text;

/**
 * Options of the training of a tokenizer.
 *
 * @param vocabularySize the most tokens the vocabulary may have, special ones included; it may end
 *     up smaller where the texts do not have that many
 * @param minimumFrequency how often something must occur in the texts to become a token, at least 1
 * @param normalization what is done to a text first, in training and in use
 */
public record TokenizerOptions(
        int vocabularySize, int minimumFrequency, Normalization normalization) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the vocabulary has no room beside the special tokens, or
     *     the minimum frequency is below 1
     */
    public TokenizerOptions {
        if (vocabularySize <= Vocabulary.SPECIALS.size()) {
            throw new IllegalArgumentException(
                    "vocabularySize %d: at least %d is needed, as %s come first"
                            .formatted(
                                    vocabularySize,
                                    Vocabulary.SPECIALS.size() + 1,
                                    Vocabulary.SPECIALS));
        }
        if (minimumFrequency < 1) {
            throw new IllegalArgumentException(
                    "minimumFrequency %d: at least 1 is needed".formatted(minimumFrequency));
        }
    }

    /**
     * {@return options for up to so many tokens, each seen at least once, of texts as they are
     * written}
     *
     * @param vocabularySize the number of tokens at most, special ones included
     */
    public static TokenizerOptions ofSize(int vocabularySize) {
        return new TokenizerOptions(vocabularySize, 1, Normalization.NONE);
    }

    /**
     * {@return these options with another minimum frequency}
     *
     * @param times that a token must occur in the training texts, at least 1
     */
    public TokenizerOptions seenAtLeast(int times) {
        return new TokenizerOptions(vocabularySize, times, normalization);
    }

    /** {@return these options with texts in lower case} */
    public TokenizerOptions lowercased() {
        return new TokenizerOptions(vocabularySize, minimumFrequency, Normalization.LOWERCASE);
    }
}
