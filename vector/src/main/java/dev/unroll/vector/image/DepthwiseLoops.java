package dev.unroll.vector.image;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.View;
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
     * @param at where the first place's upper left neighbour starts in x
     * @param stride distance between the neighbours of two places, in places
     * @param w [3, 3, 1, channels]
     * @param bias [channels], what the sums start at, or null: 0
     * @param to where the first place starts in y
     */
    static void nine(
            int places, View x, int at, int stride, View w, @Nullable View bias, View y, int to) {
        float[] in = floats(x.buffer());
        float[] weights = floats(w.buffer());
        float[] out = floats(y.buffer());
        int wAt = w.offset();
        int channels = x.dim(3);
        int rowStep = x.dim(2) * channels;
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s = FloatVector.zero(S);
            if (bias != null) {
                s = FloatVector.fromArray(S, floats(bias.buffer()), bias.offset() + c, lanes);
            }
            float[] sums = StridedCopy.own().sums;
            s.intoArray(sums, 0);
            int done = 0;
            if (stride == 1 && c + L <= channels) {
                done = places / 4 * 4;
                DepthwiseBlocks.fours(
                        done, in, at + c, rowStep, weights, wAt + c, sums, out, to + c, channels);
            }
            int from = at + done * stride * channels + c;
            int into = to + done * channels + c;
            int step = stride * channels;
            int width = Math.min(L, channels - c);
            DepthwiseBlocks.ones(
                    places - done,
                    in,
                    from,
                    rowStep,
                    step,
                    weights,
                    wAt + c,
                    sums,
                    out,
                    into,
                    channels,
                    width);
        }
    }

    /** sums [9, channels] += Σ dy ⊙ x over places of a line; otherwise as {@link #nine}. */
    static void slopes(
            int places, View x, int at, int stride, View dy, int dyAt, float[] sums, int to) {
        float[] in = floats(x.buffer());
        float[] d = floats(dy.buffer());
        int channels = x.dim(3);
        int rowStep = x.dim(2) * channels;
        for (int c = 0; c < channels; c += L) {
            int done = 0;
            if (stride == 1 && c + L <= channels) {
                done = places / 2 * 2;
                DepthwiseBlocks.pairs(
                        done, in, at + c, rowStep, d, dyAt + c, sums, to + c, channels);
            }
            int from = at + done * stride * channels + c;
            int up = dyAt + done * channels + c;
            int step = stride * channels;
            int width = Math.min(L, channels - c);
            DepthwiseBlocks.singles(
                    places - done, in, from, rowStep, step, d, up, sums, to + c, channels, width);
        }
    }
}
