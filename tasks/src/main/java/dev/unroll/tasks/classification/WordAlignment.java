package dev.unroll.tasks.classification;

import dev.unroll.tasks.model.TextCoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text, and which of them each token belongs to. A word is letters, marks and digits
 * in a row, or any one other character but white space. Words that a token holds together, such as
 * {@code ...}, are one. White space belongs to the word behind it, or at the end to the last word.
 *
 * @param words as they are typed
 * @param owners [tokens], the place of each token's word in {@code words}
 */
@SuppressWarnings("ArrayRecordComponent")
record WordAlignment(List<String> words, int[] owners) {

    private static final Pattern WORD =
            Pattern.compile(
                    "[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{L}\\p{M}\\p{N}]",
                    Pattern.UNICODE_CHARACTER_CLASS);

    /** The words that the tokens of {@code coding.encode(text)} are of, but for special tokens. */
    static WordAlignment of(TextCoding coding, String text) {
        TextCoding.Spans spans = coding.spans(text);
        int[] ends = spans.ends().clone();
        if (ends.length == 0) {
            return of("", ends);
        }
        int begin = spans.begin();
        for (int t = 0; t < ends.length; t++) {
            ends[t] -= begin;
        }
        return of(text.substring(begin, begin + ends[ends.length - 1]), ends);
    }

    /**
     * The words of a text.
     *
     * @param ends [tokens], where in it each token ends, in order; the last at the text's end
     */
    static WordAlignment of(String text, int[] ends) {
        List<String> words = new ArrayList<>();
        int[] owners = new int[ends.length];
        Matcher word = WORD.matcher(text);
        int begin = -1; // of words that wait for a token that ends with them
        int done = 0;
        while (word.find()) {
            begin = begin < 0 ? word.start() : begin;
            int next = done;
            while (next < ends.length && ends[next] <= word.end()) {
                next++;
            }
            if (next > done && ends[next - 1] == word.end()) {
                Arrays.fill(owners, done, next, words.size());
                words.add(text.substring(begin, word.end()));
                begin = -1;
                done = next;
            }
        }
        if (done < ends.length) {
            if (begin >= 0) {
                words.add(text.substring(begin));
            } else if (words.isEmpty()) {
                words.add(Explanation.WHITE_SPACE);
            }
            Arrays.fill(owners, done, ends.length, words.size() - 1);
        }
        return new WordAlignment(words, owners);
    }
}
