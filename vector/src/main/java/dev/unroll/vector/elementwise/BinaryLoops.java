package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Binary;
import dev.unroll.vector.base.StridedCopy;

/**
 * Functions of two numbers over contiguous runs: y = f(x, z), n numbers; y may be either. A loop
 * for each function, as in {@link UnaryLoops}. Each costs a pass over memory.
 */
final class BinaryLoops {
    private BinaryLoops() {}

    static void run(Binary f, float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        int whole = S.loopBound(n);
        FunctionLoops.binary(f, x, at, z, zAt, y, to, whole);
        if (whole < n) {
            StridedCopy runs = StridedCopy.own();
            System.arraycopy(x, at + whole, runs.rest, 0, n - whole);
            System.arraycopy(z, zAt + whole, runs.otherRest, 0, n - whole);
            FunctionLoops.binary(f, runs.rest, 0, runs.otherRest, 0, runs.rest, 0, L);
            System.arraycopy(runs.rest, 0, y, to + whole, n - whole);
        }
    }
}
