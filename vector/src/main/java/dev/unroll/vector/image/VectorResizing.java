package dev.unroll.vector.image;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Resampling;
import dev.unroll.backend.View;
import dev.unroll.vector.base.Workers;
import java.util.Arrays;

/** Images at another size: rows are mixed first, whole; then the places of the mixed row. */
record VectorResizing(Workers workers) {
    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 13;

    void forward(Resampling how, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int line = x.dim(2) * x.dim(3);
        Mix rows = Mix.of(how, x.dim(1), y.dim(1));
        Mix columns = Mix.of(how, x.dim(2), y.dim(2));
        workers.ranges(
                y.dim(0) * y.dim(1),
                Math.max(1, LEAST / Math.max(1, y.dim(2) * y.dim(3))),
                (from, end) -> {
                    float[] mixed = new float[line];
                    for (int i = from; i < end; i++) {
                        int r = i % y.dim(1);
                        int item = x.offset() + i / y.dim(1) * x.dim(1) * line;
                        int top = item + rows.first[r] * line;
                        int bottom = item + rows.second[r] * line;
                        BlendLoops.mix(in, top, in, bottom, rows.share[r], mixed, 0, line);
                        int to = y.offset() + i * y.dim(2) * y.dim(3);
                        columns.apply(mixed, out, to, y.dim(3));
                    }
                });
    }

    /** One image a thread: the rows that share a row of x add to it in order. */
    void backward(Resampling how, View dy, View dx) {
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int line = dx.dim(2) * dx.dim(3);
        Mix rows = Mix.of(how, dx.dim(1), dy.dim(1));
        Mix columns = Mix.of(how, dx.dim(2), dy.dim(2));
        ConvolutionWindows.clear(dx);
        workers.ranges(
                dy.dim(0),
                1,
                (from, end) -> {
                    float[] mixed = new float[line];
                    for (int i = from * dy.dim(1); i < end * dy.dim(1); i++) {
                        int r = i % dy.dim(1);
                        int item = dx.offset() + i / dy.dim(1) * dx.dim(1) * line;
                        int at = dy.offset() + i * dy.dim(2) * dy.dim(3);
                        columns.undo(up, at, mixed, dy.dim(3));
                        float share = rows.share[r];
                        int top = item + rows.first[r] * line;
                        BlendLoops.add(mixed, 0, 1 - share, out, top, line);
                        if (share != 0) {
                            int bottom = item + rows.second[r] * line;
                            BlendLoops.add(mixed, 0, share, out, bottom, line);
                        }
                    }
                });
    }

    /** The two places of a line of m that each place of a line of n mixes, and their shares. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Mix(int[] first, int[] second, float[] share) {

        static Mix of(Resampling how, int m, int n) {
            Mix mix = new Mix(new int[n], new int[n], new float[n]);
            for (int i = 0; i < n; i++) {
                mix.first[i] = how.first(i, m, n);
                mix.second[i] = how.second(i, m, n);
                mix.share[i] = how.share(i, m, n);
            }
            return mix;
        }

        void apply(float[] x, float[] y, int to, int channels) {
            for (int j = 0; j < first.length; j++) {
                int a = first[j] * channels;
                int b = second[j] * channels;
                BlendLoops.mix(x, a, x, b, share[j], y, to + j * channels, channels);
            }
        }

        void undo(float[] dy, int at, float[] dx, int channels) {
            Arrays.fill(dx, 0);
            for (int j = 0; j < first.length; j++) {
                int from = at + j * channels;
                BlendLoops.add(dy, from, 1 - share[j], dx, first[j] * channels, channels);
                if (share[j] != 0) {
                    BlendLoops.add(dy, from, share[j], dx, second[j] * channels, channels);
                }
            }
        }
    }
}
