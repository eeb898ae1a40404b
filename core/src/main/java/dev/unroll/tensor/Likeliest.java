package dev.unroll.tensor;

import dev.unroll.backend.Backends;

/**
 * The likeliest tokens of each row, the likeliest first.
 *
 * @param count of each row
 * @param vocabulary of how many tokens
 * @param logs [rows·count], logarithms of the probabilities; no number where a logit is none
 * @param tokens [rows·count]; of equally likely ones the smallest is first
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record Likeliest(int count, int vocabulary, float[] logs, int[] tokens) {

    /**
     * Out of numbers whose softmax is the distribution: the first of {@link Tensor#logSoftmax},
     * without the others.
     *
     * @param logits [rows, vocabulary]
     * @param count at least 1; no more than there are tokens are given
     */
    public static Likeliest of(Tensor logits, int count) {
        if (logits.rank() != 2 || logits.dim(1) < 1 || count < 1) {
            throw new IllegalArgumentException(
                    "the %d likeliest of %s: at least 1 of [rows, vocabulary]"
                            .formatted(count, logits.shape()));
        }
        int vocabulary = logits.dim(1);
        int given = Math.min(count, vocabulary);
        float[] logs = new float[logits.dim(0) * given];
        int[] tokens = new int[logs.length];
        Backends.current().inference().largest(Views.contiguousView(logits), given, logs, tokens);
        return new Likeliest(given, vocabulary, logs, tokens);
    }
}
