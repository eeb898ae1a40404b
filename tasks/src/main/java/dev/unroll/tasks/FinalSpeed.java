package dev.unroll.tasks;

import java.util.function.LongSupplier;

/** Repeats some work until its time no longer falls. */
final class FinalSpeed {
    /** Rounds that must bring no less time, one after another. */
    private static final int ROUNDS = 50;

    /** Nanoseconds that these rounds must take at least: the compiler works meanwhile. */
    private static final long NO_LESS = 300_000_000;

    /** Nanoseconds after which the work ends anyway. */
    private static final long MOST = 5_000_000_000L;

    private FinalSpeed() {}

    /**
     * Repeats it.
     *
     * @param clock gives nanoseconds
     */
    static void reach(Runnable work, LongSupplier clock) {
        long begin = clock.getAsLong();
        long before = begin;
        long bestAt = begin;
        long best = Long.MAX_VALUE;
        int rounds = 0;
        while (before - begin < MOST && (rounds < ROUNDS || before - bestAt < NO_LESS)) {
            work.run();
            long now = clock.getAsLong();
            long took = now - before;
            before = now;
            if (took < best - best / 20) {
                best = took;
                bestAt = now;
                rounds = 0;
            } else {
                rounds++;
            }
        }
    }
}
