package dev.unroll.backend;

/**
 * A function of one number with its slope: an elementwise operation and its derivative. The common
 * ones are the constants of {@link Unary}, for which a backend may have faster loops. Any other
 * function runs by this definition, so that its results are the same to the bit on every backend
 * that computes on the Java heap.
 *
 * <p>Functions are pure: backends call them for any element, in any order, on several threads.
 */
public interface UnaryFunction {

    /** y = f(x), rounded to float by the caller. */
    double value(double x);

    /**
     * f′(x).
     *
     * @param x the argument
     * @param y f(x), for functions whose slope is nearer at hand from the result
     */
    double slope(double x, double y);

    /** f(x). */
    default float apply(float x) {
        return (float) value(x);
    }

    /** dy·f′(x), and 0 where the slope is 0, even if dy is infinite or not a number. */
    default float backward(float x, float y, float dy) {
        double slope = slope(x, y);
        return slope == 0 ? 0 : (float) (dy * slope);
    }
}
