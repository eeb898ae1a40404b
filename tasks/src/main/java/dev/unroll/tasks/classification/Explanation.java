package dev.unroll.tasks.classification;

import java.util.List;

/**
 * Why a text was taken for a class: what each of its words adds to that class's logit, less the
 * mean of the others'. To first order, {@code Σ contribution} is that difference (Simonyan et al.
 * 2013); over many steps it is exact up to the value of a text of zeros (Sundararajan et al. 2017).
 *
 * @param decision what it was taken for
 * @param margin the class's logit less the mean of the others'
 * @param words those that were read with their contributions, in order, and {@link #END}: of a text
 *     that was shortened, only the words that stayed
 */
public record Explanation(Classification decision, double margin, List<Word> words) {

    /** Stands for the token behind a text, which every classifier reads last. */
    public static final String END = "(end of text)";

    /** Stands for the word of a text that has nothing but white space. */
    public static final String WHITE_SPACE = "(white space)";

    /**
     * A word, a punctuation mark or a symbol of the text.
     *
     * @param text as it is typed, without the white space around it; or {@link #END}
     * @param contribution gradient times input, summed over the rows of the tokens it was read in
     */
    public record Word(String text, double contribution) {}

    /** All contributions together. */
    public double sum() {
        return words.stream().mapToDouble(Word::contribution).sum();
    }
}
