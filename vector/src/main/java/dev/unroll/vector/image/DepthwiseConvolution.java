package dev.unroll.vector.image;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.ColumnSums;
import dev.unroll.vector.base.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Convolutions of each channel by itself: no product, and vectors run along the channels. */
record DepthwiseConvolution(Workers workers) {
    /** Multiplications that are worth a thread. */
    private static final int LEAST = 1 << 14;

    /** Lines of the result that a sum of its own is worth. */
    private static final int LINES = 16;

    /** Most sums of their own. */
    private static final int PARTS = 8;

    static boolean is(View x, View w) {
        return w.dim(2) == 1 && w.dim(3) == x.dim(3);
    }

    void convolve(Window window, View x, View w, @Nullable View bias, View y) {
        lines(
                y,
                window,
                (from, end) -> {
                    WindowTaps covered = new WindowTaps(window, x);
                    for (int line = from; line < end; line++) {
                        Inside inside = Inside.of(window, x, y, line);
                        if (inside.count > 0) {
                            int to = place(y, line, inside.first);
                            DepthwiseLoops.nine(
                                    inside.count, x, inside.at, window.across(), w, bias, y, to);
                        }
                        for (int n = 0; n < y.dim(2); n++) {
                            if (n < inside.first || n >= inside.first + inside.count) {
                                covered.under(line, y.dim(1), n);
                                weighted(covered, x, w, bias, y, place(y, line, n));
                            }
                        }
                    }
                });
    }

    /**
     * The places of a line whose whole kernel of 3 x 3 lies inside the image.
     *
     * @param first column of the first
     * @param count number of places
     * @param at where the upper left neighbour of the first starts
     */
    private record Inside(int first, int count, int at) {

        static Inside of(Window window, View x, View y, int line) {
            int top = line % y.dim(1) * window.down() - window.top();
            boolean small = window.height() == 3 && window.width() == 3;
            boolean close = window.rowDilation() == 1 && window.columnDilation() == 1;
            if (!small || !close || top < 0 || top + 3 > x.dim(1)) {
                return new Inside(0, 0, 0);
            }
            int first = (window.left() + window.across() - 1) / window.across();
            int end = Math.floorDiv(x.dim(2) - 3 + window.left(), window.across()) + 1;
            int count = Math.max(0, Math.min(end, y.dim(2)) - first);
            int row = line / y.dim(1) * x.dim(1) + top;
            int column = first * window.across() - window.left();
            return new Inside(first, count, x.offset() + (row * x.dim(2) + column) * x.dim(3));
        }
    }

    /** Where a place of a line starts. */
    private static int place(View y, int line, int column) {
        return y.offset() + (line * y.dim(2) + column) * y.dim(3);
    }

    /** Where the kernel moves by one, this is a convolution with the kernel turned round. */
    private void turned(Window window, View dy, View w, View dx) {
        int size = window.size();
        int channels = w.dim(3);
        ArrayBuffer room = Workspace.allocate(size * channels);
        for (int tap = 0; tap < size; tap++) {
            int from = w.offset() + tap * channels;
            int to = (size - 1 - tap) * channels;
            System.arraycopy(floats(w.buffer()), from, floats(room), to, channels);
        }
        int tall = window.rowDilation() * (window.height() - 1);
        int wide = window.columnDilation() * (window.width() - 1);
        Window back =
                window.padding(
                        tall - window.top(),
                        tall - window.bottom(),
                        wide - window.left(),
                        wide - window.right());
        convolve(back, dy, View.of(room, w.dims()), null, dx);
        Workspace.release(room);
    }

    /** {@return whether no padding is wider than the kernel, so that the turned kernel has some} */
    private static boolean turns(Window window) {
        int tall = window.rowDilation() * (window.height() - 1);
        int wide = window.columnDilation() * (window.width() - 1);
        return window.down() == 1
                && window.across() == 1
                && Math.max(window.top(), window.bottom()) <= tall
                && Math.max(window.left(), window.right()) <= wide;
    }

