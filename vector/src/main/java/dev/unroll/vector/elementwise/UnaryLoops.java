package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.vector.base.StridedCopy;

/**
 * Functions of one number over contiguous runs: y = f(x), n numbers, in place if x and y are the
 * same run. A loop of {@link FunctionLoops} for each function, because the compiler keeps vectors
 * in registers only where it sees the whole loop. The cheap ones cost a pass over memory, the
 * others 1 to 2 ns for 4 numbers. A function without a loop here runs by its definition, some 5 to
 * 20 ns a number.
 */
public final class UnaryLoops {
    private UnaryLoops() {}

    /** y = f(x), n numbers. */
    public static void run(UnaryFunction f, float[] x, int at, float[] y, int to, int n) {
        // whole vectors only: the rest of a run goes through a vector of its own, because a second
        // copy of the function in the same loop would be more than fits the registers
        int whole = S.loopBound(n);
        if (!(f instanceof Unary known) || !FunctionLoops.unary(known, x, at, y, to, whole)) {
            scalar(f, x, at, y, to, n);
            return;
        }
        if (whole < n) {
            float[] rest = StridedCopy.own().rest;
            System.arraycopy(x, at + whole, rest, 0, n - whole);
            FunctionLoops.unary(known, rest, 0, rest, 0, L);
            System.arraycopy(rest, 0, y, to + whole, n - whole);
        }
    }

    /** {@return whether a number costs much more than its way from and to memory} */
    static boolean costly(UnaryFunction f) {
        return switch (f) {
            case Unary.NEGATE, Unary.ABS, Unary.SQUARE, Unary.SQRT, Unary.RECIPROCAL, Unary.RELU ->
                    false;
            default -> true;
        };
    }

    /** Functions without a loop of vectors, by their definition. */
    private static void scalar(UnaryFunction f, float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = f.apply(x[at + i]);
        }
    }
}
