package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of images [batch, height, width, channels] and its transpose, beside their
 * derivatives. Each is the other's derivative by its input (Dumoulin and Visin 2016, chapter 4).
 */
public final class Convolutions {
    private Convolutions() {}

    /**
     * Every place of the result is the sum of the places under a {@link Window}, each times its own
     * weights. Where the weights have fewer input channels than the images, the channels fall into
     * groups, and each group of output channels sees its own group of input channels; with one
     * input channel a group the convolution is depthwise.
     *
     * @param x [batch, height, width, in]
     * @param w [kernel height, kernel width, in/groups, out]
     * @param bias [out]; none if null
     * @return [batch, window.rows(height), window.columns(width), out]
     */
    public static Tensor convolve(Tensor x, Tensor w, @Nullable Tensor bias, Window window) {
        ImageShape.check("convolve", x);
        checkWeights("convolve", w, window);
        int in = x.dim(3);
        int out = w.dim(3);
        int group = w.dim(2);
        if (group == 0 || in % group != 0 || out % (in / group) != 0) {
            throw new IllegalArgumentException(
                    ("convolve: %s with weights %s: the channels do not fall into groups of %d, as"
                                    + " many of the %d results")
                            .formatted(x.shape(), w.shape(), group, out));
        }
        checkBias("convolve", w, bias, out);
        if (window.single() && group == in) {
            Tensor matrix = w.reshape(in, out);
            return bias == null ? x.matmul(matrix) : MatMul.linear(x, matrix, bias);
        }
        Tensor y = Tensor.allocate(ImageShape.covered("convolve", x, window, out));
        View from = Views.contiguousView(x);
        View weights = Views.contiguousView(w);
        View start = bias == null ? null : Views.contiguousView(bias);
        Backends.current().images().convolve(window, from, weights, start, y.view());
        boolean input = Tape.tracks(x);
        boolean learnt = Tape.tracks(w);
        return Tape.record(
                y,
                dy -> {
                    View up = Views.contiguousView(dy);
                    return gradients(
                            input ? byInput(window, up, weights, x.shape()) : null,
                            learnt ? byWeight(window, from, up, w.shape()) : null,
                            bias == null ? null : sum(dy));
                },
                inputs(x, w, bias));
    }

    /**
     * The derivative of a convolution by its input, as an operation of its own: every place of x is
     * spread over the places under the {@link Window}, each times its own weights.
     *
     * @param x [batch, height, width, in]
     * @param w [kernel height, kernel width, out/groups, in]: of the convolution that leads back
     * @param bias [out]; none if null
     * @param height of the result: one for which window.rows(height) is x's
     * @param width of the result, likewise
     * @return [batch, height, width, out]
     */
    public static Tensor transposed(
            Tensor x,
            Tensor w,
            @Nullable Tensor bias,
            Window window,
            int groups,
            int height,
            int width) {
        ImageShape.check("transposed convolution", x);
        checkWeights("transposed convolution", w, window);
        int in = x.dim(3);
        if (w.dim(3) != in || groups < 1 || in % groups != 0) {
            throw new IllegalArgumentException(
                    "transposed convolution: %s with weights %s: %d channels in %d groups, not %d"
                            .formatted(x.shape(), w.shape(), w.dim(3), groups, in));
        }
        if (window.rows(height) != x.dim(1) || window.columns(width) != x.dim(2)) {
            throw new IllegalArgumentException(
                    "transposed convolution: %s to %d x %d: that size leads back to %d x %d"
                            .formatted(
                                    x.shape(),
                                    height,
                                    width,
                                    window.rows(height),
                                    window.columns(width)));
        }
        int out = Math.multiplyExact(w.dim(2), groups);
        checkBias("transposed convolution", w, bias, out);
        View from = Views.contiguousView(x);
        View weights = Views.contiguousView(w);
        Shape shape = Shape.of(x.dim(0), height, width, out);
        Tensor y = byInput(window, from, weights, shape);
        boolean input = Tape.tracks(x);
        boolean learnt = Tape.tracks(w);
        Tensor spread =
                Tape.record(
                        y,
                        dy -> {
                            View up = Views.contiguousView(dy);
                            Tensor dx = input ? Tensor.allocate(x.shape()) : null;
                            if (dx != null) {
                                Backends.current()
                                        .images()
                                        .convolve(window, up, weights, null, dx.view());
                            }
                            return new @Nullable Tensor[] {
                                dx, learnt ? byWeight(window, up, from, w.shape()) : null
                            };
                        },
                        x,
                        w);
        return bias == null ? spread : spread.plus(bias);
    }

    private static Tensor byInput(Window window, View dy, View w, Shape shape) {
        Tensor dx = Tensor.allocate(shape);
        Backends.current().images().convolveInput(window, dy, w, dx.view());
        return dx;
    }

    private static Tensor byWeight(Window window, View x, View dy, Shape shape) {
        Tensor dw = Tensor.allocate(shape);
        Backends.current().images().convolveWeight(window, x, dy, dw.view());
        return dw;
    }

    private static Tensor sum(Tensor dy) {
        return dy.reshape(-1, dy.dim(3)).sum(0);
    }

    private static @Nullable Tensor[] gradients(
            @Nullable Tensor dx, @Nullable Tensor dw, @Nullable Tensor dbias) {
        return dbias == null
                ? new @Nullable Tensor[] {dx, dw}
                : new @Nullable Tensor[] {dx, dw, dbias};
    }

    private static Tensor[] inputs(Tensor x, Tensor w, @Nullable Tensor bias) {
        return bias == null ? new Tensor[] {x, w} : new Tensor[] {x, w, bias};
    }

    private static void checkWeights(String name, Tensor w, Window window) {
        if (w.rank() != 4 || w.dim(0) != window.height() || w.dim(1) != window.width()) {
            throw new IllegalArgumentException(
                    "%s: weights %s: a kernel of %d x %d needs [%d, %d, in/groups, out]"
                            .formatted(
                                    name,
                                    w.shape(),
                                    window.height(),
                                    window.width(),
                                    window.height(),
                                    window.width()));
        }
    }

    private static void checkBias(String name, Tensor w, @Nullable Tensor bias, int out) {
        if (bias != null && (bias.rank() != 1 || bias.dim(0) != out)) {
            throw new IllegalArgumentException(
                    "%s: weights %s with bias %s: the bias is [%d]"
                            .formatted(name, w.shape(), bias.shape(), out));
        }
    }
}
