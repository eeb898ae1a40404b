package dev.unroll.text;

/**
 * One token for each character (Unicode code point).
 *
 * @param vocabulary the special tokens, then single characters
 * @param normalization what is done to a text first
 */
public record CharacterTokenizer(Vocabulary vocabulary, Normalization normalization)
        implements Tokenizer {

    /**
     * Checks that each token is one character.
     *
     * @throws IllegalArgumentException if a token that is not special is no single character
     */
    public CharacterTokenizer {
        for (int id = Vocabulary.SPECIALS.size(); id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            if (token.codePointCount(0, token.length()) != 1) {
                throw new IllegalArgumentException(
                        "token %d '%s' is not a single character".formatted(id, token));
            }
        }
    }

    /**
     * Learns the most frequent characters of the texts.
     *
     * @param texts the training texts
     * @param options the size of the vocabulary and how texts are normalised
     * @return the tokenizer
     */
    public static CharacterTokenizer train(Iterable<String> texts, TokenizerOptions options) {
        TokenFrequencies frequencies = new TokenFrequencies();
        for (String text : texts) {
            options.normalization()
                    .apply(text)
                    .codePoints()
                    .forEach(character -> frequencies.count(Character.toString(character)));
        }
        return new CharacterTokenizer(frequencies.vocabulary(options), options.normalization());
    }

    @Override
    public int[] encode(String text) {
        return normalization
                .apply(text)
                .codePoints()
                .map(character -> vocabulary.id(Character.toString(character)))
                .toArray();
    }

    @Override
    public int[] ends(String text) {
        TokenOffsets ends = new TokenOffsets(text, normalization);
        String normalised = ends.normalised();
        for (int at = 0; at < normalised.length(); ) {
            at += Character.charCount(normalised.codePointAt(at));
            ends.add(at);
        }
        return ends.toArray();
    }

    @Override
    public String decode(int[] ids) {
        return vocabulary.joined(ids);
    }
}
