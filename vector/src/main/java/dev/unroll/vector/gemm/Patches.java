package dev.unroll.vector.gemm;

import dev.unroll.vector.base.PatchLoops;
import dev.unroll.vector.base.Species;
import java.util.Arrays;

/**
 * The im2col matrix of a convolution: a row holds the numbers that lie under the kernel at one
 * place, and the convolution is the product of these rows with its weights (Chellapilla et al.
 * 2006). The matrix exists only a block at a time. A row has the channels of each tap of the
 * kernel, one tap after another, zeros where it lies outside the image.
 *
 * @param images what the kernel moves over
 * @param channels number of channels wanted
 * @param moves how the kernel moves
 * @param taps where it touches, seen from where it stands
 */
@SuppressWarnings("ArrayRecordComponent") // a window onto memory, not a value
public record Patches(Images images, int channels, Moves moves, Taps taps) implements LhsOperand {

    /**
     * The places where the kernel stands: place (m, n) is row m·down, column n·across.
     *
     * @param rows number of m
     * @param columns number of n
     */
    public record Moves(int rows, int columns, int down, int across) {}

    /**
     * Images [batch, height, width, channels] in memory.
     *
     * @param data where the numbers are
     * @param at place of the first channel wanted
     * @param batch number of images
     * @param height rows of an image
     * @param width columns of an image
     * @param step distance between neighbouring places
     */
    public record Images(float[] data, int at, int batch, int height, int width, int step) {}

    /**
     * Taps in runs of neighbours in a row of the image.
     *
     * @param down rows below where the kernel stands, of each run
     * @param across columns beside it, of the first tap of each run
     * @param count taps of each run
     */
    public record Taps(int[] down, int[] across, int[] count) {

        /** Of single taps, joined where they follow each other and a place has nothing unwanted. */
        public static Taps of(int[] down, int[] across, boolean joined) {
            int[] d = new int[down.length];
            int[] a = new int[down.length];
            int[] c = new int[down.length];
            int runs = 0;
            for (int t = 0; t < down.length; t++) {
                boolean follows =
                        joined
                                && runs > 0
                                && down[t] == d[runs - 1]
                                && across[t] == a[runs - 1] + c[runs - 1];
                if (follows) {
                    c[runs - 1]++;
                } else {
                    d[runs] = down[t];
                    a[runs] = across[t];
                    c[runs++] = 1;
                }
            }
            return new Taps(Arrays.copyOf(d, runs), Arrays.copyOf(a, runs), Arrays.copyOf(c, runs));
        }

        int size() {
            return Arrays.stream(count).sum();
        }
    }

    @Override
    public int rows() {
        return images.batch * moves.rows * moves.columns;
    }

    @Override
    public int columns() {
        return taps.size() * channels;
    }

    @Override
    public boolean inColumns() {
        return false;
    }

    @Override
    public void pack(int from, int to, int k, int depth, float[] packed) {
        copy(from, to, k, depth, packed, MicroKernel.ROW_STEP);
    }

    /**
     * Columns [k, k + depth) of some rows.
     *
     * @param rowStep distance between rows of the copy
     */
    public void copy(int from, int to, int k, int depth, float[] y, int rowStep) {
        for (int i = from; i < to; ) {
            int n = i % moves.columns;
            int count = Math.min(to - i, moves.columns - n);
            int line = i / moves.columns;
            line(line, n, count, k, depth, y, (i - from) * rowStep, rowStep);
            i += count;
        }
    }

    /** Some places of a line: one run after another, each for all places. */
    private void line(
            int line, int n, int count, int k, int depth, float[] y, int to, int rowStep) {
        int item = line / moves.rows;
        int top = line % moves.rows * moves.down;
        int start = -k; // of the run, counted from the first column wanted
        for (int r = 0; r < taps.count.length && start < depth; r++) {
            int length = taps.count[r] * channels;
            int low = Math.max(0, start);
            int high = Math.min(depth, start + length);
            int row = top + taps.down[r];
            if (low < high && (row < 0 || row >= images.height)) {
                for (int p = 0; p < count; p++) {
                    int at = to + p * rowStep;
                    Arrays.fill(y, at + low, at + high, 0);
                }
            } else if (low < high) {
                int source = images.at + (item * images.height + row) * images.width * images.step;
                // a run may be written beyond its end, into what the next run of the same row
                // writes later; never into the next row, which earlier runs have filled
                int written = (high - low + Species.L - 1) / Species.L * Species.L;
                boolean exact = low + written > rowStep;
                run(r, source, n, count, start, low, high, y, to, rowStep, exact);
            }
            start += length;
        }
    }

    /** One run of some places of a line, in a row of the image. */
    private void run(
            int r,
            int source,
            int n,
            int count,
            int start,
            int low,
            int high,
            float[] y,
            int to,
            int rowStep,
            boolean exact) {
        int across = taps.across[r];
        int first = -Math.floorDiv(across, moves.across); // of the places wholly inside
        int end = Math.floorDiv(images.width - taps.count[r] - across, moves.across) + 1;
        int inside = Math.clamp(first, n, n + count);
        int outside = Math.clamp(end, inside, n + count);
        for (int p = n; p < inside; p++) {
            edge(source, p * moves.across + across, start, low, high, y, to + (p - n) * rowStep);
        }
        if (inside < outside) {
            int column = inside * moves.across + across;
            PatchLoops.copy(
                    outside - inside,
                    images.data,
                    source + column * images.step + low - start,
                    moves.across * images.step,
                    y,
                    to + (inside - n) * rowStep + low,
                    rowStep,
                    high - low,
                    exact);
        }
        for (int p = outside; p < n + count; p++) {
            edge(source, p * moves.across + across, start, low, high, y, to + (p - n) * rowStep);
        }
    }

    /** One run that reaches over an edge of the image. */
    private void edge(int source, int column, int start, int low, int high, float[] y, int to) {
        int first = Math.clamp(start - (long) column * channels, low, high);
        int last = Math.clamp(start + (long) (images.width - column) * channels, first, high);
        Arrays.fill(y, to + low, to + first, 0);
        if (first < last) {
            int from = source + column * images.step + first - start;
            System.arraycopy(images.data, from, y, to + first, last - first);
        }
        Arrays.fill(y, to + last, to + high, 0);
    }
}
