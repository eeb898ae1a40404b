package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Images;
import dev.unroll.backend.View;
import dev.unroll.backend.Window;

/** Numbers of images [batch, height, width, channels] made one, channel by channel. */
public final class WindowPooling {
    private WindowPooling() {}

    private static Images images() {
        return Backends.current().images();
    }

    /**
     * The largest number under the window, channel by channel; what lies beyond the edges is not
     * there. Of equals the first receives the derivative.
     *
     * @return [batch, window.rows(height), window.columns(width), channels]
     */
    public static Tensor max(Tensor x, Window window) {
        checkPool("maxPool", x, window);
        View from = Views.contiguousView(x);
        Tensor y = Tensor.allocate(ImageShape.covered("maxPool", x, window, x.dim(3)));
        images().maxPool(window, from, y.view());
        return Tape.fill(
                y,
                (dy, dx) -> {
                    View up = Views.contiguousView(dy);
                    images().maxPoolBackward(window, from, y.view(), up, dx[0].view());
                },
                x);
    }

    /**
     * The mean of the numbers under the window, channel by channel; what lies beyond the edges is
     * not counted (PyTorch's {@code count_include_pad=False}).
     *
     * @return [batch, window.rows(height), window.columns(width), channels]
     */
    public static Tensor average(Tensor x, Window window) {
        checkPool("averagePool", x, window);
        Tensor y = Tensor.allocate(ImageShape.covered("averagePool", x, window, x.dim(3)));
        images().averagePool(window, Views.contiguousView(x), y.view());
        return Tape.fill(
                y,
                (dy, dx) ->
                        images().averagePoolBackward(
                                        window, Views.contiguousView(dy), dx[0].view()),
                x);
    }

    /** The mean over all places: [batch, channels]. */
    public static Tensor globalAverage(Tensor x) {
        ImageShape.check("globalAverage", x);
        return x.reshape(x.dim(0), x.dim(1) * x.dim(2), x.dim(3)).mean(1);
    }

    /** The largest over all places: [batch, channels]; equals share the derivative. */
    public static Tensor globalMax(Tensor x) {
        ImageShape.check("globalMax", x);
        return x.reshape(x.dim(0), x.dim(1) * x.dim(2), x.dim(3)).max(1);
    }

    private static void checkPool(String name, Tensor x, Window window) {
        ImageShape.check(name, x);
        int tall = window.rowDilation() * (window.height() - 1);
        int wide = window.columnDilation() * (window.width() - 1);
        if (Math.max(window.top(), window.bottom()) > tall
                || Math.max(window.left(), window.right()) > wide) {
            throw new IllegalArgumentException(
                    "%s: a window of %d x %d must not lie beyond an edge as a whole, and %s does"
                            .formatted(name, window.height(), window.width(), window));
        }
    }
}
