package dev.unroll.vector;

import dev.unroll.tensor.DropoutMask;
import dev.unroll.tensor.Tensor;

/** Drops out of a tensor as large as those of a training, again and again. */
final class DropoutCalls {
    private static final int CALLS = 60;

    private DropoutCalls() {}

    public static void main(String[] args) {
        Tensor x = Tensor.zeros(1_000, 384);
        for (int call = 0; call < CALLS; call++) {
            DropoutMask.dropout(x, call, 0.1f);
        }
    }
}
