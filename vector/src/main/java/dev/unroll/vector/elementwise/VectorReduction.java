package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Elementwise;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.View;
import dev.unroll.backend.scalar.StridedWalk;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.ColumnSums;
import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.PlainLoops;
import dev.unroll.vector.base.Workers;

/**
 * Sums and maxima along rows, down columns and of everything. Long sums are sums of the sums of
 * fixed blocks, so threads change no bit.
 *
 * @param others for views that are none of these
 * @param plain without vectors, to the same bits
 */
record VectorReduction(Workers workers, Elementwise others, boolean plain) {
    /** Numbers of one block of the sum of everything. */
    private static final int BLOCK = 1 << 12;

    /** Rows of one block of the sums of columns. */
    private static final int ROWS = 128;

    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 14;

    void reduce(Reduction f, View x, View y) {
        if (x.size() == 0 || y.size() == 0) {
            others.reduce(f, x, y);
            return;
        }
        LoopNest nest = LoopNest.of(StridedWalk.spread(y, x), x);
        int rank = nest.rank();
        boolean lastIsReduced = nest.step(0) == 0;
        if (nest.step(1) != 1 || (!lastIsReduced && nest.step(0) != 1)) {
            others.reduce(f, x, y);
            return;
        }
        int reduced = 0;
        for (int stride : nest.strides()[0]) {
            reduced += stride == 0 ? 1 : 0;
        }
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        if (lastIsReduced && rank == 1) {
            out[nest.offsets()[0]] = all(f, in, nest.offsets()[1], nest.length());
        } else if (lastIsReduced && reduced == 1) {
            rows(f, nest, in, out);
        } else if (reduced == 1 && rank >= 2 && nest.strides()[0][rank - 2] == 0) {
            for (int i = 0; i < nest.rows() / nest.dims()[rank - 2]; i++) {
                columns(f, nest, i * nest.dims()[rank - 2], in, out);
            }
        } else {
            others.reduce(f, x, y);
        }
    }

    private float all(Reduction f, float[] x, int at, int n) {
        int blocks = (n + BLOCK - 1) / BLOCK;
        float[] parts = new float[blocks];
        workers.ranges(
                blocks,
                LEAST / BLOCK,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int start = i * BLOCK;
                        parts[i] = run(f, x, at + start, Math.min(BLOCK, n - start));
                    }
                });
        return switch (f) {
            case SUM -> {
                double sum = 0;
                for (float part : parts) {
                    sum += part;
                }
                yield (float) sum;
            }
            case MAX -> run(f, parts, 0, blocks);
        };
    }

    private float run(Reduction f, float[] x, int at, int n) {
        if (plain) {
            return switch (f) {
                case SUM -> PlainLoops.sum(x, at, n);
                case MAX -> PlainLoops.max(x, at, n);
            };
        }
        return switch (f) {
            case SUM -> LaneSums.sum(x, at, n);
            case MAX -> LaneSums.max(x, at, n);
        };
    }

    private void rows(Reduction f, LoopNest nest, float[] in, float[] out) {
        int n = nest.length();
        workers.ranges(
                nest.rows(),
                LEAST / n,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        out[nest.start(0, i)] = run(f, in, nest.start(1, i), n);
                    }
                });
    }

    /** Down the columns of one matrix, whose first row is a row of the nest. */
    private void columns(Reduction f, LoopNest nest, int first, float[] in, float[] out) {
        int rows = nest.dims()[nest.rank() - 2];
        int step = nest.strides()[1][nest.rank() - 2];
        int width = nest.length();
        int at = nest.start(1, first);
        int to = nest.start(0, first);
        int blocks = (rows + ROWS - 1) / ROWS;
        if (blocks == 1) {
            columns(f, in, at, step, rows, width, out, to);
            return;
        }
        var room = Workspace.allocate(blocks * width);
        float[] parts = floats(room);
        workers.ranges(
                blocks,
                Math.max(1, LEAST / ROWS / width),
                (from, end) -> {
                    for (int i = from; i < end; i++) {
                        int count = Math.min(ROWS, rows - i * ROWS);
                        columns(f, in, at + i * ROWS * step, step, count, width, parts, i * width);
                    }
                });
        columns(f, parts, 0, width, blocks, width, out, to);
        Workspace.release(room);
    }

    private void columns(
            Reduction f, float[] x, int at, int step, int rows, int width, float[] y, int to) {
        if (plain) {
            switch (f) {
                case SUM -> PlainLoops.columnSums(x, at, step, rows, width, y, to);
                case MAX -> PlainLoops.columnMaxima(x, at, step, rows, width, y, to);
            }
            return;
        }
        switch (f) {
            case SUM -> ColumnSums.sum(x, at, step, rows, width, y, to);
            case MAX -> ColumnSums.max(x, at, step, rows, width, y, to);
        }
    }
}
