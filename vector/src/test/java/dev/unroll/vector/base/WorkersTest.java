package dev.unroll.vector.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void every_part_runs_once(int threads) {
        Workers workers = new Workers(threads);
        for (int parts = 0; parts < 40; parts++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(parts);
            workers.run(parts, runs::incrementAndGet);
            for (int i = 0; i < parts; i++) {
                assertThat(runs.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void parts_run_at_the_same_time_on_different_threads() {
        CountDownLatch both = new CountDownLatch(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        new Workers(2)
                .run(
                        2,
                        i -> {
                            threads.add(Thread.currentThread());
                            both.countDown();
                            await(both);
                        });
        assertThat(threads).hasSize(2).contains(Thread.currentThread());
    }

    @Test
    void an_exception_of_any_thread_reaches_the_caller_and_the_next_run_works() {
        Workers workers = new Workers(2);
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        assertThatThrownBy(
                        () ->
                                workers.run(
                                        2,
                                        i -> {
                                            both.countDown();
                                            await(both);
                                            if (Thread.currentThread() != caller) {
                                                throw new IllegalStateException("part failed");
                                            }
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part failed");
        AtomicIntegerArray runs = new AtomicIntegerArray(10);
        workers.run(10, runs::incrementAndGet);
        assertThat(runs).hasToString(new AtomicIntegerArray(ones(10)).toString());
    }

    @Test
    void a_thread_does_not_keep_the_class_loader_of_the_caller_that_came_first()
            throws InterruptedException {
        ClassLoader application = new ClassLoader() {};
        Set<ClassLoader> contexts = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        Thread caller =
                new Thread(
                        () ->
                                new Workers(2)
                                        .run(
                                                2,
                                                i -> {
                                                    contexts.add(
                                                            Thread.currentThread()
                                                                    .getContextClassLoader());
                                                    both.countDown();
                                                    await(both);
                                                }));
        caller.setContextClassLoader(application);
        caller.start();
        caller.join();
        assertThat(contexts).containsExactlyInAnyOrder(application, Workers.class.getClassLoader());
    }

    @Test
    void parts_may_run_parts() {
        Workers workers = new Workers(2);
        AtomicIntegerArray runs = new AtomicIntegerArray(12);
        workers.run(3, i -> workers.run(4, j -> runs.incrementAndGet(4 * i + j)));
        assertThat(runs).hasToString(new AtomicIntegerArray(ones(12)).toString());
    }

    @Test
    void several_callers_at_once_all_get_their_work_done() throws InterruptedException {
        Workers workers = new Workers(2);
        AtomicIntegerArray runs = new AtomicIntegerArray(4 * 500);
        Thread[] callers = new Thread[4];
        for (int c = 0; c < 4; c++) {
            int first = 500 * c;
            callers[c] =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int r = 0; r < 100; r++) {
                                            int at = first + 5 * r;
                                            workers.run(5, i -> runs.incrementAndGet(at + i));
                                        }
                                    });
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(runs).hasToString(new AtomicIntegerArray(ones(2000)).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100})
    void ranges_cover_everything_once(int size) {
        for (int threads = 1; threads < 5; threads++) {
            AtomicIntegerArray seen = new AtomicIntegerArray(size);
            new Workers(threads)
                    .ranges(
                            size,
                            3,
                            (from, to) -> {
                                for (int i = from; i < to; i++) {
                                    seen.incrementAndGet(i);
                                }
                            });
            assertThat(seen).hasToString(new AtomicIntegerArray(ones(size)).toString());
        }
    }

    private static int[] ones(int n) {
        int[] ones = new int[n];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void a_phase_begins_when_all_parts_of_the_one_before_have_ended(int threads) {
        Workers workers = new Workers(threads);
        for (int turn = 0; turn < 200; turn++) {
            int phases = 1 + turn % 7;
            AtomicIntegerArray ended = new AtomicIntegerArray(phases);
            workers.phases(
                    phases,
                    new Workers.Phases() {
                        @Override
                        public int parts(int phase) {
                            return phase * 3 % 5;
                        }

                        @Override
                        public void run(int phase, int part) {
                            for (int before = 0; before < phase; before++) {
                                assertThat(ended.get(before)).isEqualTo(parts(before));
                            }
                            ended.incrementAndGet(phase);
                        }
                    });
            for (int phase = 0; phase < phases; phase++) {
                assertThat(ended.get(phase)).isEqualTo(phase * 3 % 5);
            }
        }
    }

    @Test
    void an_exception_in_a_phase_reaches_the_caller_and_the_next_phases_work() {
        Workers workers = new Workers(2);
        Workers.Phases failing =
                new Workers.Phases() {
                    @Override
                    public int parts(int phase) {
                        return 4;
                    }

                    @Override
                    public void run(int phase, int part) {
                        if (phase == 1 && part == 2) {
                            throw new IllegalStateException("part 2");
                        }
                    }
                };
        assertThatThrownBy(() -> workers.phases(3, failing)).hasMessage("part 2");
        AtomicInteger done = new AtomicInteger();
        workers.run(5, _ -> done.incrementAndGet());
        assertThat(done.get()).isEqualTo(5);
    }
}
