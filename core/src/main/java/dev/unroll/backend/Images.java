package dev.unroll.backend;

import org.jspecify.annotations.Nullable;

/**
 * Operations on images. Views are contiguous [batch, height, width, channels]. What a {@link
 * Window} reaches beyond the edges counts as 0 in a convolution and as not there in pooling.
 */
public interface Images {

    /**
     * y = the cross-correlation of x with w, plus the bias (Goodfellow et al. 2016, eq. 9.6). Where
     * w has fewer input channels than x, the channels fall into groups: as many groups of output
     * channels see only their own group of input channels.
     *
     * @param x [batch, height, width, in]
     * @param w [kernel height, kernel width, in/groups, out], contiguous
     * @param bias [out], contiguous; null for none
     * @param y [batch, window rows, window columns, out], overwritten
     */
    void convolve(Window window, View x, View w, @Nullable View bias, View y);

    /**
     * The derivative of {@link #convolve} by its input, which is a transposed convolution: dx from
     * dy and w.
     */
    void convolveInput(Window window, View dy, View w, View dx);

    /** The derivative of {@link #convolve} by its weights: dw from x and dy. */
    void convolveWeight(Window window, View x, View dy, View dw);

    /** y = the largest number that the window covers; channel by channel. */
    void maxPool(Window window, View x, View y);

    /** The derivative of {@link #maxPool}: the first of equals, row by row, receives dy. */
    void maxPoolBackward(Window window, View x, View y, View dy, View dx);

    /** y = the mean of the numbers that the window covers inside the image. */
    void averagePool(Window window, View x, View y);

    /** The derivative of {@link #averagePool}. */
    void averagePoolBackward(Window window, View dy, View dx);

    /** y = x at the size of y. */
    void resize(Resampling how, View x, View y);

    /** The derivative of {@link #resize}. */
    void resizeBackward(Resampling how, View dy, View dx);
}
