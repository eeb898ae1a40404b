package dev.unroll.nn;

/** Refuses layers of size 0 or less by the name of the size. */
public final class Sizes {
    private Sizes() {}

    /**
     * Checks the two sizes of a layer's weights.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public static void check(String layer, String first, int a, String second, int b) {
        if (a < 1 || b < 1) {
            throw new IllegalArgumentException(
                    "%s: %s and %s are at least 1, not %d and %d"
                            .formatted(layer, first, second, a, b));
        }
    }
}
