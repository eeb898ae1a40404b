package dev.unroll.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Rounds through the exercises whose loops are not yet good, on the thread that asks for them. */
final class Exercising {
    /** Times, one after another, that the loops of an exercise must have been good. */
    private static final int TIMES = 5;

    /** Processor time of the exercises after which vectors are used, whatever they cost. */
    private static final long NANOSECONDS = 20_000_000_000L;

    /** Times the length of a round that the thread rests after it where nobody waits for it. */
    private static final int REST = 40;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final WarmUp.Loops loops;
    private final List<Open> open;

    /** An exercise, and how often in a row its loops have been good. */
    private static final class Open {
        private final Exercise exercise;
        private int times;

        Open(Exercise exercise) {
            this.exercise = exercise;
        }

        Part part() {
            return exercise.part();
        }
    }

    Exercising(WarmUp.Loops loops) {
        this.loops = loops;
        this.open = new ArrayList<>(Exercises.all().stream().map(Open::new).toList());
    }

    /** Whether there is anything left to exercise, and time for it. */
    boolean goesOn() {
        return !open.isEmpty() && threads.getCurrentThreadCpuTime() < NANOSECONDS;
    }

    /** Parts none of whose loops make objects any more. */
    Set<Part> good() {
        Set<Part> good = EnumSet.allOf(Part.class);
        open.forEach(one -> good.remove(one.part()));
        return good;
    }

    /**
     * Goes through the exercises of one rank: whole encoder layers, which are most of the work of
     * those who ask for them; then the other parts that are asked for; then the rest.
     *
     * @param asked the parts that are asked for; if none, all are of one rank
     * @return nanoseconds to rest now, so that others have the processor: as long as the round, or
     *     far longer where nobody waits
     */
    long round(Set<Part> asked) {
        long start = System.nanoTime();
        List<Open> wanted = open.stream().filter(one -> asked.contains(one.part())).toList();
        List<Open> encoder = wanted.stream().filter(one -> one.part() == Part.ENCODERS).toList();
        (!encoder.isEmpty() ? encoder : !wanted.isEmpty() ? wanted : List.copyOf(open))
                .forEach(this::look);
        open.removeIf(one -> one.times >= TIMES);
        boolean nobodyWaits = wanted.isEmpty() && !asked.isEmpty();
        return (nobodyWaits ? REST : 1) * (System.nanoTime() - start);
    }

    /** Does an exercise without vectors and with them, and compares. */
    private void look(Open one) {
        Cost without = Cost.of(threads, () -> one.exercise.work().accept(loops.plain()));
        Cost with = Cost.of(threads, () -> one.exercise.work().accept(loops.vectors()));
        boolean fast =
                one.exercise.inRegisters(with.bytes, without.bytes)
                        || with.nanoseconds < without.nanoseconds;
        one.times = fast ? one.times + 1 : 0;
    }

    /** The bytes that some work allocated on the heap, and the nanoseconds it took. */
    private record Cost(long bytes, long nanoseconds) {
        static Cost of(ThreadMXBean threads, Runnable work) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            work.run();
            long nanoseconds = System.nanoTime() - start;
            return new Cost(threads.getCurrentThreadAllocatedBytes() - bytes, nanoseconds);
        }
    }
}
