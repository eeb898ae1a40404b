package dev.unroll.vector.image;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import dev.unroll.vector.base.Workers;

/** Pooling, with vectors along the channels. */
record VectorPooling(Workers workers) {
    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 13;

    /** Works on one place of the result. */
    @FunctionalInterface
    private interface Place {
        /**
         * @param covered what lies under the window
         * @param at where the place starts, counted from the start of the result
         */
        void at(WindowTaps covered, int at);
    }

    void max(Window window, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        places(
                window,
                x,
                y,
                false,
                (c, at) -> ChannelLoops.max(c.count, in, c.places, out, y.offset() + at, y.dim(3)));
    }

    void maxBackward(Window window, View x, View y, View dy, View dx) {
        float[] in = floats(x.buffer());
        float[] largest = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int back = dx.offset() - x.offset();
        ConvolutionWindows.clear(dx);
        places(
                window,
                x,
                y,
                true,
                (c, at) ->
                        ChannelLoops.toFirst(
                                c.count,
                                in,
                                c.places,
                                back,
                                largest,
                                y.offset() + at,
                                up,
                                dy.offset() + at,
                                out,
                                y.dim(3)));
    }

    void average(Window window, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        places(
                window,
                x,
                y,
                false,
                (c, at) -> {
                    float share = 1f / Math.max(1, c.count);
                    int to = y.offset() + at;
                    ChannelLoops.sum(c.count, in, c.places, share, out, to, y.dim(3));
                });
    }

    void averageBackward(Window window, View dy, View dx) {
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        ConvolutionWindows.clear(dx);
        places(
                window,
                dx,
                dy,
                true,
                (c, at) -> {
                    float share = 1f / Math.max(1, c.count);
                    int from = dy.offset() + at;
                    ChannelLoops.spread(c.count, up, from, share, out, c.places, dy.dim(3));
                });
    }

    /**
     * Visits the places of the result.
     *
     * @param adding whether something is added to what the window covers: then images in which
     *     windows overlap are not cut
     */
    private void places(Window window, View x, View y, boolean adding, Place place) {
        int reach = window.rowDilation() * (window.height() - 1) + 1;
        int piece = adding && reach > window.down() ? y.dim(1) : 1;
        int line = Math.max(1, y.dim(2) * y.dim(3) * window.size());
        workers.ranges(
                piece == 0 ? 0 : y.dim(0) * y.dim(1) / piece,
                Math.max(1, LEAST / line / Math.max(1, piece)),
                (from, end) -> {
                    WindowTaps covered = new WindowTaps(window, x);
                    for (int i = from * piece; i < end * piece; i++) {
                        for (int n = 0; n < y.dim(2); n++) {
                            covered.under(i, y.dim(1), n);
                            place.at(covered, (i * y.dim(2) + n) * y.dim(3));
                        }
                    }
                });
    }
}
