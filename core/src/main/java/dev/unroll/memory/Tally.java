package dev.unroll.memory;

import org.jspecify.annotations.Nullable;

/**
 * Counts the memory that a computation would take, while it runs without any: each {@link
 * Workspace} that begins meanwhile on the same thread hands out buffers without numbers. Whoever
 * runs it sees to it that no operation looks into a buffer.
 */
public final class Tally {
    private static final ScopedValue<Tally> CURRENT = ScopedValue.newInstance();

    private long live;
    private long peak;

    private Tally() {}

    /** {@return the most bytes in use at once, rounded up as the {@link Pool} rounds} */
    public static long peakOf(Runnable computation) {
        Tally tally = new Tally();
        ScopedValue.where(CURRENT, tally).run(computation);
        return tally.peak;
    }

    static @Nullable Tally current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    void take(int size) {
        live += bytes(size);
        peak = Math.max(peak, live);
    }

    void give(int size) {
        live -= bytes(size);
    }

    private static long bytes(int size) {
        return 4L * Pool.roundUp(size);
    }
}
