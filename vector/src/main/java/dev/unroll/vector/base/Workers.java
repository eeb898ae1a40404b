package dev.unroll.vector.base;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
        Job job = new Job(part, parts, Thread.currentThread());
        try {
            publish(job);
            job.work();
            job.await();
        } finally {
            current = null;
            taken.set(false);
        }
        job.rethrow();
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

    private void publish(Job job) {
        @Nullable Worker[] all = workers;
        if (all == null) {
            all = new Worker[threads - 1];
            workers = all;
        }
        current = job;
        int helpers = Math.min(all.length, job.parts - 1);
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

    /** Parts to do, who waits for them, and what went wrong. */
    private static final class Job {
        private final IntConsumer part;
        private final int parts;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger open;
        private volatile @Nullable Throwable failure;

        Job(IntConsumer part, int parts, Thread caller) {
            this.part = part;
            this.parts = parts;
            this.caller = caller;
            this.open = new AtomicInteger(parts);
        }

        /** Takes parts as long as there are any. */
        void work() {
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

        void rethrow() {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable t -> throw new IllegalStateException(t);
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
