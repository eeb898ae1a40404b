package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.elementwise.PixelLoops.Pixels;
import java.util.Arrays;

/**
 * Group norm in passes along the channels. Sums are taken for each channel over fixed blocks of
 * places, then over the blocks in order, then over the channels of a group, so threads change no
 * bit.
 */
record VectorGroupNorm(Workers workers) {
    /** Numbers of a block of the sums over places. */
    private static final int BLOCK = 1 << 14;

    /** Sums over one block of places of one item. */
    @FunctionalInterface
    private interface Block {
        /**
         * @param item number of the item
         * @param at place of the first number, counted from the start
         * @param places number of places
         * @param sums where to add, 0 at first; a further kind of sum lies {@code channels} on
         */
        void add(int item, int at, int places, float[] sums, int to);
    }

    void forward(View x, View gain, View bias, float epsilon, View y, View mean, View inverse) {
        float[] means = floats(mean.buffer());
        float[] inverses = floats(inverse.buffer());
        int channels = x.dim(2);
        int groups = mean.dim(1);
        int width = channels / Math.max(1, groups);
        double n = (double) x.dim(1) * width;
        float[] scale = new float[x.dim(0) * channels];
        float[] shift = new float[x.dim(0) * channels];
        double[] sums =
                sums(
                        x,
                        1,
                        (item, at, places, to, toAt) ->
                                PixelLoops.sum(Pixels.of(x, at, places), to, toAt));
        for (int i = 0; i < mean.size(); i++) {
            float centre = (float) (group(sums, i, width) / n);
            means[mean.offset() + i] = centre;
            Arrays.fill(shift, i * width, (i + 1) * width, centre);
        }
        double[] squares =
                sums(
                        x,
                        1,
                        (item, at, places, to, toAt) ->
                                PixelLoops.squares(
                                        Pixels.of(x, at, places),
                                        shift,
                                        item * channels,
                                        to,
                                        toAt));
        float[] g = floats(gain.buffer());
        float[] b = floats(bias.buffer());
        for (int i = 0; i < mean.size(); i++) {
            double r = 1 / Math.sqrt(group(squares, i, width) / n + epsilon);
            inverses[inverse.offset() + i] = (float) r;
            for (int j = i * width; j < (i + 1) * width; j++) {
                int c = j % channels;
                scale[j] = (float) (r * g[gain.offset() + c]);
                shift[j] = Math.fma(-means[mean.offset() + i], scale[j], b[bias.offset() + c]);
            }
        }
        blocks(
                x,
                (item, at, places, none, zero) ->
                        PixelLoops.affine(
                                Pixels.of(x, at, places),
                                scale,
                                shift,
                                item * channels,
                                Pixels.of(y, at, places)));
    }

    void backward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias) {
        float[] g = floats(gain.buffer());
        int channels = x.dim(2);
        int width = channels / Math.max(1, mean.dim(1));
        int all = x.dim(0) * channels;
        double n = (double) x.dim(1) * width;
        float[] centre = new float[all];
        for (int j = 0; j < all; j++) {
            centre[j] = floats(mean.buffer())[mean.offset() + j / width];
        }
        double[] sums =
                sums(
                        x,
                        2,
                        (item, at, places, to, toAt) ->
                                PixelLoops.slopes(
                                        Pixels.of(x, at, places),
                                        Pixels.of(dy, at, places),
                                        centre,
                                        item * channels,
                                        to,
                                        toAt));
        // dx = a·dy + b·x + c for each channel of each item
        float[] a = new float[all];
        float[] b = new float[all];
        float[] c = new float[all];
        double[] toGain = new double[channels];
        double[] toBias = new double[channels];
        for (int i = 0; i < mean.size(); i++) {
            double m = centre[i * width];
            double r = floats(inverse.buffer())[inverse.offset() + i];
            double sum = 0;
            double dot = 0;
            for (int j = i * width; j < (i + 1) * width; j++) {
                int channel = j % channels;
                toBias[channel] += sums[j];
                toGain[channel] += sums[all + j] * r;
                sum += sums[j] * g[gain.offset() + channel];
                dot += sums[all + j] * r * g[gain.offset() + channel];
            }
            for (int j = i * width; j < (i + 1) * width; j++) {
                a[j] = (float) (r * g[gain.offset() + j % channels]);
                b[j] = (float) (-r * r * dot / n);
                c[j] = (float) (-r * sum / n + r * r * dot / n * m);
            }
        }
        for (int j = 0; j < channels; j++) {
            floats(dgain.buffer())[dgain.offset() + j] = (float) toGain[j];
            floats(dbias.buffer())[dbias.offset() + j] = (float) toBias[j];
        }
        blocks(
                x,
                (item, at, places, none, zero) ->
                        PixelLoops.combine(
                                Pixels.of(x, at, places),
                                Pixels.of(dy, at, places),
                                a,
                                b,
                                c,
                                item * channels,
                                Pixels.of(dx, at, places)));
    }

    private static double group(double[] sums, int i, int width) {
        double sum = 0;
        for (int j = i * width; j < (i + 1) * width; j++) {
            sum += sums[j];
        }
        return sum;
    }

    private static int places(View x) {
        return Math.max(1, BLOCK / Math.max(1, x.dim(2)));
    }

    /** Sums [kinds, items, channels] over the places. */
    private double[] sums(View x, int kinds, Block block) {
        int channels = x.dim(2);
        int all = x.dim(0) * channels;
        int blocks = (x.dim(1) + places(x) - 1) / places(x);
        int size = kinds * channels;
        double[] sums = new double[kinds * all];
        ArrayBuffer room = Workspace.allocate(x.dim(0) * blocks * size);
        float[] parts = floats(room);
        workers.ranges(
                x.dim(0) * blocks,
                1,
                (from, end) -> {
                    Arrays.fill(parts, from * size, end * size, 0);
                    for (int i = from; i < end; i++) {
                        run(x, blocks, i, block, parts, i * size);
                    }
                });
        for (int i = 0; i < x.dim(0) * blocks; i++) {
            for (int kind = 0; kind < kinds; kind++) {
                int to = kind * all + i / blocks * channels;
                for (int c = 0; c < channels; c++) {
                    sums[to + c] += parts[i * size + kind * channels + c];
                }
            }
        }
        Workspace.release(room);
        return sums;
    }

    private void blocks(View x, Block block) {
        int blocks = (x.dim(1) + places(x) - 1) / places(x);
        float[] none = new float[0];
        workers.ranges(
                x.dim(0) * blocks,
                1,
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        run(x, blocks, i, block, none, 0);
                    }
                });
    }

    private static void run(View x, int blocks, int i, Block block, float[] sums, int to) {
        int item = i / blocks;
        int first = i % blocks * places(x);
        int count = Math.min(places(x), x.dim(1) - first);
        block.add(item, (item * x.dim(1) + first) * x.dim(2), count, sums, to);
    }
}
