package dev.unroll.tasks.classification;

import dev.unroll.tasks.recipe.ClassificationData;
import dev.unroll.text.Tokenizer;
import java.util.Arrays;

/**
 * How a text becomes numbers: its tokens, shortened to the recipe's limit, and the end token.
 *
 * @param tokenizer text to numbers
 * @param maxTokens longer texts are shortened
 * @param keep which tokens of a longer text stay
 */
record Coding(Tokenizer tokenizer, int maxTokens, ClassificationData.Keep keep) {

    int[] encode(String text) {
        int[] all = tokenizer.encode(text);
        int length = Math.min(all.length, maxTokens);
        int from =
                switch (keep) {
                    case FIRST -> 0;
                    case LAST -> all.length - length;
                };
        int[] ids = Arrays.copyOfRange(all, from, from + length + 1);
        ids[length] = tokenizer.vocabulary().end();
        return ids;
    }
}
