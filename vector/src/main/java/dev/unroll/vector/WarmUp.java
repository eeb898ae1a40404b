package dev.unroll.vector;

import com.sun.management.ThreadMXBean;
import dev.unroll.backend.Groups;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which loops run. Until the compiler has seen a loop often enough, the Vector API makes an object
 * of every vector, and a loop of plain floats is a hundred times faster. Whoever wants single
 * answers soon {@linkplain #begin begins} to warm up: from then on operations run in plain loops,
 * to the same bits, while a thread exercises those of vectors; a group of operations changes over
 * as soon as none of its loops makes objects any more, or is slower than the plain one. Nobody can
 * tell by a result which of them ran.
 *
 * <p>A training never begins to warm up: its first second does not count.
 */
final class WarmUp {
    /** Times, one after another, that the loops of an exercise must have been good. */
    private static final int TIMES = 5;

    /** Processor time of the exercises after which vectors are used, whatever they cost. */
    private static final long NANOSECONDS = 20_000_000_000L;

    /** Time before the exercises begin: a process that answers once has ended by then. */
    private static final long PATIENCE = 300_000_000;

    /** How a process may be told what to do. */
    enum Rule {
        /** Plain loops from the beginning of a warm-up to its end. */
        MEASURE,
        /** Plain loops always: the process will end before vectors pay. */
        PLAIN,
        /** Vectors always. */
        VECTORS;

        /** {@code -Dunroll.young}: true, false, or nothing. */
        static Rule ofProcess() {
            return switch (System.getProperty("unroll.young", "")) {
                case "true" -> PLAIN;
                case "false" -> VECTORS;
                default -> MEASURE;
            };
        }
    }

    private final Groups vectors;
    private final Groups plain;
    private final Rule rule;
    private volatile Groups current;
    private @Nullable CompletableFuture<@Nullable Void> end;

    WarmUp(Groups vectors, Groups plain, Rule rule) {
        this.vectors = vectors;
        this.plain = plain;
        this.rule = rule;
        this.current = rule == Rule.PLAIN ? plain : vectors;
    }

    /** The operations to be used now. */
    Groups groups() {
        return current;
    }

    /** Begins to warm up, unless that was done; what is returned is done when it has ended. */
    synchronized Future<?> begin() {
        CompletableFuture<@Nullable Void> begun = end;
        if (begun != null) {
            return begun;
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        end = done;
        if (rule == Rule.MEASURE) {
            current = plain;
            Thread thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("unroll-warm-up")
                            .inheritInheritableThreadLocals(false)
                            .unstarted(() -> run(done));
            // Not the class loader of whoever came first, which may be another application's.
            thread.setContextClassLoader(WarmUp.class.getClassLoader());
            thread.start();
        } else {
            done.complete(null);
        }
        return done;
    }

    private void run(CompletableFuture<@Nullable Void> done) {
        try {
            LockSupport.parkNanos(PATIENCE);
            exercise(Exercises.all());
        } finally {
            current = vectors;
            done.complete(null);
        }
    }

    /** An exercise, and how often in a row its loops have been good. */
    private static final class Open {
        private final Exercise exercise;
        private int times;

        Open(Exercise exercise) {
            this.exercise = exercise;
        }
    }

    /** What some work allocated and how long it took. */
    private record Cost(long bytes, long nanoseconds) {
        static Cost of(ThreadMXBean threads, Runnable work) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            work.run();
            long nanoseconds = System.nanoTime() - start;
            return new Cost(threads.getCurrentThreadAllocatedBytes() - bytes, nanoseconds);
        }
    }

    private void exercise(List<Exercise> exercises) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Open> open = new ArrayList<>();
        exercises.forEach(exercise -> open.add(new Open(exercise)));
        Set<Part> withVectors = EnumSet.noneOf(Part.class);
        while (!open.isEmpty() && threads.getCurrentThreadCpuTime() < NANOSECONDS) {
            long start = System.nanoTime();
            for (Open one : open) {
                Cost without = Cost.of(threads, () -> one.exercise.work().accept(plain));
                Cost with = Cost.of(threads, () -> one.exercise.work().accept(vectors));
                boolean fast =
                        one.exercise.inRegisters(with.bytes, without.bytes)
                                || with.nanoseconds < without.nanoseconds;
                one.times = fast ? one.times + 1 : 0;
            }
            open.removeIf(one -> one.times >= TIMES);
            for (Part part : Part.values()) {
                if (!withVectors.contains(part)
                        && open.stream().noneMatch(one -> one.exercise.part() == part)) {
                    withVectors.add(part);
                    current = Part.mixed(withVectors, vectors, plain);
                }
            }
            LockSupport.parkNanos(System.nanoTime() - start); // half of one processor at most
        }
    }
}
