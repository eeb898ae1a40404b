package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.CharacterKinds;

/**
 * GPT-2's words: the matches of <code>
 * 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</code>, which cover a
 * text.
 */
final class GptWords {

    private static final int SPACE = 0;
    private static final int LETTER = 1;
    private static final int NUMBER = 2;
    private static final int OTHER = 3;

    private GptWords() {}

    /** Where the word that begins at a place ends. */
    static int end(CharSequence text, int from) {
        int length = text.length();
        char first = text.charAt(from);
        if (first == '\'') {
            int end = contraction(text, from);
            if (end > 0) {
                return end;
            }
        }
        int start = first == ' ' && from + 1 < length ? from + 1 : from;
        int kind = kind(Character.codePointAt(text, start));
        if (kind != SPACE) {
            return run(text, start, kind);
        }
        int end = run(text, from, SPACE);
        if (end == length) {
            return end;
        }
        int before = end - 1; // white space is never a pair of surrogates
        return before > from ? before : end;
    }

    private static int contraction(CharSequence text, int from) {
        if (from + 1 >= text.length()) {
            return 0;
        }
        char second = text.charAt(from + 1);
        if (second == 's' || second == 't' || second == 'm' || second == 'd') {
            return from + 2;
        }
        if (from + 2 >= text.length()) {
            return 0;
        }
        char third = text.charAt(from + 2);
        boolean two =
                (second == 'r' && third == 'e')
                        || (second == 'v' && third == 'e')
                        || (second == 'l' && third == 'l');
        return two ? from + 3 : 0;
    }

    private static int run(CharSequence text, int from, int kind) {
        int at = from;
        while (at < text.length()) {
            int codePoint = Character.codePointAt(text, at);
            if (kind(codePoint) != kind) {
                break;
            }
            at += Character.charCount(codePoint);
        }
        return at;
    }

    private static int kind(int codePoint) {
        if (codePoint < 0x80) {
            if ((codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z') {
                return LETTER;
            }
            if (codePoint >= '0' && codePoint <= '9') {
                return NUMBER;
            }
            return CharacterKinds.isSpace(codePoint) ? SPACE : OTHER;
        }
        if (CharacterKinds.isLetter(codePoint)) {
            return LETTER;
        }
        if (CharacterKinds.isNumber(codePoint)) {
            return NUMBER;
        }
        return CharacterKinds.isSpace(codePoint) ? SPACE : OTHER;
    }
}
