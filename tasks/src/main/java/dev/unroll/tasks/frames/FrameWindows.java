package dev.unroll.tasks.frames;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Long videos in pieces. */
final class FrameWindows {
    private FrameWindows() {}

    /**
     * A piece of a video.
     *
     * @param from its first frame
     * @param to the frame after its last
     */
    record Window(int from, int to) {
        int length() {
            return to - from;
        }
    }

    /**
     * Pieces that meet each frame once.
     *
     * @param place what decides where they begin, drawn from [0, 1)
     */
    static List<Window> drawn(int frames, int length, float place) {
        List<Window> windows = new ArrayList<>();
        for (int at = -(int) (place * length); at < frames; at += length) {
            int from = Math.max(0, at);
            int to = Math.min(frames, at + length);
            if (to > from) {
                windows.add(new Window(from, to));
            }
        }
        return windows;
    }

    /**
     * Pieces of which each begins in the middle of the one before; the last ends with the video.
     */
    static List<Window> overlapping(int frames, int length) {
        List<Window> windows = new ArrayList<>();
        int step = Math.max(1, length / 2);
        int from = 0;
        while (from + length < frames) {
            windows.add(new Window(from, from + length));
            from += step;
        }
        windows.add(new Window(Math.max(0, frames - length), frames));
        return windows;
    }

    /** Pieces, each [frames, width], end to end. */
    static Sequences endToEnd(List<float[][]> pieces) {
        int width = pieces.getFirst()[0].length;
        int[] lengths = pieces.stream().mapToInt(p -> p.length).toArray();
        int frames = Arrays.stream(lengths).sum();
        float[] rows = new float[frames * width];
        int at = 0;
        for (float[][] piece : pieces) {
            for (float[] row : piece) {
                System.arraycopy(row, 0, rows, at, width);
                at += width;
            }
        }
        return new Sequences(Tensor.of(rows, frames, width), Layout.of(lengths));
    }
}
