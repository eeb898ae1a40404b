package dev.unroll.tasks.tagging;

/**
 * What a word was taken for.
 *
 * @param word as it was given
 * @param tag the likeliest
 * @param probability of that tag, 0 to 1
 */
public record Tag(String word, String tag, double probability) {}
