package dev.unroll.backend;

/** Operations on each element by itself. Views may be strided; all have the same dims. */
public interface Elementwise {

    /** y = value everywhere. */
    void fill(View y, float value);

    /** y = x. */
    void copy(View x, View y);

    /** y = f(x). y may be x. */
    void map(UnaryFunction f, View x, View y);

    /**
     * dx = dy·f′(x), the derivative of {@link #map(UnaryFunction, View, View)}. dx may be dy.
     *
     * @param x the argument
     * @param y f(x)
     * @param dy gradient of y
     * @param dx gradient of x, written
     */
    void mapBackward(UnaryFunction f, View x, View y, View dy, View dx);

    /** y = f(a, b). y may be a or b. */
    void map(Binary f, View a, View b, View y);

    /** y = scale·x + shift. y may be x. */
    void affine(float scale, float shift, View x, View y);

    /**
     * y = x reduced. y has the rank of x; a dimension of size 1 in y is reduced where x has more.
     */
    void reduce(Reduction f, View x, View y);

    /**
     * y = x / (1 − rate) where a number drawn for the element's place is at least rate, else 0
     * (Srivastava et al. 2014). The draw is {@code Noise.uniform} of the key and the place, so the
     * same key gives the same mask: the derivative is the operation itself.
     *
     * @param x contiguous
     * @param y contiguous; may be x
     */
    void dropout(long key, float rate, View x, View y);
}
