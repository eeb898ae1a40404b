package dev.unroll.tasks.embedding;

/**
 * A text as a vector.
 *
 * @param vector [width]
 * @param tokens that were read, with special ones
 * @param truncated whether the text had more tokens, which were not read
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's own
public record TextVector(float[] vector, int tokens, boolean truncated) {

    /**
     * {@return the cosine of the angle between two vectors, from −1 to 1}
     *
     * @param a a vector
     * @param b a vector as wide
     * @throws IllegalArgumentException if they are of different widths
     */
    public static double cosine(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors of %d and %d numbers have no angle between them"
                            .formatted(a.length, b.length));
        }
        double product = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return product == 0 ? 0 : product / Math.sqrt(aa * bb);
    }
}
