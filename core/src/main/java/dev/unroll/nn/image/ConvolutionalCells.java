package dev.unroll.nn.image;

import dev.unroll.backend.Window;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Parameter;
import org.jspecify.annotations.Nullable;

/** The convolutions of {@link ConvLstm} and {@link ConvGru}. */
final class ConvolutionalCells {
    private ConvolutionalCells() {}

    /**
     * {@return a convolution that keeps an image's size, with weights evenly from ±1/√(places of
     * the kernel · hidden)}
     *
     * @param kernel its side, odd
     * @param out channels
     * @param bias [out]; none if null
     */
    static Convolution convolution(
            int kernel, int in, int out, int hidden, @Nullable Parameter bias, Seed seed) {
        Window window = Window.square(kernel).same();
        double bound = 1 / Math.sqrt((double) window.size() * hidden);
        return new Convolution(seed.uniform(bound, kernel, kernel, in, out), bias, window, 1);
    }

    /**
     * Refuses a convolution that would change the size of the state, so that a step could not
     * follow another.
     *
     * @param name of the cell, for the message
     * @param out channels that are needed
     */
    static void requireSameSize(String name, Convolution convolution, int out) {
        Window window = convolution.window();
        boolean keeps = window.rows(window.height()) == window.height();
        keeps &= window.columns(window.width()) == window.width();
        keeps &= window.down() == 1 && window.across() == 1;
        if (convolution.out() != out || !keeps) {
            throw new IllegalArgumentException(
                    "%s: %d channels through %s; %d are needed, and the image keeps its size"
                            .formatted(name, convolution.out(), window, out));
        }
    }
}
