package dev.unroll.nn.image;

import dev.unroll.backend.Window;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of convolutional recurrent cells by name, and the convolutions that they share. */
public final class ConvolutionalCells {
    private record Kind(String name, Maker maker) {}

    private static final List<Kind> KINDS =
            List.of(new Kind("lstm", ConvLstm::of), new Kind("gru", ConvGru::of));

    private ConvolutionalCells() {}

    /** Makes a cell with first weights. */
    @FunctionalInterface
    public interface Maker {
        /**
         * {@return a new cell}
         *
         * @param in channels of its input
         * @param hidden channels of its state
         * @param kernel side of its kernels, odd
         */
        ConvolutionalCell of(int in, int hidden, int kernel, Seed seed);
    }

    /** {@return the names of all kinds} */
    public static List<String> names() {
        return KINDS.stream().map(Kind::name).toList();
    }

    /**
     * {@return the kind of this name}
     *
     * @throws IllegalArgumentException if there is none; the message lists the kinds there are
     */
    public static Maker named(String name) {
        return KINDS.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .map(Kind::maker)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no convolutional cell '%s'; there are: %s"
                                                .formatted(name, String.join(", ", names()))));
    }

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