    void input(Window window, View dy, View w, View dx) {
        if (turns(window)) {
            turned(window, dy, w, dx);
            return;
        }
        lines(
                dx,
                window,
                (from, end) -> {
                    WindowTaps covered = new WindowTaps(window, dy);
                    for (int line = from; line < end; line++) {
                        for (int n = 0; n < dx.dim(2); n++) {
                            covered.above(line, dx.dim(1), n);
                            weighted(covered, dy, w, null, dx, place(dx, line, n));
                        }
                    }
                });
    }

    private void lines(View y, Window window, Workers.Range range) {
        int line = Math.max(1, y.dim(2) * y.dim(3) * window.size());
        workers.ranges(y.dim(0) * y.dim(1), Math.max(1, LEAST / line), range);
    }

    private static void weighted(
            WindowTaps covered, View x, View w, @Nullable View bias, View y, int to) {
        int channels = y.dim(3);
        for (int i = 0; i < covered.count; i++) {
            covered.taps[i] = w.offset() + covered.taps[i] * channels;
        }
        ChannelLoops.weighted(covered, floats(x.buffer()), floats(w.buffer()), bias, y, to);
    }

    void weight(Window window, View x, View dy, View dw) {
        int lines = dy.dim(0) * dy.dim(1);
        int parts = Math.clamp(lines / LINES, 1, PARTS);
        int size = dw.size();
        ArrayBuffer room = Workspace.allocate(parts * size);
        float[] sums = floats(room);
        workers.run(
                parts,
                p -> {
                    Arrays.fill(sums, p * size, (p + 1) * size, 0);
                    int end = (int) ((long) lines * (p + 1) / parts);
                    for (int line = (int) ((long) lines * p / parts); line < end; line++) {
                        line(window, x, dy, line, sums, p * size);
                    }
                });
        ColumnSums.sum(sums, 0, size, parts, size, floats(dw.buffer()), dw.offset());
        Workspace.release(room);
    }

    /** Adds the part of one line of dy to the gradient of the weights. */
    private static void line(Window window, View x, View dy, int line, float[] sums, int to) {
        int item = line / dy.dim(1);
        Inside inside = Inside.of(window, x, dy, line);
        if (inside.count > 0) {
            int at = place(dy, line, inside.first);
            DepthwiseLoops.slopes(inside.count, x, inside.at, window.across(), dy, at, sums, to);
        }
        for (int tap = 0; tap < window.size(); tap++) {
            int row =
                    line % dy.dim(1) * window.down()
                            - window.top()
                            + tap / window.width() * window.rowDilation();
            int left = tap % window.width() * window.columnDilation() - window.left();
            int first = Math.max(0, -Math.floorDiv(left, window.across()));
            int end = Math.min(dy.dim(2), Math.floorDiv(x.dim(2) - 1 - left, window.across()) + 1);
            if (row < 0 || row >= x.dim(1) || first >= end) {
                continue;
            }
            int place = (item * x.dim(1) + row) * x.dim(2) + left;
            if (inside.count == 0) {
                dots(x, place, window.across(), dy, line, first, end, sums, to, tap);
            } else {
                int after = inside.first + inside.count;
                dots(x, place, window.across(), dy, line, first, inside.first, sums, to, tap);
                dots(x, place, window.across(), dy, line, after, end, sums, to, tap);
            }
        }
    }

    /** One tap for the places [first, end) of a line. */
    private static void dots(
            View x,
            int row,
            int across,
            View dy,
            int line,
            int first,
            int end,
            float[] sums,
            int to,
            int tap) {
        int channels = x.dim(3);
        ChannelLoops.dots(
                Math.max(0, end - first),
                floats(x.buffer()),
                x.offset() + (row + first * across) * channels,
                across * channels,
                floats(dy.buffer()),
                place(dy, line, first),
                channels,
                sums,
                to + tap * channels,
                channels);
    }
}
