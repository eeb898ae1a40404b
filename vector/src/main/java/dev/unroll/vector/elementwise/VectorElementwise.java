package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Binary;
import dev.unroll.backend.Elementwise;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.backend.View;
import dev.unroll.vector.base.PatchLoops;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.Workers;

/**
 * Element by element, in runs along the innermost loop of a {@link LoopNest}. An operand that is
 * not contiguous there is first brought into a short contiguous run that stays in the first cache:
 * a repeated number is filled in, others are picked.
 */
public final class VectorElementwise implements Elementwise {
    /** Numbers of a run that is brought together. */
    private static final int RUN = 512;

    /** Numbers that are worth a thread: where memory is the limit, and where arithmetic is. */
    private static final int LEAST = 1 << 14;

    private static final int LEAST_COSTLY = 1 << 12;

    private final Workers workers;
    private final VectorReduction reduction;
    private final boolean plain;

    /**
     * Makes the operations.
     *
     * @param workers the threads that share the work
     * @param others for reductions of views that are neither rows nor columns
     * @param plain without vectors, to the same bits
     */
    public VectorElementwise(Workers workers, Elementwise others, boolean plain) {
        this.workers = workers;
        this.reduction = new VectorReduction(workers, others, plain);
        this.plain = plain;
    }

    private void run(UnaryFunction f, float[] x, int at, float[] y, int to, int n) {
        if (plain) {
            PlainFunctions.unary(f, x, at, y, to, n);
        } else {
            UnaryLoops.run(f, x, at, y, to, n);
        }
    }

    private void run(Binary f, float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        if (plain) {
            PlainFunctions.binary(f, x, at, z, zAt, y, to, n);
        } else {
            BinaryLoops.run(f, x, at, z, zAt, y, to, n);
        }
    }

    /** A piece of a row. */
    @FunctionalInterface
    private interface Piece {
        /**
         * @param row of the nest
         * @param from first element within the row
         * @param n elements
         */
        void run(int row, int from, int n);
    }

