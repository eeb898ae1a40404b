package dev.unroll.tasks.tagging;

/**
 * The predicted tag of a word.
 *
 * @param word as it was given
 * @param tag the likeliest
 * @param probability of that tag, 0 to 1
 */
public record Tag(String word, String tag, double probability) {}
