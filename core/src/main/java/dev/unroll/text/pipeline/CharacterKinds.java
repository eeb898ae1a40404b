package dev.unroll.text.pipeline;

/** Kinds of characters as the steps of a {@link TextPipeline} tell them apart. */
public final class CharacterKinds {

    /** Characters whose being punctuation has changed since the tables that models learnt with. */
    private static final CodePointSet CHANGED_PUNCTUATION =
            new CodePointSet(
                    "61D 9FD A76 C77 C84 166D 1B4E-1B4F 1B7D-1B7F 2E43-2E4F 2E52-2E5D "
                            + "10D6E 10EAD 10F55-10F59 10F86-10F89 111C9 113D4-113D5 113D7-113D8 "
                            + "1144B-1144F 1145A-1145B 1145D 11660-1166C 116B9 1183B 11944-11946 "
                            + "119E2 11A3F-11A46 11A9A-11A9C 11A9E-11AA2 11B00-11B09 11BE1 "
                            + "11C41-11C45 11C70-11C71 11EF7-11EF8 11F43-11F4F 11FFF 12FF1-12FF2 "
                            + "16D6D-16D6F 16E97-16E9A 16FE2 1E5FF 1E95E-1E95F");

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
     * {@return whether a character is punctuation: Unicode's categories P as Hugging Face's
     * tokenizers 0.21 has them, or one of ASCII's that is neither letter, digit, space nor control}
     *
     * @param codePoint of the character
     */
    public static boolean isPunctuation(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint > ' ' && codePoint < 0x7F && !Character.isLetterOrDigit(codePoint);
        }
        boolean punctuation =
                switch (Character.getType(codePoint)) {
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
        return punctuation != CHANGED_PUNCTUATION.contains(codePoint);
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
