package dev.unroll.vector.image;

import dev.unroll.backend.Images;
import dev.unroll.backend.Resampling;
import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.VectorProducts;
import org.jspecify.annotations.Nullable;

/** Convolution, pooling and resampling in vectors. */
public record VectorImages(
        DepthwiseConvolution depthwise,
        VectorConvolution convolution,
        VectorPooling pooling,
        VectorResizing resizing)
        implements Images {

    public VectorImages(Workers workers, VectorProducts products) {
        this(
                new DepthwiseConvolution(workers),
                new VectorConvolution(workers, products),
                new VectorPooling(workers),
                new VectorResizing(workers));
    }

    @Override
    public void convolve(Window window, View x, View w, @Nullable View bias, View y) {
        if (y.size() == 0) {
            return;
        }
        if (DepthwiseConvolution.is(x, w)) {
            depthwise.convolve(window, x, w, bias, y);
        } else {
            convolution.convolve(window, x, w, bias, y);
        }
    }

    @Override
    public void convolveInput(Window window, View dy, View w, View dx) {
        if (dx.size() == 0) {
            return;
        }
        if (DepthwiseConvolution.is(dx, w)) {
            depthwise.input(window, dy, w, dx);
        } else {
            convolution.input(window, dy, w, dx);
        }
    }

    @Override
    public void convolveWeight(Window window, View x, View dy, View dw) {
        if (dw.size() == 0) {
            return;
        }
        if (DepthwiseConvolution.is(x, dw)) {
            depthwise.weight(window, x, dy, dw);
        } else {
            convolution.weight(window, x, dy, dw);
        }
    }

    @Override
    public void maxPool(Window window, View x, View y) {
        pooling.max(window, x, y);
    }

    @Override
    public void maxPoolBackward(Window window, View x, View y, View dy, View dx) {
        pooling.maxBackward(window, x, y, dy, dx);
    }

    @Override
    public void averagePool(Window window, View x, View y) {
        pooling.average(window, x, y);
    }

    @Override
    public void averagePoolBackward(Window window, View dy, View dx) {
        pooling.averageBackward(window, dy, dx);
    }

    @Override
    public void resize(Resampling how, View x, View y) {
        resizing.forward(how, x, y);
    }

    @Override
    public void resizeBackward(Resampling how, View dy, View dx) {
        resizing.backward(how, dy, dx);
    }
}
