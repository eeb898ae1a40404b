package dev.unroll.nn.image;

import dev.unroll.backend.Window;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Convolutions;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Every place of the result is a linear function of the places of the image under a window, the
 * same function everywhere (LeCun et al. 1989).
 *
 * @param weight [kernel height, kernel width, in/groups, out]
 * @param bias [out]; none if null
 * @param window kernel, strides, padding and dilation
 * @param groups each group of output channels sees its own group of input channels
 */
public record Convolution(Parameter weight, @Nullable Parameter bias, Window window, int groups) {

    public Convolution {
        if (weight.shape().rank() != 4
                || weight.shape().dim(0) != window.height()
                || weight.shape().dim(1) != window.width()) {
            throw new IllegalArgumentException(
                    "convolution: weights %s for a kernel of %d x %d"
                            .formatted(weight.shape(), window.height(), window.width()));
        }
        if (groups < 1 || weight.shape().dim(3) % groups != 0) {
            throw new IllegalArgumentException(
                    "convolution: %d channels out in %d groups; the groups must be equal"
                            .formatted(weight.shape().dim(3), groups));
        }
    }

    /** Weights evenly from ±√(6/inputs of a place) (He et al. 2015, eq. 10), bias 0. */
    public static Convolution of(int in, int out, Window window, Seed seed) {
        return grouped(in, out, window, 1, seed);
    }

    /** A convolution without bias, for where a norm follows. */
    public static Convolution withoutBias(int in, int out, Window window, Seed seed) {
        return new Convolution(of(in, out, window, seed).weight, null, window, 1);
    }

    /** A convolution in groups of channels, with bias. */
    public static Convolution grouped(int in, int out, Window window, int groups, Seed seed) {
        if (groups < 1 || in < 1 || in % groups != 0) {
            throw new IllegalArgumentException(
                    "convolution: %d channels in %d groups; the groups must be equal"
                            .formatted(in, groups));
        }
        int group = in / groups;
        double bound = Math.sqrt(6.0 / (window.size() * group));
        return new Convolution(
                seed.at("weight").uniform(bound, window.height(), window.width(), group, out),
                Parameter.full(0, out),
                window,
                groups);
    }

    /** Each channel by itself: one kernel a channel. */
    public static Convolution depthwise(int channels, Window window, Seed seed) {
        return grouped(channels, channels, window, channels, seed);
    }

    /** x [batch, height, width, in] gives [batch, window rows, window columns, out]. */
    public Tensor forward(Tensor x) {
        if (x.rank() != 4 || x.dim(3) != in()) {
            throw new IllegalArgumentException(
                    "convolution: images are [batch, height, width, %d], not %s"
                            .formatted(in(), x.shape()));
        }
        return Convolutions.convolve(x, weight.value(), bias == null ? null : bias.value(), window);
    }

    /** Channels of an image. */
    public int in() {
        return weight.shape().dim(2) * groups;
    }

    /** Channels of the result. */
    public int out() {
        return weight.shape().dim(3);
    }
}
