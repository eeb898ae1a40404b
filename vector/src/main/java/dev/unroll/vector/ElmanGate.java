package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import dev.unroll.backend.Unary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** What Elman's network does to rows after the product, and its derivative. */
final class ElmanGate {
    private ElmanGate() {}

    /** h = f(h), n numbers. */
    static void forward(Unary f, int n, float[] h, int at) {
        if (f == Unary.TANH) {
            for (int k = 0; k < n; k += L) {
                VectorMask<Float> mask = S.indexInRange(k, n);
                VectorMath.tanh(FloatVector.fromArray(S, h, at + k, mask))
                        .intoArray(h, at + k, mask);
            }
        } else {
            for (int k = 0; k < n; k++) {
                h[at + k] = Math.max(h[at + k], 0);
            }
        }
    }

    /**
     * dx = f′ ⊙ (dh + next), n numbers.
     *
     * @param h what {@link #forward} gave
     */
    static void backward(
            Unary f,
            int n,
            float[] h,
            int hAt,
            float[] dh,
            int dhAt,
            float[] next,
            int nextAt,
            float[] dx,
            int dxAt) {
        boolean tanh = f == Unary.TANH;
        for (int k = 0; k < n; k += L) {
            VectorMask<Float> mask = S.indexInRange(k, n);
            FloatVector y = FloatVector.fromArray(S, h, hAt + k, mask);
            FloatVector d =
                    FloatVector.fromArray(S, dh, dhAt + k, mask)
                            .add(FloatVector.fromArray(S, next, nextAt + k, mask));
            if (tanh) {
                d.mul(LstmGates.slope(y)).intoArray(dx, dxAt + k, mask);
            } else {
                FloatVector.zero(S)
                        .blend(d, y.compare(VectorOperators.GT, 0))
                        .intoArray(dx, dxAt + k, mask);
            }
        }
    }
}
