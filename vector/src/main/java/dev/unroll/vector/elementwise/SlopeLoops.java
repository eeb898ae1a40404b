package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.vector.base.StridedCopy;

/**
 * Derivatives of functions of one number over contiguous runs: dx = dy·f′(x), n numbers; dx may be
 * dy. A loop for each function, as in {@link UnaryLoops}, from its argument or from its result,
 * whichever is nearer at hand. A function without a loop here runs by its definition.
 */
final class SlopeLoops {
    private SlopeLoops() {}

    /**
     * @param x the argument
     * @param y the function's result
     * @param dy gradient of the result
     * @param dx gradient of the argument, written
     */
    static void run(
            UnaryFunction f,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int to,
            int n) {
        int whole = S.loopBound(n);
        if (!(f instanceof Unary known)
                || !FunctionLoops.slope(known, x, xAt, y, yAt, dy, dyAt, dx, to, whole)) {
            for (int i = 0; i < n; i++) {
                dx[to + i] = f.backward(x[xAt + i], y[yAt + i], dy[dyAt + i]);
            }
            return;
        }
        if (whole < n) {
            StridedCopy runs = StridedCopy.own();
            int count = n - whole;
            System.arraycopy(x, xAt + whole, runs.rest, 0, count);
            System.arraycopy(y, yAt + whole, runs.otherRest, 0, count);
            System.arraycopy(dy, dyAt + whole, runs.thirdRest, 0, count);
            float[] result = runs.thirdRest;
            FunctionLoops.slope(
                    known, runs.rest, 0, runs.otherRest, 0, runs.thirdRest, 0, result, 0, L);
            System.arraycopy(result, 0, dx, to + whole, count);
        }
    }

    /** {@return whether a number costs much more than its way from and to memory} */
    static boolean costly(UnaryFunction f) {
        return switch (f) {
            case Unary.SQUARE,
                    Unary.SQRT,
                    Unary.RECIPROCAL,
                    Unary.EXP,
                    Unary.LOG,
                    Unary.TANH,
                    Unary.SIGMOID,
                    Unary.RELU,
                    Unary.ELU_PLUS_ONE ->
                    false;
            default -> true;
        };
    }
}
