package dev.unroll.nn.image;

import dev.unroll.backend.Window;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.GroupNorm;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A small convolutional network: stages that each halve the image and widen its rows, with a way
 * around a second convolution (He et al. 2016), and group norm, which knows nothing of other images
 * (Wu and He 2018). Its units are smooth: silu(x) = x·σ(x) (Elfwing et al. 2018).
 *
 * @param first sees the image itself
 * @param stages the first sees the finest grid
 * @param dropout on the cells' rows
 */
public record ConvolutionalEncoder(Convolution first, List<Stage> stages, Dropout dropout)
        implements ImageEncoder {
    private static final Window KERNEL = Window.square(3).padding(1);

    public ConvolutionalEncoder {
        stages = List.copyOf(stages);
    }

    /**
     * <pre>
     *   y = silu(norm(halve(x)))       out = silu(y + norm(again(y)))
     * </pre>
     */
    public record Stage(Convolution halve, GroupNorm norm, Convolution again, GroupNorm normAgain) {

        static Stage of(int in, int out, Seed seed) {
            return new Stage(
                    Convolution.withoutBias(in, out, KERNEL.stride(2), seed.at("halve")),
                    GroupNorm.of(groups(out), out),
                    Convolution.withoutBias(out, out, KERNEL, seed.at("again")),
                    GroupNorm.of(groups(out), out));
        }

        /** x [batch, height, width, in] gives [batch, height/2, width/2, out]. */
        Tensor forward(Tensor x) {
            Tensor y = norm.forward(halve.forward(x)).silu();
            return y.plus(normAgain.forward(again.forward(y))).silu();
        }

        /** Groups of eight channels where that is possible. */
        private static int groups(int channels) {
            return channels % 8 == 0 ? channels / 8 : 1;
        }
    }

    /**
     * An encoder whose stages double their channels.
     *
     * @param channels of an image
     * @param width of the rows that come out; the first of several stages has a part of it
     * @param stages how often the image is halved, at least 1
     */
    public static ConvolutionalEncoder of(
            int channels, int width, int stages, double dropout, Seed seed) {
        if (width >> (stages - 1) < 1) {
            throw new IllegalArgumentException(
                    "a width of %d cannot be halved %d times".formatted(width, stages - 1));
        }
        int in = Math.max(1, width >> (stages - 1));
        Convolution first = Convolution.of(channels, in, KERNEL, seed.at("first"));
        List<Stage> all = new ArrayList<>();
        for (int s = 0; s < stages; s++) {
            int out = width >> (stages - 1 - s);
            all.add(Stage.of(in, out, seed.at(s)));
            in = out;
        }
        return new ConvolutionalEncoder(first, all, Dropout.of(dropout, seed.at("dropout")));
    }

    @Override
    public Sequences forward(Tensor images, Mode mode) {
        Tensor x = first.forward(images).silu();
        for (Stage stage : stages) {
            x = stage.forward(x);
        }
        int cells = x.dim(1) * x.dim(2);
        Sequences rows =
                new Sequences(x.reshape(x.dim(0) * cells, width()), Layout.even(x.dim(0), cells));
        return dropout.forward(rows, mode);
    }

    @Override
    public int width() {
        return stages.getLast().again().out();
    }

    @Override
    public int cells(int side) {
        int cells = side;
        for (int s = 0; s < stages.size(); s++) {
            cells = (cells + 1) / 2;
        }
        return cells;
    }
}
