package dev.unroll.vector.image;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.base.StridedCopy;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of 3 x 3 that meet each channel by itself, along a line of places that have all three
 * columns: the weights of a vector of channels stay in registers. Each loop is a method of its own
 * in {@link DepthwiseBlocks}, small enough for the compiler to inline all of its vector operations.
 */
final class DepthwiseLoops {
    private DepthwiseLoops() {}

    /**
     * y = start + Σ w ⊙ x over the kernel's rows and columns, for places of a line.
     *
     * @param at where the first place's upper left neighbour starts
     * @param rowStep distance between rows of x
     * @param stride distance between the neighbours of two places, in places
     * @param w [9, channels]
     * @param start [channels], or null: 0
     */
    static void nine(
            int places,
            float[] x,
            int at,
            int rowStep,
            int stride,
            float[] w,
            int wAt,
            float @Nullable [] start,
            int startAt,
            float[] y,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s = FloatVector.zero(S);
            if (start != null) {
                s = FloatVector.fromArray(S, start, startAt + c, lanes);
            }
            float[] sums = StridedCopy.own().sums;
            s.intoArray(sums, 0);
            int done = 0;
            if (stride == 1 && c + L <= channels) {
                done = places / 4 * 4;
                DepthwiseBlocks.fours(
                        done, x, at + c, rowStep, w, wAt + c, sums, y, to + c, channels);
            }
            int from = at + done * stride * channels + c;
            int into = to + done * channels + c;
            int step = stride * channels;
            int width = Math.min(L, channels - c);
            DepthwiseBlocks.ones(
                    places - done,
                    x,
                    from,
                    rowStep,
                    step,
                    w,
                    wAt + c,
                    sums,
                    y,
                    into,
                    channels,
                    width);
        }
    }

    /** sums [9, channels] += Σ dy ⊙ x over places of a line; otherwise as {@link #nine}. */
    static void slopes(
            int places,
            float[] x,
            int at,
            int rowStep,
            int stride,
            float[] dy,
            int dyAt,
            float[] sums,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            int done = 0;
            if (stride == 1 && c + L <= channels) {
                done = places / 2 * 2;
                DepthwiseBlocks.pairs(
                        done, x, at + c, rowStep, dy, dyAt + c, sums, to + c, channels);
            }
            int from = at + done * stride * channels + c;
            int up = dyAt + done * channels + c;
            int step = stride * channels;
            int width = Math.min(L, channels - c);
            DepthwiseBlocks.singles(
                    places - done, x, from, rowStep, step, dy, up, sums, to + c, channels, width);
        }
    }
}
