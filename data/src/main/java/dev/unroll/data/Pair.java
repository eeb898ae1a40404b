package dev.unroll.data;

/**
 * One example of translation.
 *
 * @param source the text that is given
 * @param target the text that is wanted
 */
public record Pair(String source, String target) {}
