package dev.unroll.text.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds added tokens in a text: at each place the longest, from left to right. */
final class TokenFinder {

    /** A token and how it is written in the text. */
    record Pattern(String text, AddedToken token) {}

    /** By the first unit, longest first. */
    private final Map<Character, List<Pattern>> byFirst = new HashMap<>();

    private final boolean[] begins = new boolean[1 << 16];

    TokenFinder(List<Pattern> patterns) {
        for (Pattern pattern : patterns) {
            char first = pattern.text().charAt(0);
            begins[first] = true;
            byFirst.computeIfAbsent(first, _ -> new ArrayList<>()).add(pattern);
        }
        byFirst.values()
                .forEach(
                        same ->
                                same.sort(
                                        Comparator.comparingInt(
                                                pattern -> -pattern.text().length())));
    }

    void cut(AlignedText text, AddedTokens.Parts parts) {
        int done = 0;
        if (!byFirst.isEmpty()) {
            int i = 0;
            while (i < text.length()) {
                Pattern found = begins[text.charAt(i)] ? longestAt(text, i) : null;
                if (found == null) {
                    i++;
                    continue;
                }
                int end = i + found.text().length();
                done = take(text, found.token(), i, end, done, parts);
                i = end;
            }
        }
        if (done < text.length()) {
            parts.text(text.slice(done, text.length()));
        }
    }

    /** Hands a token on if it counts here; returns up to where the text is done. */
    private static int take(
            AlignedText text,
            AddedToken token,
            int from,
            int to,
            int done,
            AddedTokens.Parts parts) {
        if (token.singleWord()
                && ((from > 0 && isWord(codePointBefore(text, from)))
                        || (to < text.length() && isWord(text.codePointAt(to))))) {
            return done;
        }
        int start = from;
        int end = to;
        if (token.leftStrip()) {
            while (start > done && CharacterKinds.isSpace(text.charAt(start - 1))) {
                start--;
            }
        }
        if (token.rightStrip()) {
            while (end < text.length() && CharacterKinds.isSpace(text.charAt(end))) {
                end++;
            }
        }
        if (start > done) {
            parts.text(text.slice(done, start));
        }
        parts.token(token, text.slice(start, end));
        return end;
    }

    private static int codePointBefore(AlignedText text, int index) {
        char last = text.charAt(index - 1);
        return index > 1 && Character.isSurrogatePair(text.charAt(index - 2), last)
                ? Character.toCodePoint(text.charAt(index - 2), last)
                : last;
    }

    private static boolean isWord(int codePoint) {
        return CharacterKinds.isWord(codePoint);
    }

    private @org.jspecify.annotations.Nullable Pattern longestAt(AlignedText text, int at) {
        for (Pattern pattern : byFirst.getOrDefault(text.charAt(at), List.of())) {
            if (matches(text, at, pattern.text())) {
                return pattern;
            }
        }
        return null;
    }

    private static boolean matches(AlignedText text, int at, String pattern) {
        if (at + pattern.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            if (text.charAt(at + i) != pattern.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
