package dev.unroll.text.pipeline;

/** Kinds of characters as the steps of a {@link TextPipeline} tell them apart. */
public final class CharacterKinds {

    private CharacterKinds() {}

    /**
     * {@return whether a character is white space: Unicode's property White_Space}
     *
     * @param codePoint of the character
     */
    public static boolean isSpace(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint == ' ' || (codePoint >= 9 && codePoint <= 13);
        }
        return codePoint == 0x85
                || codePoint == 0xA0
                || codePoint == 0x1680
                || (codePoint >= 0x2000 && codePoint <= 0x200A)
                || codePoint == 0x2028
                || codePoint == 0x2029
                || codePoint == 0x202F
                || codePoint == 0x205F
                || codePoint == 0x3000;
    }

    /**
     * {@return whether a character belongs to a word: letters, marks, decimal digits, connectors
     * and joiners (annex C of Unicode Technical Standard 18)}
     *
     * @param codePoint of the character
     */
    public static boolean isWord(int codePoint) {
        if (codePoint < 0x80) {
            return Character.isLetterOrDigit(codePoint) || codePoint == '_';
        }
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default ->
                    Character.isAlphabetic(codePoint) || codePoint == 0x200C || codePoint == 0x200D;
        };
    }

    /**
     * {@return whether a character is a letter: Unicode's categories L}
     *
     * @param codePoint of the character
     */
    public static boolean isLetter(int codePoint) {
        return Character.isLetter(codePoint);
    }

    /**
     * {@return whether a character is a number: Unicode's categories N}
     *
     * @param codePoint of the character
     */
    public static boolean isNumber(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    true;
            default -> false;
        };
    }

    /**
     * {@return whether a character is punctuation: Unicode's categories P, or one of ASCII's that
     * is neither letter, digit, space nor control}
     *
     * @param codePoint of the character
     */
    public static boolean isPunctuation(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint > ' ' && codePoint < 0x7F && !Character.isLetterOrDigit(codePoint);
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }

    /**
     * {@return the text with U+FFFD for each half of a surrogate pair that stands alone}
     *
     * @param text any
     */
    public static String withoutHalves(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return replaced(text, i);
                }
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder whole = new StringBuilder(text.length()).append(text, 0, from);
        int codePoint;
        for (int i = from; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            boolean half = codePoint >= 0xD800 && codePoint <= 0xDFFF;
            whole.appendCodePoint(half ? 0xFFFD : codePoint);
        }
        return whole.toString();
    }
}
