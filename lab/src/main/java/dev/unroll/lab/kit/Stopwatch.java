package dev.unroll.lab.kit;

import dev.unroll.lab.Spread;
import java.util.function.Supplier;

/**
 * Measures times. The work gives any value.
 *
 * @param warmUp seconds in which the compiler gets to know the work
 * @param rounds that are measured
 */
public record Stopwatch(double warmUp, int rounds) {
    /** Short work is repeated for so many seconds in a round. */
    private static final double ROUND = 0.01;

    /** Fewest repetitions of a warm-up, for a machine that is busy with other things. */
    private static final int FEWEST = 30;

    /** Repeats work until the compiler has done with it; do so once for each kind of work. */
    public void warmUp(Supplier<?> work) {
        repeat(work, warmUp, FEWEST);
    }

    /** {@return the seconds that a piece of work takes: the median and the range of the rounds} */
    public Spread seconds(Supplier<?> work) {
        repeat(work, 0, 1);
        double[] seconds = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            seconds[i] = repeat(work, ROUND, 1);
        }
        return Spread.of(seconds);
    }

    private static double repeat(Supplier<?> work, double atLeast, int fewest) {
        long start = System.nanoTime();
        int times = 0;
        double seconds;
        do {
            var _ = work.get();
            times++;
            seconds = (System.nanoTime() - start) * 1e-9;
        } while (seconds < atLeast || times < fewest);
        return seconds / times;
    }
}
