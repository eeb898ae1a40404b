package dev.unroll.data;

/**
 * Two texts and the class they belong to together.
 *
 * @param label the class's name, such as {@code paraphrase}
 * @param texts the two
 */
public record LabelledPair(String label, TextPair texts) {}
