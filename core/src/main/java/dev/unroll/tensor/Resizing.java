package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Resampling;

/** Images [batch, height, width, channels] at another size. */
public final class Resizing {
    private Resizing() {}

    /** The images at another size: [batch, height, width, channels]. */
    public static Tensor resize(Tensor x, Resampling how, int height, int width) {
        ImageShape.check("resize", x);
        if (height < 1 || width < 1 || x.dim(1) < 1 || x.dim(2) < 1) {
            throw new IllegalArgumentException(
                    "resize: %s to %d x %d: both sizes are at least 1 x 1"
                            .formatted(x.shape(), height, width));
        }
        Tensor y = Tensor.allocate(Shape.of(x.dim(0), height, width, x.dim(3)));
        Backends.current().images().resize(how, Views.contiguousView(x), y.view());
        return Tape.fill(
                y,
                (dy, dx) ->
                        Backends.current()
                                .images()
                                .resizeBackward(how, Views.contiguousView(dy), dx[0].view()),
                x);
    }

    /** The images so many times as high and wide. */
    public static Tensor upsample(Tensor x, Resampling how, int factor) {
        ImageShape.check("upsample", x);
        return resize(
                x, how, Math.multiplyExact(factor, x.dim(1)), Math.multiplyExact(factor, x.dim(2)));
    }
}
