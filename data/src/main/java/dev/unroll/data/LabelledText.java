package dev.unroll.data;

/**
 * A text and the class it belongs to.
 *
 * @param label the class's name, such as {@code positive}
 * @param text any length
 */
public record LabelledText(String label, String text) {}
