package dev.unroll.backend;

/** Operations that normalise each row by itself. Views are contiguous [rows, width]. */
public interface Normalisation {

    /** y = eˣ / Σ eˣ along each row. y may be x. */
    void softmax(View x, View y);

    /** dx = y ⊙ (dy − Σ y·dy). */
    void softmaxBackward(View y, View dy, View dx);

    /** y = x − ln Σ eˣ along each row. y may be x. */
    void logSoftmax(View x, View y);

    /** dx = dy − eʸ·Σ dy. */
    void logSoftmaxBackward(View y, View dy, View dx);

    /**
     * y = (x − mean)/√(variance + ε) ⊙ gain + bias (Ba et al. 2016, eq. 4).
     *
     * @param gain [width]
     * @param bias [width]
     * @param mean [rows], written for the derivative
     * @param inverse [rows], 1/√(variance + ε), written for the derivative
     */
    void layerNorm(View x, View gain, View bias, float epsilon, View y, View mean, View inverse);

    /** The derivative of {@link #layerNorm}; dgain and dbias [width] are overwritten. */
    void layerNormBackward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias);

    /**
     * y = x/√(mean of x² + ε) ⊙ gain (Zhang and Sennrich 2019, eq. 4).
     *
     * @param gain [width]
     * @param inverse [rows], written for the derivative
     */
    void rmsNorm(View x, View gain, float epsilon, View y, View inverse);

    /** The derivative of {@link #rmsNorm}; dgain [width] is overwritten. */
    void rmsNormBackward(View x, View gain, View inverse, View dy, View dx, View dgain);

    /**
     * The channels fall into groups of neighbours, and each item's group is normalised by its own
     * mean and variance over all places (Wu and He 2018, eq. 1, 2 and 7): y = (x − mean)/√(variance
     * + ε) ⊙ gain + bias. With one channel a group it is instance norm, with one group layer norm
     * of a whole image, and with one item, one channel a group and all images' places it is batch
     * norm (Ioffe and Szegedy 2015, algorithm 1).
     *
     * @param x [items, places, channels]
     * @param gain [channels]
     * @param bias [channels]
     * @param y [items, places, channels]
     * @param mean [items, groups], written for the derivative
     * @param inverse [items, groups], 1/√(variance + ε), written for the derivative
     */
    void groupNorm(View x, View gain, View bias, float epsilon, View y, View mean, View inverse);

    /** The derivative of {@link #groupNorm}; dgain and dbias [channels] are overwritten. */
    void groupNormBackward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias);
}
