package dev.unroll.bench;

import java.util.List;
import java.util.function.Supplier;

/**
 * A piece of work that Unroll and another engine both do.
 *
 * @param name what it is and how big, such as {@code lstm-train-32x64x256x1000}
 * @param peer the other engine
 * @param unit what is counted, such as {@code tokens/s}; more is better
 * @param amount how much of it one run does
 * @param ours Unroll's side, made when its turn comes
 * @param theirs the other side
 * @param theirThreads numbers of threads the other side is tried with; its best counts
 * @param tolerance how far apart the two sides' numbers may be, as a share of theirs
 * @param pace how long it is warmed up and timed
 */
public record Work(
        String name,
        String peer,
        String unit,
        double amount,
        Supplier<? extends Contestant> ours,
        Supplier<? extends Contestant> theirs,
        List<Integer> theirThreads,
        double tolerance,
        Pace pace) {

    /** Runs compared before anything is timed: steps of a training depend on those before. */
    static final int COMPARED = 3;

    public Work {
        theirThreads = List.copyOf(theirThreads);
        if (!(amount > 0) || theirThreads.isEmpty() || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "work %s: amount %s, threads %s, tolerance %s"
                            .formatted(name, amount, theirThreads, tolerance));
        }
    }

    /** At the pace of whole steps. */
    public Work(
            String name,
            String peer,
            String unit,
            double amount,
            Supplier<? extends Contestant> ours,
            Supplier<? extends Contestant> theirs,
            List<Integer> theirThreads,
            double tolerance) {
        this(name, peer, unit, amount, ours, theirs, theirThreads, tolerance, Pace.STEPS);
    }

    /** Against PyTorch, at its best of one thread and two. */
    public static Work pytorch(
            String name,
            String unit,
            double amount,
            Supplier<? extends Contestant> ours,
            Supplier<? extends Contestant> theirs) {
        return new Work(name, "pytorch", unit, amount, ours, theirs, List.of(1, 2), 1e-3);
    }
}
