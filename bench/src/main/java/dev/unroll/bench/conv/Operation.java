package dev.unroll.bench.conv;

import dev.unroll.backend.Resampling;
import dev.unroll.backend.Window;
import dev.unroll.tensor.Norms;
import dev.unroll.tensor.Resizing;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.WindowPooling;
import java.util.Locale;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** An operation on images between convolutions, in both engines. */
@SuppressWarnings("ImmutableEnumChecker") // functions that keep nothing
enum Operation {
    /** The largest of two by two. */
    MAX_POOL(
            (x, gain, bias) -> WindowPooling.max(x, Window.square(2).stride(2)),
            (x, gain, bias) -> torch.max_pool2d(x, 2, 2)),
    /** The mean of three by three; what lies outside does not count. */
    AVERAGE_POOL(
            (x, gain, bias) -> WindowPooling.average(x, Window.square(3).stride(2).padding(1)),
            (x, gain, bias) ->
                    torch.avg_pool2d(
                            x,
                            new long[] {3, 3},
                            new long[] {2, 2},
                            new long[] {1, 1},
                            false,
                            false,
                            new LongOptional())),
    /** Twice as high and wide, each place four times. */
    UPSAMPLE_NEAREST(
            (x, gain, bias) -> Resizing.upsample(x, Resampling.NEAREST, 2),
            (x, gain, bias) -> torch.upsample_nearest2d(x, 2 * x.size(2), 2 * x.size(3))),
    /** Twice as high and wide, on straight lines between the places. */
    UPSAMPLE_BILINEAR(
            (x, gain, bias) -> Resizing.upsample(x, Resampling.BILINEAR, 2),
            (x, gain, bias) ->
                    torch.upsample_bilinear2d(x, new long[] {2 * x.size(2), 2 * x.size(3)}, false)),
    /** Four groups of channels of one image. */
    GROUP_NORM(
            (x, gain, bias) -> Norms.groupNorm(x, 4, gain, bias, 1e-5f),
            (x, gain, bias) ->
                    torch.group_norm(
                            x, 4, new TensorOptional(gain), new TensorOptional(bias), 1e-5, true)),
    /** Channels of a batch. */
    BATCH_NORM(
            (x, gain, bias) -> Norms.batchNorm(x, gain, bias, 1e-5f).y(),
            (x, gain, bias) ->
                    torch.batch_norm(
                            x,
                            new TensorOptional(gain),
                            new TensorOptional(bias),
                            new TensorOptional(),
                            new TensorOptional(),
                            true,
                            0.1,
                            1e-5,
                            true));

    /**
     * One engine's way to do it.
     *
     * @param <T> its tensor
     */
    @FunctionalInterface
    private interface Way<T> {
        T apply(T x, T gain, T bias);
    }

    private final Way<Tensor> ours;
    private final Way<org.bytedeco.pytorch.Tensor> theirs;

    Operation(Way<Tensor> ours, Way<org.bytedeco.pytorch.Tensor> theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /** x [batch, height, width, channels]; gain and bias [channels], for norms. */
    Tensor unroll(Tensor x, Tensor gain, Tensor bias) {
        return ours.apply(x, gain, bias);
    }

    /** x [batch, channels, height, width]; gain and bias [channels], for norms. */
    org.bytedeco.pytorch.Tensor pytorch(
            org.bytedeco.pytorch.Tensor x,
            org.bytedeco.pytorch.Tensor gain,
            org.bytedeco.pytorch.Tensor bias) {
        return theirs.apply(x, gain, bias);
    }

    /** {@return whether gain and bias matter} */
    boolean scales() {
        return this == GROUP_NORM || this == BATCH_NORM;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
