package dev.unroll.cli;

import dev.unroll.memory.Pool;
import dev.unroll.train.TrainingEvent;
import dev.unroll.train.TrainingListener;

/**
 * Keeps the heap of a training near what it needs. Java's collector for throughput lets a heap grow
 * to its limit before it looks for garbage among old arrays; this asks it to when there is half as
 * much again as was ever live, and never for more than a small share of the time.
 */
final class HeapKeeper implements TrainingListener {
    private static final double GROWTH = 1.35;

    /** For what is no array of numbers: young objects, the data, the model's structure. */
    private static final long MARGIN = 200_000_000;

    /** Of the training's time. */
    private static final double MOST = 0.015;

    private final long begun = System.nanoTime();
    private long collecting;

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Stepped && isLarge(used(), Pool.SHARED.peakBytes())) {
            long now = System.nanoTime();
            if (collecting <= MOST * (now - begun)) {
                System.gc();
                collecting += System.nanoTime() - now;
            }
        }
    }

    static boolean isLarge(long used, long peak) {
        return used > GROWTH * peak + MARGIN;
    }

    private static long used() {
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }
}
