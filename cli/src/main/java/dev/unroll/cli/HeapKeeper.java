package dev.unroll.cli;

import dev.unroll.memory.Pool;
import dev.unroll.train.TrainingEvent;
import dev.unroll.train.TrainingListener;

/**
 * Keeps the heap of a training near what it needs. Java's collector for throughput lets a heap grow
 * to its limit before it looks for garbage among old arrays; this asks it to when there is clearly
 * more than is in use, and never for more than a small share of the time.
 */
final class HeapKeeper implements TrainingListener {
    /** Of the arrays that were ever in use at once: a quarter waits, and a tenth may be garbage. */
    private static final double ARRAYS = 1.35;

    /** For young objects, of which the launcher lets there be 64 MiB, and a few that grew old. */
    private static final long YOUNG = 96L << 20;

    /** Of the training's time. */
    private static final double MOST = 0.015;

    private final long begun = System.nanoTime();
    private long collecting;
    private long objects = -1;

    @Override
    public void on(TrainingEvent event) {
        if (!(event instanceof TrainingEvent.Stepped)) {
            return;
        }
        long now = System.nanoTime();
        boolean first = objects < 0;
        if (first
                || (isLarge(used(), Pool.SHARED.peakBytes(), objects)
                        && collecting <= MOST * (now - begun))) {
            System.gc();
            collecting += first ? 0 : System.nanoTime() - now;
            long arrays = Pool.SHARED.liveBytes() + Pool.SHARED.idleBytes();
            objects = Math.max(0, used() - arrays);
        }
    }

    /**
     * {@return whether a heap holds much garbage}
     *
     * @param used bytes of the heap
     * @param peak most bytes in arrays of numbers that were in use at once
     * @param objects bytes of the rest after the last collection: the data, the model's structure
     */
    static boolean isLarge(long used, long peak, long objects) {
        return used > ARRAYS * peak + objects + YOUNG;
    }

    private static long used() {
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }
}
