package dev.unroll.vector;

import static dev.unroll.backend.ArrayBuffer.floats;

import dev.unroll.backend.ArrayBuffer;
import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import dev.unroll.backend.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Convolutions of each channel by itself: no product, and vectors run along the channels. */
record Depthwise(Workers workers) {
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
        float[] start = bias == null ? null : floats(bias.buffer());
        int startAt = bias == null ? 0 : bias.offset();
        lines(
                y,
                window,
                (from, end) -> {
                    Covered covered = new Covered(window, x);
                    for (int line = from; line < end; line++) {
                        for (int n = 0; n < y.dim(2); n++) {
                            covered.under(line, y.dim(1), n);
                            weighted(covered, x, w, start, startAt, y, line, n);
                        }
                    }
                });
    }

    void input(Window window, View dy, View w, View dx) {
        lines(
                dx,
                window,
                (from, end) -> {
                    Covered covered = new Covered(window, dy);
                    for (int line = from; line < end; line++) {
                        for (int n = 0; n < dx.dim(2); n++) {
                            covered.above(line, dx.dim(1), n);
                            weighted(covered, dy, w, null, 0, dx, line, n);
                        }
                    }
                });
    }

    private void lines(View y, Window window, Workers.Range range) {
        int line = Math.max(1, y.dim(2) * y.dim(3) * window.size());
        workers.ranges(y.dim(0) * y.dim(1), Math.max(1, LEAST / line), range);
    }

    private static void weighted(
            Covered covered,
            View x,
            View w,
            float @Nullable [] start,
            int startAt,
            View y,
            int line,
            int n) {
        int channels = y.dim(3);
        for (int i = 0; i < covered.count; i++) {
            covered.taps[i] = w.offset() + covered.taps[i] * channels;
        }
        int to = y.offset() + (line * y.dim(2) + n) * channels;
        ChannelLoops.weighted(
                covered.count,
                floats(x.buffer()),
                covered.places,
                floats(w.buffer()),
                covered.taps,
                start,
                startAt,
                floats(y.buffer()),
                to,
                channels);
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
        Columns.sum(sums, 0, size, parts, size, floats(dw.buffer()), dw.offset());
        Workspace.release(room);
    }

    /** What one line of dy adds to the gradient of the weights. */
    private static void line(Window window, View x, View dy, int line, float[] sums, int to) {
        int channels = x.dim(3);
        int item = line / dy.dim(1);
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
            int place = (item * x.dim(1) + row) * x.dim(2) + left + first * window.across();
            ChannelLoops.dots(
                    end - first,
                    floats(x.buffer()),
                    x.offset() + place * channels,
                    window.across() * channels,
                    floats(dy.buffer()),
                    dy.offset() + (line * dy.dim(2) + first) * channels,
                    channels,
                    sums,
                    to + tap * channels,
                    channels);
        }
    }
}
