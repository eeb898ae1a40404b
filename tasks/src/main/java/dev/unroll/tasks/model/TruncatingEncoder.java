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
public record TruncatingEncoder(Tokenizer tokenizer, int maxTokens, Keep keep)
        implements TextCoding {

    @Override
    public int[] encode(String text) {
        int[] all = tokenizer.encode(text);
        int from = first(all.length);
        int length = Math.min(all.length, maxTokens);
        int[] ids = Arrays.copyOfRange(all, from, from + length + 1);
        ids[length] = tokenizer.vocabulary().end();
        return ids;
    }

    @Override
    public Spans spans(String text) {
        int[] all = tokenizer.ends(text);
        int from = first(all.length);
        int[] ends = Arrays.copyOfRange(all, from, from + Math.min(all.length, maxTokens));
        int before = from; // tokens that share no character with those that stay
        while (before > 0 && ends.length > 0 && all[before - 1] == ends[0]) {
            before--;
        }
        return new Spans(0, before == 0 ? 0 : all[before - 1], ends);
    }

    @Override
    public int together() {
        return 16_384;
    }

    @Override
    public int vocabulary() {
        return tokenizer.vocabulary().size();
    }

    /**
     * {@return the place of the first token that stays}
     *
     * @param tokens of the whole text
     */
    int first(int tokens) {
        return switch (keep) {
            case FIRST -> 0;
            case LAST -> Math.max(0, tokens - maxTokens);
        };
    }
}
