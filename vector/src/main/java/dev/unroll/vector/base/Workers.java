package dev.unroll.vector.base;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that stay and wait for parts of one computation at a time. They spin a little before they
 * sleep, because the operations of a training step follow each other within microseconds and waking
 * a sleeping thread costs more than many of them. A thread that had nothing to do for some seconds
 * ends, so that it does not keep the classes of an application that a server has removed; the next
 * computation starts another.
 *
 * <p>Work is split by its outputs: each part writes its own, and no sum is split. So results do not
 * depend on the number of threads.
 */
public final class Workers {
    /** Turns of waiting before sleep: some 50 µs. */
    private static final int SPINS = 2_000;

    /** Sleep between looks at a phase that takes longer than the spinning. */
    private static final long NAP_NANOS = 20_000;

    /** Time without work after which a thread ends. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final int threads;
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable Worker @Nullable [] workers;
    private volatile @Nullable Job current;

    /**
     * @param threads at least 1, the caller's included
     */
    public Workers(int threads) {
        this.threads = threads;
    }

    /** Number of threads that work, the caller's included. */
    public int threads() {
        return threads;
    }

    /** A run of items. */
    @FunctionalInterface
    public interface Range {
        void run(int from, int to);
    }

    /**
     * Runs parts 0, 1, ... once each, on all threads and the caller's, and returns when all are
     * done. While the threads are busy (a part runs parts itself, or another thread was first), the
     * caller does all of its parts alone.
     *
     * @throws RuntimeException what a part threw; parts not yet begun are left out
     */
    public void run(int parts, IntConsumer part) {
        if (parts <= 1 || threads == 1 || !taken.compareAndSet(false, true)) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
            return;
        }
        PartsJob job = new PartsJob(part, parts, Thread.currentThread());
        try {
            publish(job, parts - 1);
            job.work();
            job.await();
        } finally {
            current = null;
            taken.set(false);
        }
        rethrow(job.failure);
    }

    /**
     * Runs [0, size) in ranges of like size, no more of them than threads.
     *
     * @param least fewest items that are worth a thread
     */
    public void ranges(int size, int least, Range range) {
        int parts = (int) Math.min(threads, size / (long) Math.max(1, least));
        if (parts <= 1) {
            if (size > 0) {
                range.run(0, size);
            }
            return;
        }
        run(
                parts,
                i ->
                        range.run(
                                (int) ((long) size * i / parts),
                                (int) ((long) size * (i + 1) / parts)));
    }

    /** Work in phases: a part of one begins when all parts of the one before have ended. */
    public interface Phases {
        /** Number of parts of a phase. */
        int parts(int phase);

        /** Does a part of a phase. */
        void run(int phase, int part);
    }

    /**
     * Runs phases 0, 1, ..., the parts of each on all threads and the caller's. Between phases the
     * threads wait without sleep, for some hundred nanoseconds; a thread that comes late finds the
     * parts that are left.
     *
     * @throws RuntimeException what a part threw; parts not yet begun are left out
     */
    public void phases(int count, Phases phases) {
        if (count == 0) {
            return;
        }
        if (threads == 1 || !taken.compareAndSet(false, true)) {
            for (int phase = 0; phase < count; phase++) {
                int parts = phases.parts(phase);
                for (int i = 0; i < parts; i++) {
                    phases.run(phase, i);
                }
            }
            return;
        }
        PhasedJob job = new PhasedJob(phases, count);
        try {
            publish(job, threads - 1);
            job.work();
            job.await(count - 1);
        } finally {
            current = null;
            taken.set(false);
        }
        rethrow(job.failure);
    }

    private void publish(Job job, int most) {
        @Nullable Worker[] all = workers;
        if (all == null) {
            all = new Worker[threads - 1];
            workers = all;
        }
        current = job;
        int helpers = Math.min(all.length, most);
        for (int i = 0; i < helpers; i++) {
            Worker worker = all[i];
            if (worker == null || worker.ended) {
                worker = new Worker(this);
                all[i] = worker;
                worker.start("unroll-worker-" + (i + 1));
            } else {
                worker.wake();
            }
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable t -> throw new IllegalStateException(t);
        }
    }

    /** What the threads work on. */
    private interface Job {
        /** Works as long as there is anything to do. */
        void work();
    }

    /** Phases, the parts of each that nobody has begun and that have not ended. */
    private static final class PhasedJob implements Job {
        private final Phases phases;
        private final int count;
        private final AtomicIntegerArray next;
        private final AtomicIntegerArray open;
        private volatile @Nullable Throwable failure;

        PhasedJob(Phases phases, int count) {
            this.phases = phases;
            this.count = count;
            next = new AtomicIntegerArray(count);
            open = new AtomicIntegerArray(count);
            for (int phase = 0; phase < count; phase++) {
                open.setPlain(phase, phases.parts(phase));
            }
        }

        @Override
        public void work() {
            for (int phase = 0; phase < count; phase++) {
                int parts = phases.parts(phase);
                while (next.getPlain(phase) < parts) {
                    int i = next.getAndIncrement(phase);
                    if (i >= parts) {
                        break;
                    }
                    try {
                        if (failure == null) {
                            phases.run(phase, i);
                        }
                    } catch (Throwable t) {
                        failure = t;
                    }
                    open.decrementAndGet(phase);
                }
                if (phase < count - 1) {
                    await(phase);
                }
            }
        }

        /** Waits until a phase has ended; a thread that was taken off its processor, asleep. */
        void await(int phase) {
            for (int spins = 0; open.get(phase) > 0; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, NAP_NANOS);
                }
            }
        }
    }

    /** Parts to do, who waits for them, and what went wrong. */
    private static final class PartsJob implements Job {
        private final IntConsumer part;
        private final int parts;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger open;
        private volatile @Nullable Throwable failure;

        PartsJob(IntConsumer part, int parts, Thread caller) {
            this.part = part;
            this.parts = parts;
            this.caller = caller;
            this.open = new AtomicInteger(parts);
        }

        @Override
        public void work() {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        part.accept(i);
                    }
                } catch (Throwable t) {
                    failure = t;
                }
                if (open.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }

        void await() {
            for (int spins = 0; open.get() > 0; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }
    }

    /** One thread: works on what is current, spins, sleeps, ends. */
    private static final class Worker implements Runnable {
        private final Workers of;
        private volatile boolean asleep;
        private volatile boolean ended;
        private @Nullable Thread thread;

        Worker(Workers of) {
            this.of = of;
        }

        void start(String name) {
            Thread starting =
                    Thread.ofPlatform()
                            .daemon()
                            .name(name)
                            .inheritInheritableThreadLocals(false)
                            .unstarted(this);
            // Not the class loader of whoever came first, which may be another application's.
            starting.setContextClassLoader(Workers.class.getClassLoader());
            thread = starting;
            starting.start();
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void run() {
            Job done = null;
            int spins = 0;
            while (true) {
                Job job = of.current;
                if (job != null && job != done) {
                    job.work();
                    done = job;
                    spins = 0;
                    continue;
                }
                if (job == null) {
                    done = null; // or it would keep the arrays of the last job alive
                }
                if (spins++ < SPINS) {
                    Thread.onSpinWait();
                    continue;
                }
                asleep = true;
                long since = System.nanoTime();
                if (of.current == job) {
                    LockSupport.parkNanos(of, PATIENCE_NANOS);
                }
                asleep = false;
                if (job == null && System.nanoTime() - since >= PATIENCE_NANOS) {
                    ended = true;
                    // Whoever published a job before it could see that has nobody else.
                    Job last = of.current;
                    if (last != null) {
                        last.work();
                    }
                    return;
                }
            }
        }
    }
}
