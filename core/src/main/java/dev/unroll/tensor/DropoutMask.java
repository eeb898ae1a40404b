package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.View;

/** Dropout (Srivastava et al. 2014); its derivative is itself, since its noise is addressed. */
public final class DropoutMask {
    private DropoutMask() {}

    /**
     * Zeroes elements with probability {@code rate} and scales the others by 1/(1 − rate).
     *
     * @param key of the noise: the same key, the same mask
     * @param rate in [0, 1)
     */
    public static Tensor dropout(Tensor x, long key, float rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: the rate is in [0, 1), not " + rate);
        }
        return rate == 0
                ? x
                : Tape.record(masked(x, key, rate), dy -> new Tensor[] {masked(dy, key, rate)}, x);
    }

    private static Tensor masked(Tensor x, long key, float rate) {
        Tensor y = Tensor.allocate(x.shape());
        View from = Views.contiguousView(x);
        Backends.current().elementwise().dropout(key, rate, from, y.view());
        return y;
    }
}
