package dev.unroll.tasks.model;

import dev.unroll.text.Tokenizer;
import java.util.Arrays;

/**
 * Encodes a text as its tokens, shortened to the recipe's limit, and the end token.
 *
 * @param tokenizer text to numbers
 * @param maxTokens longer texts are shortened to so many tokens, at least 1
 * @param keep which tokens of a longer text stay
 */
public record TruncatingEncoder(Tokenizer tokenizer, int maxTokens, Keep keep) {

    /**
     * {@return the tokens of a text that stay, and the end token}
     *
     * @param text of any length
     */
    public int[] encode(String text) {
        int[] all = tokenizer.encode(text);
        int from = first(all.length);
        int length = Math.min(all.length, maxTokens);
        int[] ids = Arrays.copyOfRange(all, from, from + length + 1);
        ids[length] = tokenizer.vocabulary().end();
        return ids;
    }

    /**
     * {@return the place of the first token that stays}
     *
     * @param tokens of the whole text
     */
    public int first(int tokens) {
        return switch (keep) {
            case FIRST -> 0;
            case LAST -> Math.max(0, tokens - maxTokens);
        };
    }
}
