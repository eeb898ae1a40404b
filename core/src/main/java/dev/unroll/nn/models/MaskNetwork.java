package dev.unroll.nn.models;

import dev.unroll.backend.Resampling;
import dev.unroll.backend.Window;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.image.ConvolutionBlock;
import dev.unroll.nn.image.TemporalMemory;
import dev.unroll.tensor.Resizing;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.WindowPooling;
import java.util.ArrayList;
import java.util.List;

/**
 * A mask for each frame of a clip whose first mask is given: convolutions that make a frame small
 * and deep, a memory between frames, and convolutions that make it large again, each with the
 * features of its size beside it (Ronneberger et al. 2015; with a recurrent state between, Xu et
 * al. 2018). A network with a memory also sees the frame before and the mask found for it (Perazzi
 * et al. 2017); one without sees each frame alone.
 *
 * @param down each halves the sides
 * @param deep at the smallest size
 * @param memory at the smallest size
 * @param up each doubles the sides; the deepest first
 * @param head from the last features to one logit per pixel, at half the frame's size
 */
public record MaskNetwork<S>(
        List<ConvolutionBlock> down,
        ConvolutionBlock deep,
        TemporalMemory<S> memory,
        List<ConvolutionBlock> up,
        Convolution head)
        implements Model {
    /** The number of times that the sides are halved. */
    public static final int HALVINGS = 3;

    /** Sides are multiples of this. */
    public static final int STEP = 1 << HALVINGS;

    /** Channels at the smallest size, for each at the largest. */
    public static final int DEEPEST = 4;

    public MaskNetwork {
        down = List.copyOf(down);
        up = List.copyOf(up);
    }

    /**
     * A network around a memory.
     *
     * @param channels at half the frame's size, a multiple of 4; four times as many at an eighth
     */
    public static <S> MaskNetwork<S> of(TemporalMemory<S> memory, int channels, Seed seed) {
        int in = memory.remembers() ? 7 : 3; // the frame; the frame before and its mask
        int deepest = DEEPEST * channels;
        return new MaskNetwork<>(
                List.of(
                        ConvolutionBlock.of(in, channels, 2, seed.at("down").at(0)),
                        ConvolutionBlock.of(channels, 2 * channels, 2, seed.at("down").at(1)),
                        ConvolutionBlock.of(2 * channels, deepest, 2, seed.at("down").at(2))),
                ConvolutionBlock.of(deepest, deepest, 1, seed.at("deep")),
                memory,
                List.of(
                        ConvolutionBlock.of(6 * channels, 2 * channels, 1, seed.at("up").at(0)),
                        ConvolutionBlock.of(3 * channels, channels, 1, seed.at("up").at(1))),
                Convolution.of(channels, 1, Window.square(3).padding(1), seed.at("head")));
    }

    /**
     * The state between two frames.
     *
     * @param frame the one before, [batch, height, width, 3]
     * @param mask of the one before, [batch, height, width, 1], 0 to 1
     * @param memory of those before
     */
    public record Past<S>(Tensor frame, Tensor mask, S memory) {}

    /**
     * A frame's answer.
     *
     * @param logits [batch, height, width, 1], above 0 where the object is
     * @param past for the next frame
     */
    public record Answer<S>(Tensor logits, Past<S> past) {}

    /**
     * Looks at the first frames and their masks.
     *
     * @param frames [batch, height, width, 3], sides multiples of {@value #STEP}
     * @param masks [batch, height, width, 1], 0 or 1
     */
    public Past<S> begin(Tensor frames, Tensor masks, Mode mode) {
        if (frames.rank() != 4
                || frames.dim(3) != 3
                || frames.dim(1) % STEP != 0
                || frames.dim(2) % STEP != 0
                || masks.size() * 3 != frames.size()) {
            throw new IllegalArgumentException(
                    ("masks: frames are [batch, height, width, 3] with sides that are multiples of"
                                    + " %d, and masks [batch, height, width, 1], not %s and %s")
                            .formatted(STEP, frames.shape(), masks.shape()));
        }
        S start = memory.start(frames.dim(0), frames.dim(1) / STEP, frames.dim(2) / STEP);
        Past<S> before = new Past<>(frames, masks, start);
        List<Tensor> features = features(frames, before);
        S after = memory.read(features.getLast(), start, mode).after();
        return new Past<>(frames, masks, memory.write(features.getLast(), small(masks), after));
    }

    /** Looks at the next frames, [batch, height, width, 3]. */
    public Answer<S> next(Tensor frames, Past<S> before, Mode mode) {
        List<Tensor> features = features(frames, before);
        TemporalMemory.Read<S> read = memory.read(features.getLast(), before.memory(), mode);
        Tensor x = read.features();
        for (int i = 0; i < up.size(); i++) {
            Tensor beside = features.get(up.size() - 1 - i);
            Tensor larger = Resizing.upsample(x, Resampling.NEAREST, 2);
            x = up.get(i).forward(Tensor.concat(3, larger, beside));
        }
        Tensor logits = Resizing.upsample(head.forward(x), Resampling.BILINEAR, 2);
        Tensor mask = logits.sigmoid();
        S after = memory.write(features.getLast(), small(mask), read.after());
        return new Answer<>(logits, new Past<>(frames, mask, after));
    }

    /** Features at half, a quarter and an eighth of the frame's size. */
    private List<Tensor> features(Tensor frames, Past<S> before) {
        Tensor x =
                memory.remembers()
                        ? Tensor.concat(3, frames, before.frame(), before.mask())
                        : frames;
        List<Tensor> features = new ArrayList<>();
        for (ConvolutionBlock block : down) {
            x = block.forward(x);
            features.add(x);
        }
        features.set(features.size() - 1, deep.forward(x));
        return features;
    }

    /** A mask at the features' size: how much of each place belongs to the object. */
    private static Tensor small(Tensor mask) {
        return WindowPooling.average(mask, Window.square(STEP).stride(STEP));
    }

    /**
     * Half cross-entropy of each place, half overlap of all: 1 − (2·Σpy + 1)/(Σp + Σy + 1)
     * (Milletari et al. 2016, eq. 3), since most of a frame is not the object.
     *
     * @param logits of any shape
     * @param truth as many, 0 or 1
     */
    public static Tensor loss(Tensor logits, Tensor truth) {
        // −y·log σ(z) − (1 − y)·log(1 − σ(z)) without overflow
        Tensor entropy =
                logits.relu()
                        .minus(logits.times(truth))
                        .plus(logits.abs().negate().exp().plus(1).log())
                        .mean();
        Tensor p = logits.sigmoid();
        Tensor both = p.times(truth).sum().times(2).plus(1);
        Tensor all = p.sum().plus(truth.sum()).plus(1);
        return entropy.plus(both.dividedBy(all).negate().plus(1));
    }
}
