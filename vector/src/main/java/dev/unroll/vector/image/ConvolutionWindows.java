package dev.unroll.vector.image;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.gemm.Patches;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A window as {@link Patches}: what each place of the result reads, and what reads each place. */
final class ConvolutionWindows {
    private ConvolutionWindows() {}

    /**
     * The patches of x, some of its channels, from which a convolution computes each place of y.
     */
    static Patches forward(Window window, View x, int first, int channels, View y) {
        int[] down = new int[window.size()];
        int[] across = new int[window.size()];
        for (int tap = 0; tap < down.length; tap++) {
            down[tap] = tap / window.width() * window.rowDilation() - window.top();
            across[tap] = tap % window.width() * window.columnDilation() - window.left();
        }
        Patches.Moves moves = new Patches.Moves(y.dim(1), y.dim(2), window.down(), window.across());
        return patches(x, first, channels, moves, down, across);
    }

    /**
     * The places (row + i·down, column + j·across) of an image over which a window moves in
     * strides.
     *
     * @param taps those of the kernel that can stand on them, the last first: so results are read
     *     forwards
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Phase(Window window, int row, int column, int[] taps) {

        static Phase of(Window window, int row, int column) {
            int[] taps =
                    IntStream.range(0, window.size())
                            .map(tap -> window.size() - 1 - tap)
                            .filter(
                                    tap ->
                                            below(window, row, tap) % window.down() == 0
                                                    && beside(window, column, tap) % window.across()
                                                            == 0)
                            .toArray();
            return new Phase(window, row, column, taps);
        }

        private static int below(Window window, int row, int tap) {
            return row + window.top() - tap / window.width() * window.rowDilation();
        }

        private static int beside(Window window, int column, int tap) {
            return column + window.left() - tap % window.width() * window.columnDilation();
        }

        /** The patches of y, some of its channels, that these places of x contributed to. */
        Patches patches(View x, View y, int first, int channels) {
            int[] down = new int[taps.length];
            int[] across = new int[taps.length];
            for (int t = 0; t < taps.length; t++) {
                down[t] = below(window, row, taps[t]) / window.down();
                across[t] = beside(window, column, taps[t]) / window.across();
            }
            Patches.Moves moves =
                    new Patches.Moves(
                            places(x.dim(1), row, window.down()),
                            places(x.dim(2), column, window.across()),
                            1,
                            1);
            return ConvolutionWindows.patches(y, first, channels, moves, down, across);
        }
    }

    private static int places(int size, int first, int step) {
        return size <= first ? 0 : (size - first - 1) / step + 1;
    }

    private static Patches patches(
            View images, int first, int channels, Patches.Moves moves, int[] down, int[] across) {
        int step = images.dim(3);
        return new Patches(
                new Patches.Images(
                        floats(images.buffer()),
                        images.offset() + first,
                        images.dim(0),
                        images.dim(1),
                        images.dim(2),
                        step),
                channels,
                moves,
                Patches.Taps.of(down, across, channels == step));
    }

    /** Weights [taps, in, out] as [taps, out, in], of some taps and one group. */
    static float[] turned(View w, int[] taps, int firstOut, int outs, float[] turned) {
        int in = w.dim(2);
        float[] from = floats(w.buffer());
        for (int t = 0; t < taps.length; t++) {
            int at = w.offset() + taps[t] * in * w.dim(3) + firstOut;
            int to = t * outs * in;
            StridedCopy.transpose(0, outs, in, from, at, w.dim(3), turned, to, in);
        }
        return turned;
    }

    /** Clears contiguous numbers. */
    static void clear(View y) {
        Arrays.fill(floats(y.buffer()), y.offset(), y.offset() + y.size(), 0);
    }
}
