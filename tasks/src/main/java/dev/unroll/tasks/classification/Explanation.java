package dev.unroll.tasks.classification;

import java.util.List;

/**
 * Why a text was taken for a class: what each of its tokens adds to that class's logit, less the
 * mean of the others'. To first order, {@code Σ contribution} is that difference (Simonyan et al.
 * 2013); over many steps it is exact up to the value of a text of zeros (Sundararajan et al. 2017).
 *
 * @param decision what it was taken for
 * @param margin the class's logit less the mean of the others'
 * @param words the text's tokens with their contributions, in order
 */
public record Explanation(Classification decision, double margin, List<Word> words) {

    /**
     * A token.
     *
     * @param text as the tokenizer writes it
     * @param contribution gradient times input, summed over the token's row
     */
    public record Word(String text, double contribution) {}

    /** All contributions together. */
    public double sum() {
        return words.stream().mapToDouble(Word::contribution).sum();
    }
}
