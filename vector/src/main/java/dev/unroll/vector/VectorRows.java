package dev.unroll.vector;

import static dev.unroll.backend.ArrayBuffer.floats;

import dev.unroll.backend.Rows;
import dev.unroll.backend.ScalarBackend;
import dev.unroll.backend.View;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows picked and added. Threads share the columns, so that each sum keeps its order. */
final class VectorRows implements Rows {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 14;

    private final Workers workers;
    private final Rows scalar = new ScalarBackend().rows();

    VectorRows(Workers workers) {
        this.workers = workers;
    }

    @Override
    public void gather(View table, int[] index, View y) {
        float[] from = floats(table.buffer());
        float[] to = floats(y.buffer());
        int width = table.dim(1);
        workers.ranges(
                index.length,
                LEAST / Math.max(1, width) + 1,
                (first, last) -> {
                    for (int i = first; i < last; i++) {
                        int source = table.offset() + index[i] * width;
                        System.arraycopy(from, source, to, y.offset() + i * width, width);
                    }
                });
    }

    @Override
    public void scatterAdd(View x, int[] index, View table) {
        float[] from = floats(x.buffer());
        float[] to = floats(table.buffer());
        int width = table.dim(1);
        int columns = Math.max(S.length(), LEAST / Math.max(1, index.length) + 1);
        workers.ranges(
                width,
                columns,
                (first, last) -> {
                    for (int i = 0; i < index.length; i++) {
                        int target = table.offset() + index[i] * width;
                        addRow(from, x.offset() + i * width, to, target, first, last);
                    }
                });
    }

    private static void addRow(float[] x, int xAt, float[] y, int yAt, int from, int to) {
        int j = from;
        for (; j + S.length() <= to; j += S.length()) {
            FloatVector.fromArray(S, y, yAt + j)
                    .add(FloatVector.fromArray(S, x, xAt + j))
                    .intoArray(y, yAt + j);
        }
        for (; j < to; j++) {
            y[yAt + j] += x[xAt + j];
        }
    }

    @Override
    public void groupSoftmax(int[] offsets, View x, View y) {
        scalar.groupSoftmax(offsets, x, y);
    }

    @Override
    public void groupSoftmaxBackward(int[] offsets, View y, View dy, View dx) {
        scalar.groupSoftmaxBackward(offsets, y, dy, dx);
    }

    @Override
    public void rotate(
            View x,
            int[] positions,
            int heads,
            int rotated,
            float base,
            boolean interleaved,
            boolean inverse,
            View y) {
        scalar.rotate(x, positions, heads, rotated, base, interleaved, inverse, y);
    }
}
