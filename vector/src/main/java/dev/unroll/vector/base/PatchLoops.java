package dev.unroll.vector.base;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import jdk.incubator.vector.FloatVector;

/** Equal runs of numbers copied from one distance to another. */
public final class PatchLoops {
    private PatchLoops() {}

    /**
     * Copies runs in vectors.
     *
     * @param exact whether nothing may be written beyond the end of a run; else less than a vector
     */
    public static void copy(
            int count,
            float[] x,
            int at,
            int xStep,
            float[] y,
            int to,
            int yStep,
            int length,
            boolean exact) {
        if (length == 0) {
            return;
        }
        int whole = (length + L - 1) / L * L;
        int sure = count;
        if (exact) {
            sure = length == whole ? count : 0;
        }
        // the last runs may end where the arrays do
        while (sure > 0
                && (at + (sure - 1) * xStep + whole > x.length
                        || to + (sure - 1) * yStep + whole > y.length)) {
            sure--;
        }
        if (whole == L) {
            for (int p = 0; p < sure; p++) {
                FloatVector.fromArray(S, x, at + p * xStep).intoArray(y, to + p * yStep);
            }
        } else {
            for (int p = 0; p < sure; p++) {
                int from = at + p * xStep;
                int into = to + p * yStep;
                for (int i = 0; i < whole; i += L) {
                    FloatVector.fromArray(S, x, from + i).intoArray(y, into + i);
                }
            }
        }
        for (int p = sure; p < count; p++) {
            System.arraycopy(x, at + p * xStep, y, to + p * yStep, length);
        }
    }
}
