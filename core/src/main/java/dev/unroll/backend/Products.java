package dev.unroll.backend;

/** Matrix products. */
public interface Products {

    /**
     * c = a·b, or c += a·b.
     *
     * @param a [m, k] or [batch, m, k], any strides
     * @param b [k, n] or [batch, k, n], any strides
     * @param c [m, n] or [batch, m, n]; its last stride is 1
     * @param accumulate add to what c holds
     */
    void matmul(View a, View b, View c, boolean accumulate);

    /**
     * c = a·b + bias, to the bit what adding the product to rows of the bias gives.
     *
     * @param a [m, k], any strides
     * @param b [k, n], any strides
     * @param bias [n], any stride
     * @param c [m, n]; its last stride is 1
     */
    void linear(View a, View b, View bias, View c);
}
