package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Rows;
import dev.unroll.backend.View;
import dev.unroll.backend.scalar.ScalarBackend;
import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.Workers;
import jdk.incubator.vector.FloatVector;

/**
 * Rows picked, added, grouped and turned. Sums share the columns among threads, so that each keeps
 * its order.
 */
public final class VectorRows implements Rows {
    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 14;

    private final Workers workers;
    private final boolean plain;
    private final Rows scalar = new ScalarBackend().rows();

    /**
     * Makes the operations.
     *
     * @param workers the threads that share the work
     * @param plain without vectors, to the same bits; derivatives have no such loops
     */
    public VectorRows(Workers workers, boolean plain) {
        this.workers = workers;
        this.plain = plain;
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
        int columns = Math.max(L, LEAST / Math.max(1, index.length) + 1);
        workers.ranges(
                width,
                columns,
                (first, last) -> {
                    for (int i = 0; i < index.length; i++) {
                        int target = table.offset() + index[i] * width;
                        addRow(from, x.offset() + i * width, to, target, first, last, plain);
                    }
                });
    }

    private static void addRow(
            float[] x, int xAt, float[] y, int yAt, int from, int to, boolean plain) {
        int j = from;
        for (; !plain && j + L <= to; j += L) {
            FloatVector.fromArray(S, y, yAt + j)
                    .add(FloatVector.fromArray(S, x, xAt + j))
                    .intoArray(y, yAt + j);
        }
        for (; j < to; j++) {
            y[yAt + j] += x[xAt + j];
        }
    }

    /** Groups of single numbers are runs of memory; wider rows are left to the reference. */
    @Override
    public void groupSoftmax(int[] offsets, View x, View y) {
        if (x.dim(1) != 1) {
            scalar.groupSoftmax(offsets, x, y);
            return;
        }
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        groups(
                offsets,
                (from, n) -> {
                    int at = x.offset() + from;
                    int to = y.offset() + from;
                    SoftmaxLoops.softmax(in, at, out, to, n, plain);
                });
    }

    @Override
    public void groupSoftmaxBackward(int[] offsets, View y, View dy, View dx) {
        if (y.dim(1) != 1) {
            scalar.groupSoftmaxBackward(offsets, y, dy, dx);
            return;
        }
        float[] p = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        groups(
                offsets,
                (from, n) -> {
                    int at = y.offset() + from;
                    int dyAt = dy.offset() + from;
                    float dot = LaneSums.dot(p, at, up, dyAt, n);
                    SoftmaxLoops.backward(p, at, up, dyAt, dot, out, dx.offset() + from, n);
                });
    }

    /** The numbers of a group: the first and how many. */
    @FunctionalInterface
    private interface Group {
        void run(int from, int n);
    }

    private void groups(int[] offsets, Group group) {
        int count = offsets.length - 1;
        int numbers = count <= 0 ? 0 : offsets[count] - offsets[0];
        int least = Math.clamp((long) LEAST * count / Math.max(1, numbers), 1, LEAST);
        workers.ranges(
                Math.max(0, count),
                least,
                (first, end) -> {
                    for (int g = first; g < end; g++) {
                        if (offsets[g + 1] > offsets[g]) {
                            group.run(offsets[g], offsets[g + 1] - offsets[g]);
                        }
                    }
                });
    }

    @Override
    public void rotate(Rotation how, View x, int[] positions, boolean inverse, View y) {
        RotaryLoops rotation = RotaryLoops.of(how, positions, inverse);
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int row = x.dim(1);
        int width = row / how.heads();
        workers.ranges(
                positions.length,
                LEAST / Math.max(1, row) + 1,
                (first, end) -> {
                    for (int i = first; i < end; i++) {
                        for (int h = 0; h < how.heads(); h++) {
                            int at = x.offset() + i * row + h * width;
                            int to = y.offset() + i * row + h * width;
                            rotation.turn(i, in, at, out, to, plain);
                            int still = width - how.rotated();
                            System.arraycopy(
                                    in, at + how.rotated(), out, to + how.rotated(), still);
                        }
                    }
                });
    }
}
