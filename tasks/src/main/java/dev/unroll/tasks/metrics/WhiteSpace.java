package dev.unroll.tasks.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * White space as sacreBLEU knows it, which is Python's {@code str.isspace}: Unicode's space
 * separators, those of lines and paragraphs, and the control characters that move the cursor.
 */
final class WhiteSpace {

    private static final int NEXT_LINE = 0x85;

    private WhiteSpace() {}

    private static boolean is(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
    }

    /** The parts between white space, none of them empty. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || is(text.charAt(i))) {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** The text without the white space at its end. */
    static String withoutTrailing(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
