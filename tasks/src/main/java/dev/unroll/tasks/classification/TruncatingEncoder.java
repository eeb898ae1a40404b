package dev.unroll.tasks.classification;

import dev.unroll.text.Tokenizer;
import java.util.Arrays;

/**
 * Encodes a text as its tokens, shortened to the recipe's limit, and the end token.
 *
 * @param tokenizer text to numbers
 * @param maxTokens longer texts are shortened
 * @param keep which tokens of a longer text stay
 */
record TruncatingEncoder(Tokenizer tokenizer, int maxTokens, ClassificationData.Keep keep) {

    int[] encode(String text) {
        int[] all = tokenizer.encode(text);
        int from = first(all.length);
        int length = Math.min(all.length, maxTokens);
        int[] ids = Arrays.copyOfRange(all, from, from + length + 1);
        ids[length] = tokenizer.vocabulary().end();
        return ids;
    }

    /** The words that the tokens of {@link #encode} are of, but for the end token. */
    WordAlignment words(String text) {
        int[] all = tokenizer.ends(text);
        int from = first(all.length);
        int[] ends = Arrays.copyOfRange(all, from, from + Math.min(all.length, maxTokens));
        if (ends.length == 0) {
            return WordAlignment.of("", ends);
        }
        int before = from; // tokens that share no character with those that stay
        while (before > 0 && all[before - 1] == ends[0]) {
            before--;
        }
        int begin = before == 0 ? 0 : all[before - 1];
        for (int t = 0; t < ends.length; t++) {
            ends[t] -= begin;
        }
        return WordAlignment.of(text.substring(begin, begin + ends[ends.length - 1]), ends);
    }

    /** The first token that stays, of so many. */
    private int first(int tokens) {
        return switch (keep) {
            case FIRST -> 0;
            case LAST -> Math.max(0, tokens - maxTokens);
        };
    }
}
