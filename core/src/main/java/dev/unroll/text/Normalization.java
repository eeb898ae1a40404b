package dev.unroll.text;

/**
 * A change of a text before it is cut into tokens.
 *
 * <p>Either way half a surrogate pair, which is no character and which UTF-8 cannot write, becomes
 * U+FFFD, the replacement character.
 */
public enum Normalization {
    /** The text stays as it is written. */
    NONE,

    /**
     * Every character becomes its Unicode lower-case form, whatever the language of the machine and
     * whatever stands around it: a Greek capital sigma becomes σ at the end of a word too. (This is
     * what the normalizer {@code Lowercase} of Hugging Face's tokenizers does.)
     */
    LOWERCASE;

    private static final int REPLACEMENT = 0xFFFD;
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    /**
     * {@return the text as the tokenizer sees it}
     *
     * @param text as it was typed
     */
    public String apply(String text) {
        int unchanged = 0;
        while (unchanged < text.length() && isPlain(text.charAt(unchanged))) {
            unchanged++;
        }
        if (unchanged == text.length()) {
            return text;
        }
        StringBuilder normalised = new StringBuilder(text.length()).append(text, 0, unchanged);
        int codePoint;
        for (int i = unchanged; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            append(codePoint, normalised);
        }
        return normalised.toString();
    }

    /** {@return whether this UTF-16 unit surely stays as it is} */
    private boolean isPlain(char c) {
        return switch (this) {
            case NONE -> !Character.isSurrogate(c);
            case LOWERCASE -> c < 'A' || (c > 'Z' && c < 0x80);
        };
    }

    private void append(int codePoint, StringBuilder normalised) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (half) {
            normalised.appendCodePoint(REPLACEMENT);
        } else if (this == LOWERCASE && codePoint == CAPITAL_I_WITH_DOT) {
            normalised.append("i\u0307"); // the one character whose lower case is two characters
        } else {
            normalised.appendCodePoint(
                    this == LOWERCASE ? Character.toLowerCase(codePoint) : codePoint);
        }
    }
}
