package dev.unroll.tasks.regression;

/**
 * A text and the number that belongs to it.
 *
 * @param text any length
 * @param value finite, such as a price or a rating
 */
public record TextValue(String text, double value) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public TextValue {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "the number of a text is finite, not %s".formatted(value));
        }
    }
}
