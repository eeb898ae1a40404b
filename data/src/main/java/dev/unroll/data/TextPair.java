package dev.unroll.data;

/**
 * Two texts that are read together, such as a question and an answer.
 *
 * @param first any length
 * @param second any length
 */
public record TextPair(String first, String second) {}
