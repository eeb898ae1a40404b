package dev.unroll.nn.image;

import dev.unroll.backend.Window;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.GroupNorm;
import dev.unroll.tensor.Tensor;

/**
 * A convolution, a norm and SiLU (Ramachandran et al. 2017).
 *
 * @param convolution without bias
 * @param norm by groups of channels
 */
public record ConvolutionBlock(Convolution convolution, GroupNorm norm) {
    /** Channels that are normed together. */
    private static final int GROUP = 4;

    /** A kernel of 3 x 3 that moves by a stride; channels that come out are a multiple of 4. */
    public static ConvolutionBlock of(int in, int out, int stride, Seed seed) {
        Window window = Window.square(3).padding(1).stride(stride);
        return new ConvolutionBlock(
                Convolution.withoutBias(in, out, window, seed.at("convolution")),
                GroupNorm.of(out / GROUP, out));
    }

    /** x [batch, height, width, in] gives [batch, height/stride, width/stride, out]. */
    public Tensor forward(Tensor x) {
        return norm.forward(convolution.forward(x)).silu();
    }
}
