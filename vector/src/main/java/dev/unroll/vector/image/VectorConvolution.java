package dev.unroll.vector.image;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.ColumnSums;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.Gemm;
import dev.unroll.vector.gemm.GemmScratch;
import dev.unroll.vector.gemm.LhsOperand;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.PatchColumns;
import dev.unroll.vector.gemm.Patches;
import dev.unroll.vector.gemm.VectorProducts;
import dev.unroll.vector.image.ConvolutionWindows.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions as products of {@link Patches}, which are unfolded only into the blocks that a
 * product packs anyway. The derivative by the input is a convolution of its own for each place
 * within a stride, so that no zeros are multiplied and no two threads add to one place.
 */
record VectorConvolution(Workers workers, VectorProducts products) {
    /** Weights up to which every part of the images may have a sum of its own. */
    private static final int FEW_WEIGHTS = 1 << 17;

    /** Most parts. */
    private static final int PARTS = 8;

    void convolve(Window window, View x, View w, @Nullable View bias, View y) {
        int in = w.dim(2);
        int groups = x.dim(3) / in;
        int out = w.dim(3) / groups;
        for (int g = 0; g < groups; g++) {
            Patches patches = ConvolutionWindows.forward(window, x, g * in, in, y);
            Matrix result = group(y, g * out, out);
            Matrix start =
                    bias == null
                            ? null
                            : new Matrix(
                                    floats(bias.buffer()),
                                    bias.offset() + g * out,
                                    result.rows(),
                                    out,
                                    0,
                                    1);
            LhsOperand left = window.single() ? group(x, g * in, in) : patches;
            multiply(left, weights(w, g * out, out), result, start);
        }
    }

    void input(Window window, View dy, View w, View dx) {
        for (int row = 0; row < Math.min(window.down(), dx.dim(1)); row++) {
            for (int column = 0; column < Math.min(window.across(), dx.dim(2)); column++) {
                Phase phase = Phase.of(window, row, column);
                for (int g = 0; g < dx.dim(3) / w.dim(2); g++) {
                    input(phase, dy, w, dx, g);
                }
            }
        }
    }

    /** Few channels are computed as scalar products: tiles of {@link Gemm} would be half empty. */
    private void multiply(LhsOperand left, Matrix weights, Matrix result, @Nullable Matrix start) {
        if (left instanceof Patches patches && NarrowConvolution.are(patches, result.columns())) {
            new NarrowConvolution(workers).multiply(patches, weights, result, start);
        } else {
            products.spread(new Gemm(left, weights, null, result, start));
        }
    }

    /** The places of dx from one on in strides, the channels of one group. */
    private void input(Phase phase, View dy, View w, View dx, int g) {
        Window window = phase.window();
        int in = w.dim(2);
        int out = w.dim(3) / (dx.dim(3) / in);
        int[] taps = phase.taps();
        Patches patches = phase.patches(dx, dy, g * out, out);
        ArrayBuffer room = Workspace.allocate(Math.max(1, taps.length * out * in));
        float[] turned = ConvolutionWindows.turned(w, taps, g * out, out, floats(room));
        Matrix weights = new Matrix(turned, 0, taps.length * out, in, in, 1);
        if (window.down() == 1 && window.across() == 1) {
            LhsOperand left = window.single() ? group(dy, g * out, out) : patches;
            multiply(left, weights, group(dx, g * in, in), null);
        } else {
            ArrayBuffer some = Workspace.allocate(patches.rows() * in);
            Matrix result = new Matrix(floats(some), 0, patches.rows(), in, in, 1);
            multiply(patches, weights, result, null);
            scatter(phase, patches.moves(), floats(some), dx, g * in, in);
            Workspace.release(some);
        }
        Workspace.release(room);
    }

    private void scatter(
            Phase phase, Patches.Moves moves, float[] some, View dx, int first, int in) {
        Window window = phase.window();
        float[] out = floats(dx.buffer());
        int width = dx.dim(3);
        workers.ranges(
                dx.dim(0) * moves.rows(),
                Math.max(1, (1 << 14) / Math.max(1, moves.columns() * in)),
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int item = i / moves.rows();
                        int y = i % moves.rows() * window.down() + phase.row();
                        int to = (item * dx.dim(1) + y) * dx.dim(2) + phase.column();
                        for (int n = 0; n < moves.columns(); n++) {
                            int at = (i * moves.columns() + n) * in;
                            int place = to + n * window.across();
                            int start = dx.offset() + place * width + first;
                            System.arraycopy(some, at, out, start, in);
                        }
                    }
                });
    }

    void weight(Window window, View x, View dy, View dw) {
        int in = dw.dim(2);
        int groups = x.dim(3) / in;
        int out = dw.dim(3) / groups;
        for (int g = 0; g < groups; g++) {
            Patches patches = ConvolutionWindows.forward(window, x, g * in, in, dy);
            Matrix up = group(dy, g * out, out);
            Matrix result = weights(dw, g * out, out);
            if (window.single()) {
                Matrix left = group(x, g * in, in).transposed();
                products.spread(new Gemm(left, up, null, result, null));
            } else {
                weight(patches, up, result);
            }
        }
    }

    /** With few weights, a sum of its own for each part of the places; then their sum, in order. */
    private void weight(Patches patches, Matrix dy, Matrix dw) {
        int places = patches.rows();
        int size = dw.rows() * dw.columns();
        int parts = size > FEW_WEIGHTS ? 1 : Math.clamp(places / (2 * GemmScratch.DEPTH), 1, PARTS);
        if (parts == 1 && !NarrowConvolution.are(patches, dw.columns())) {
            products.spread(new Gemm(new PatchColumns(patches, 0, places), dy, null, dw, null));
            return;
        }
        ArrayBuffer room = Workspace.allocate(parts * size);
        float[] sums = floats(room);
        workers.run(
                parts,
                p -> {
                    int from = (int) ((long) places * p / parts);
                    int count = (int) ((long) places * (p + 1) / parts) - from;
                    if (NarrowConvolution.are(patches, dw.columns())) {
                        NarrowConvolution.weights(patches, dy, from, count, sums, p * size);
                        return;
                    }
                    Matrix sum =
                            new Matrix(sums, p * size, dw.rows(), dw.columns(), dw.columns(), 1);
                    new Gemm(
                                    new PatchColumns(patches, from, count),
                                    dy.rows(from, count),
                                    null,
                                    sum,
                                    null)
                            .rectangle(0, dw.rows(), 0, dw.columns());
                });
        for (int i = 0; i < dw.rows(); i++) {
            int at = i * dw.columns();
            ColumnSums.sum(sums, at, size, parts, dw.columns(), dw.data(), dw.index(i, 0));
        }
        Workspace.release(room);
    }

    /** Some channels of all places. */
    private static Matrix group(View y, int first, int channels) {
        int width = y.dim(3);
        int places = y.dim(0) * y.dim(1) * y.dim(2);
        return new Matrix(floats(y.buffer()), y.offset() + first, places, channels, width, 1);
    }

    /** [taps·in, out] of one group. */
    private static Matrix weights(View w, int first, int channels) {
        int rows = w.dim(0) * w.dim(1) * w.dim(2);
        return new Matrix(floats(w.buffer()), w.offset() + first, rows, channels, w.dim(3), 1);
    }
}
