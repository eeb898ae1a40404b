package dev.unroll.tasks.tagging;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the sentences of a line of English: {@link BreakIterator}'s, but for ends behind
 * abbreviations that more of the sentence follows:
 *
 * <ul>
 *   <li>Behind a title such as {@code Mr.} or a word such as {@code e.g.} no sentence ends.
 *   <li>Behind capital letters with dots ({@code J.}, {@code J.K.}, {@code U.S.}) one ends where a
 *       word follows that often begins a sentence, such as {@code He}. The word {@code I} ends a
 *       sentence unless it is all of it.
 *   <li>Behind any other, such as {@code p.m.} or {@code Inc.}, one ends where a capital letter
 *       follows: so {@code BreakIterator} has it.
 * </ul>
 */
final class SentenceSplitter {

    private static final Pattern OPENING =
            Pattern.compile(
                    "(?i)\\P{L}*+(the|an?|it|its|he|his|she|her|they|their|we|our|you|your|i|my"
                            + "|this|that|these|those|there|here|and|but|or|so|then|if|when|while"
                            + "|as|at|by|for|from|in|on|to|with|after|before|since|what|who|why"
                            + "|where|how|no|not|yes)(?![\\p{L}\\p{M}\\p{N}.])");

    private SentenceSplitter() {}

    /** The sentences of one line, which together are the line. */
    static List<String> sentences(String line) {
        List<String> sentences = new ArrayList<>();
        BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        ends.setText(line);
        int from = ends.first(); // of the sentence
        int last = from; // end that was found before
        for (int to = ends.next(); to != BreakIterator.DONE; last = to, to = ends.next()) {
            if (to == line.length() || ends(line, last, to)) {
                sentences.add(line.substring(from, to));
                from = to;
            }
        }
        return sentences;
    }

    /** {@return true if a sentence that begins at {@code from} ends at {@code to}} */
    private static boolean ends(String line, int from, int to) {
        String piece = line.substring(from, to).strip();
        String word = lastWord(piece);
        if (Abbreviations.leads(word)) {
            return false;
        }
        if (!Abbreviations.initials(word)) {
            return true;
        }
        boolean pronoun = word.equals("I.") && piece.length() > word.length();
        return pronoun || OPENING.matcher(line).region(to, line.length()).lookingAt();
    }

    /** Behind the last white space and opening marks. */
    private static String lastWord(String piece) {
        int begin = piece.length();
        while (begin > 0 && !isSpace(piece.charAt(begin - 1))) {
            begin--;
        }
        while (begin < piece.length() && !Character.isLetterOrDigit(piece.codePointAt(begin))) {
            begin++;
        }
        return piece.substring(begin);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
