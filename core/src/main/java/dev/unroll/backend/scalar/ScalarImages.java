package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Images;
import dev.unroll.backend.Resampling;
import dev.unroll.backend.View;
import dev.unroll.backend.Window;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class ScalarImages implements Images {

    /** One multiplication of a convolution: y[to] and x[from] meet through w[weight]. */
    @FunctionalInterface
    private interface Meeting {
        void at(int y, int x, int w);
    }

    /** Visits what meets in a convolution, in the order of y, then of the kernel. */
    private static void meetings(Window window, View x, View w, View y, Meeting meeting) {
        int groupIn = w.dim(2);
        int in = x.dim(3);
        int out = w.dim(3);
        int groupOut = groupIn == 0 || in == 0 ? out : out / (in / groupIn);
        for (int place = 0; place < places(y); place++) {
            for (int o = 0; o < out; o++) {
                int first = o / groupOut * groupIn;
                for (int tap = 0; tap < window.size(); tap++) {
                    int from = source(window, x, y, place, tap);
                    for (int i = 0; from >= 0 && i < groupIn; i++) {
                        meeting.at(
                                y.offset() + place * out + o,
                                x.offset() + from * in + first + i,
                                w.offset() + (tap * groupIn + i) * out + o);
                    }
                }
            }
        }
    }

    private static int places(View images) {
        return images.dim(0) * images.dim(1) * images.dim(2);
    }

    /** The place of x under a place of the kernel; negative outside the image. */
    private static int source(Window window, View x, View y, int place, int tap) {
        int columns = y.dim(2);
        int item = place / (y.dim(1) * columns);
        int row =
                place / columns % y.dim(1) * window.down()
                        - window.top()
                        + tap / window.width() * window.rowDilation();
        int column =
                place % columns * window.across()
                        - window.left()
                        + tap % window.width() * window.columnDilation();
        boolean inside = row >= 0 && row < x.dim(1) && column >= 0 && column < x.dim(2);
        return inside ? (item * x.dim(1) + row) * x.dim(2) + column : -1;
    }

    @Override
    public void convolve(Window window, View x, View w, @Nullable View bias, View y) {
        float[] in = floats(x.buffer());
        float[] weights = floats(w.buffer());
        float[] out = floats(y.buffer());
        int width = y.dim(3);
        for (int i = 0; i < y.size(); i++) {
            out[y.offset() + i] =
                    bias == null ? 0 : floats(bias.buffer())[bias.offset() + i % width];
        }
        meetings(window, x, w, y, (to, from, by) -> out[to] += in[from] * weights[by]);
    }

    @Override
    public void convolveInput(Window window, View dy, View w, View dx) {
        float[] up = floats(dy.buffer());
        float[] weights = floats(w.buffer());
        float[] out = floats(dx.buffer());
        clear(dx);
        meetings(window, dx, w, dy, (from, to, by) -> out[to] += up[from] * weights[by]);
    }

    @Override
    public void convolveWeight(Window window, View x, View dy, View dw) {
        float[] in = floats(x.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dw.buffer());
        clear(dw);
        meetings(window, x, dw, dy, (a, b, to) -> out[to] += in[b] * up[a]);
    }

    private static void clear(View y) {
        Arrays.fill(floats(y.buffer()), y.offset(), y.offset() + y.size(), 0);
    }

    @Override
    public void maxPool(Window window, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int width = x.dim(3);
        for (int i = 0; i < y.size(); i++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int tap = 0; tap < window.size(); tap++) {
                int from = source(window, x, y, i / width, tap);
                if (from >= 0) {
                    largest = Math.max(largest, in[x.offset() + from * width + i % width]);
                }
            }
            out[y.offset() + i] = largest;
        }
    }

    @Override
    public void maxPoolBackward(Window window, View x, View y, View dy, View dx) {
        float[] in = floats(x.buffer());
        float[] largest = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int width = x.dim(3);
        clear(dx);
        for (int i = 0; i < y.size(); i++) {
            boolean found = false;
            for (int tap = 0; tap < window.size() && !found; tap++) {
                int from = source(window, x, y, i / width, tap);
                if (from >= 0) {
                    int at = from * width + i % width;
                    float value = in[x.offset() + at];
                    if (value == largest[y.offset() + i] || Float.isNaN(value)) {
                        out[dx.offset() + at] += up[dy.offset() + i];
                        found = true;
                    }
                }
            }
        }
    }

    @Override
    public void averagePool(Window window, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int width = x.dim(3);
        for (int i = 0; i < y.size(); i++) {
            float sum = 0;
            int count = 0;
            for (int tap = 0; tap < window.size(); tap++) {
                int from = source(window, x, y, i / width, tap);
                if (from >= 0) {
                    sum += in[x.offset() + from * width + i % width];
                    count++;
                }
            }
            out[y.offset() + i] = sum / Math.max(1, count);
        }
    }

    @Override
    public void averagePoolBackward(Window window, View dy, View dx) {
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int width = dx.dim(3);
        clear(dx);
        for (int place = 0; place < places(dy); place++) {
            int count = 0;
            for (int tap = 0; tap < window.size(); tap++) {
                count += source(window, dx, dy, place, tap) >= 0 ? 1 : 0;
            }
            for (int tap = 0; tap < window.size(); tap++) {
                int to = source(window, dx, dy, place, tap);
                for (int c = 0; to >= 0 && c < width; c++) {
                    out[dx.offset() + to * width + c] +=
                            up[dy.offset() + place * width + c] / count;
                }
            }
        }
    }

    /** One share of a resampling: place of the larger image, place of x, how much of it. */
    @FunctionalInterface
    private interface Share {
        void of(int y, int x, float much);
    }

    private static void shares(Resampling how, View x, View y, Share share) {
        for (int place = 0; place < places(y); place++) {
            int item = place / (y.dim(1) * y.dim(2));
            int row = place / y.dim(2) % y.dim(1);
            int column = place % y.dim(2);
            int top = (item * x.dim(1) + how.first(row, x.dim(1), y.dim(1))) * x.dim(2);
            int bottom = (item * x.dim(1) + how.second(row, x.dim(1), y.dim(1))) * x.dim(2);
            int left = how.first(column, x.dim(2), y.dim(2));
            int right = how.second(column, x.dim(2), y.dim(2));
            float low = how.share(row, x.dim(1), y.dim(1));
            float far = how.share(column, x.dim(2), y.dim(2));
            share.of(place, top + left, (1 - low) * (1 - far));
            share.of(place, top + right, (1 - low) * far);
            share.of(place, bottom + left, low * (1 - far));
            share.of(place, bottom + right, low * far);
        }
    }

    private static void add(View x, int from, float much, View y, int to) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int width = x.dim(3);
        for (int c = 0; c < width && much != 0; c++) {
            out[y.offset() + to * width + c] += much * in[x.offset() + from * width + c];
        }
    }

    @Override
    public void resize(Resampling how, View x, View y) {
        clear(y);
        shares(how, x, y, (to, from, much) -> add(x, from, much, y, to));
    }

    @Override
    public void resizeBackward(Resampling how, View dy, View dx) {
        clear(dx);
        shares(how, dx, dy, (from, to, much) -> add(dy, from, much, dx, to));
    }
}