    /** Runs every row once, in pieces of at most so many elements, on several threads. */
    private void spread(LoopNest nest, int longest, int least, Piece piece) {
        int rows = nest.rows();
        int length = nest.length();
        if (length == 0) {
            return;
        }
        int pieces = (length + longest - 1) / longest;
        if (rows == 1 && longest == length && length >= 2 * least) {
            workers.ranges(length, least, (from, to) -> piece.run(0, from, to - from));
            return;
        }
        int each = Math.min(length, longest);
        workers.ranges(
                Math.multiplyExact(rows, pieces),
                Math.max(1, least / each),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int start = i % pieces * longest;
                        piece.run(i / pieces, start, Math.min(longest, length - start));
                    }
                });
    }

    /** Pieces may be as long as rows if nothing has to be brought together. */
    private static int longest(LoopNest nest, int views) {
        for (int v = 0; v < views; v++) {
            if (nest.step(v) != 1) {
                return RUN;
            }
        }
        return Math.max(1, nest.length());
    }

    @Override
    public void fill(View y, float value) {
        LoopNest nest = LoopNest.of(y);
        float[] out = floats(y.buffer());
        int step = nest.step(0);
        spread(
                nest,
                Math.max(1, nest.length()),
                LEAST,
                (row, from, n) ->
                        StridedCopy.fill(value, out, nest.start(0, row) + from * step, step, n));
    }

    @Override
    public void copy(View x, View y) {
        LoopNest nest = LoopNest.of(x, y);
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int from = nest.step(0);
        int to = nest.step(1);
        if (nest.rank() == 2 && nest.strides()[0][0] == 1 && to == 1) {
            int[] dims = nest.dims();
            int across = nest.strides()[1][0];
            int at = nest.offsets()[0];
            int into = nest.offsets()[1];
            int strips = (dims[0] + StridedCopy.SQUARE - 1) / StridedCopy.SQUARE;
            workers.ranges(
                    strips,
                    Math.max(1, LEAST / StridedCopy.SQUARE / Math.max(1, dims[1])),
                    (first, end) ->
                            StridedCopy.transpose(
                                    first * StridedCopy.SQUARE,
                                    Math.min(dims[0], end * StridedCopy.SQUARE),
                                    dims[1],
                                    in,
                                    at,
                                    from,
                                    out,
                                    into,
                                    across));
            return;
        }
        if (!plain && nest.rank() == 2 && from == 1 && to == 1) {
            int length = nest.length();
            int xStep = nest.strides()[0][0];
            int yStep = nest.strides()[1][0];
            workers.ranges(
                    nest.rows(),
                    Math.max(1, LEAST / Math.max(1, length)),
                    (first, end) ->
                            PatchLoops.copy(
                                    end - first,
                                    in,
                                    nest.start(0, first),
                                    xStep,
                                    out,
                                    nest.start(1, first),
                                    yStep,
                                    length,
                                    true));
            return;
        }
        spread(
                nest,
                Math.max(1, nest.length()),
                LEAST,
                (row, first, n) -> {
                    int at = nest.start(0, row) + first * from;
                    int into = nest.start(1, row) + first * to;
                    StridedCopy.copy(in, at, from, out, into, to, n);
                });
    }

    @Override
    public void map(UnaryFunction f, View x, View y) {
        LoopNest nest = LoopNest.of(x, y);
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int from = nest.step(0);
        int to = nest.step(1);
        int least = UnaryLoops.costly(f) ? LEAST_COSTLY : LEAST;
        spread(
                nest,
                longest(nest, 2),
                least,
                (row, first, n) -> {
                    int at = nest.start(0, row) + first * from;
                    int into = nest.start(1, row) + first * to;
                    if (from == 1 && to == 1) {
                        run(f, in, at, out, into, n);
                        return;
                    }
                    float[] run = StridedCopy.own().first;
                    StridedCopy.copy(in, at, from, run, 0, 1, n);
                    run(f, run, 0, run, 0, n);
                    StridedCopy.copy(run, 0, 1, out, into, to, n);
                });
    }

    @Override
    public void map(Binary f, View a, View b, View y) {
        LoopNest nest = LoopNest.of(a, b, y);
        float[] left = floats(a.buffer());
        float[] right = floats(b.buffer());
        float[] out = floats(y.buffer());
        int sa = nest.step(0);
        int sb = nest.step(1);
        int sy = nest.step(2);
        spread(
                nest,
                longest(nest, 3),
                LEAST,
                (row, from, n) -> {
                    int at = nest.start(0, row) + from * sa;
                    int bt = nest.start(1, row) + from * sb;
                    int to = nest.start(2, row) + from * sy;
                    if (sa == 1 && sb == 1 && sy == 1) {
                        run(f, left, at, right, bt, out, to, n);
                        return;
                    }
                    StridedCopy runs = StridedCopy.own();
                    float[] x = StridedCopy.together(left, at, sa, runs.first, n);
                    float[] z = StridedCopy.together(right, bt, sb, runs.second, n);
                    int xAt = sa == 1 ? at : 0;
                    int zAt = sb == 1 ? bt : 0;
                    if (sy == 1) {
                        run(f, x, xAt, z, zAt, out, to, n);
                    } else {
                        run(f, x, xAt, z, zAt, runs.third, 0, n);
                        StridedCopy.copy(runs.third, 0, 1, out, to, sy, n);
                    }
                });
    }

    @Override
    public void mapBackward(UnaryFunction f, View x, View y, View dy, View dx) {
        LoopNest nest = LoopNest.of(x, y, dy, dx);
        float[] in = floats(x.buffer());
        float[] result = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int sx = nest.step(0);
        int sy = nest.step(1);
        int su = nest.step(2);
        int so = nest.step(3);
        spread(
                nest,
                longest(nest, 4),
                SlopeLoops.costly(f) ? LEAST_COSTLY : LEAST,
                (row, from, n) -> {
                    int xt = nest.start(0, row) + from * sx;
                    int yt = nest.start(1, row) + from * sy;
                    int ut = nest.start(2, row) + from * su;
                    int to = nest.start(3, row) + from * so;
                    if (sx == 1 && sy == 1 && su == 1 && so == 1) {
                        SlopeLoops.run(f, in, xt, result, yt, up, ut, out, to, n);
                        return;
                    }
                    StridedCopy runs = StridedCopy.own();
                    float[] a = StridedCopy.together(in, xt, sx, runs.first, n);
                    float[] b = StridedCopy.together(result, yt, sy, runs.second, n);
                    float[] d = StridedCopy.together(up, ut, su, runs.third, n);
                    int aAt = sx == 1 ? xt : 0;
                    int bAt = sy == 1 ? yt : 0;
                    int dAt = su == 1 ? ut : 0;
                    if (so == 1) {
                        SlopeLoops.run(f, a, aAt, b, bAt, d, dAt, out, to, n);
                    } else {
                        SlopeLoops.run(f, a, aAt, b, bAt, d, dAt, runs.third, 0, n);
                        StridedCopy.copy(runs.third, 0, 1, out, to, so, n);
                    }
                });
    }

    @Override
    public void affine(float scale, float shift, View x, View y) {
        LoopNest nest = LoopNest.of(x, y);
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int from = nest.step(0);
        int to = nest.step(1);
        spread(
                nest,
                Math.max(1, nest.length()),
                LEAST,
                (row, first, n) -> {
                    int at = nest.start(0, row) + first * from;
                    int into = nest.start(1, row) + first * to;
                    if (!plain && from == 1 && to == 1) {
                        StridedCopy.affine(scale, shift, in, at, out, into, n);
                    } else {
                        StridedCopy.affine(scale, shift, in, at, from, out, into, to, n);
                    }
                });
    }

    @Override
    public void reduce(Reduction f, View x, View y) {
        reduction.reduce(f, x, y);
    }

    @Override
    public void dropout(long key, float rate, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        workers.ranges(
                x.size(),
                LEAST_COSTLY,
                (from, to) ->
                        DropoutLoop.run(key, rate, in, x.offset(), out, y.offset(), from, to));
    }
}
