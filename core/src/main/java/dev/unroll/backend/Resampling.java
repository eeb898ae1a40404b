package dev.unroll.backend;

/**
 * The rule by which an image gets another size. A result of size n from an image of size m: pixels
 * are squares and both images' outer edges coincide (PyTorch's {@code align_corners=False}).
 */
public enum Resampling {
    /** Place i takes the place ⌊i·m/n⌋. */
    NEAREST,
    /**
     * Place i takes what lies at (i + ½)·m/n − ½ on straight lines between the neighbours; beyond
     * the outermost places it takes the outermost.
     */
    BILINEAR;

    /** The first of the two places that place i of n mixes. */
    public int first(int i, int m, int n) {
        return switch (this) {
            case NEAREST -> (int) ((long) i * m / n);
            case BILINEAR -> Math.min((int) position(i, m, n), m - 1);
        };
    }

    /** The second of them; the first again at the end. */
    public int second(int i, int m, int n) {
        return switch (this) {
            case NEAREST -> first(i, m, n);
            case BILINEAR -> Math.min(first(i, m, n) + 1, m - 1);
        };
    }

    /** The share of the second. */
    public float share(int i, int m, int n) {
        return switch (this) {
            case NEAREST -> 0;
            case BILINEAR -> (float) (position(i, m, n) - first(i, m, n));
        };
    }

    private static double position(int i, int m, int n) {
        return Math.max(0, (i + 0.5) * m / n - 0.5);
    }
}
