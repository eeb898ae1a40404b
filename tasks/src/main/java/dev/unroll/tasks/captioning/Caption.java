package dev.unroll.tasks.captioning;

/**
 * The caption that a model gives an image.
 *
 * @param text in words
 * @param score what it was ranked by; 0 is best
 * @param finished whether the model ended it; false where it was cut off
 */
public record Caption(String text, double score, boolean finished) {}
