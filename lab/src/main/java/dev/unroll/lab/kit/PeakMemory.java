package dev.unroll.lab.kit;

import dev.unroll.memory.Pool;
import java.util.function.Supplier;

/** Measures the memory of tensors. */
public final class PeakMemory {
    private PeakMemory() {}

    /**
     * More than one, because tensors of earlier work that the garbage collector frees meanwhile
     * make a round look too small.
     */
    private static final int ROUNDS = 5;

    /**
     * {@return the most bytes that work has in use at once, besides what was in use before}
     *
     * @param work gives any value; done several times
     */
    public static double bytes(Supplier<?> work) {
        System.gc();
        double most = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Pool.SHARED.resetPeak();
            long before = Pool.SHARED.liveBytes();
            var _ = work.get();
            most = Math.max(most, Pool.SHARED.peakBytes() - before);
        }
        return most;
    }
}
