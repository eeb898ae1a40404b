package dev.unroll.lab.kit;

import dev.unroll.memory.Pool;
import java.util.function.Supplier;

/** Measures the memory of tensors. */
public final class PeakMemory {
    private PeakMemory() {}

    /**
     * {@return the most bytes that work has in use at once, besides what was in use before}
     *
     * @param work gives any value
     */
    public static double bytes(Supplier<?> work) {
        Pool.SHARED.resetPeak();
        long before = Pool.SHARED.liveBytes();
        var _ = work.get();
        return Pool.SHARED.peakBytes() - before;
    }
}
