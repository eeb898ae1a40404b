package dev.unroll.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

    private static Tensor run(Supplier<Tensor> computation) {
        return Workspace.run(computation, t -> List.of(t.view().buffer()));
    }

    private static void refuses(Tensor leaked) {
        for (Supplier<Object> use :
                List.<Supplier<Object>>of(
                        leaked::toArray, () -> leaked.plus(1), () -> leaked.times(leaked))) {
            assertThatThrownBy(use::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "this tensor was made inside Gradients.of or MemoryScope.run, which has"
                                    + " ended; return it from there, or read its numbers inside");
        }
    }

    @Test
    void a_tensor_that_was_carried_out_refuses_to_be_used() {
        List<Tensor> leaked = new ArrayList<>();
        run(
                () -> {
                    leaked.add(Tensor.full(1, 3));
                    return Tensor.full(2, 3);
                });
        refuses(leaked.getFirst());
    }

    @Test
    void a_tensor_carried_out_of_gradients_refuses_to_be_used() {
        Parameter w = Parameter.full(1, 4);
        List<Tensor> leaked = new ArrayList<>();
        Gradients gradients =
                Gradients.of(
                        () -> {
                            leaked.add(w.value().times(2));
                            leaked.add(leaked.getFirst().sum());
                            return leaked.getLast();
                        });
        assertThat(gradients.loss()).isEqualTo(8);
        leaked.forEach(WorkspaceTest::refuses);
    }

    @Test
    void the_result_keeps_its_numbers_while_others_come_and_go() {
        Tensor kept = run(() -> Tensor.full(1, 1000).plus(Tensor.full(2, 1000)));
        for (int i = 0; i < 10; i++) {
            run(() -> Tensor.full(7, 1000).times(Tensor.full(8, 1000)));
        }
        assertThat(kept.toArray()).containsOnly(3);
        assertThat(kept.plus(1).toArray()).containsOnly(4);
    }

    @Test
    void gradients_keep_their_numbers_while_others_come_and_go() {
        Parameter w = Parameter.of(Numbers.of(1, 100).toArray(), 100);
        Gradients first = Gradients.of(() -> w.value().square().sum());
        float[] slopes = first.of(w).toArray();
        for (int i = 0; i < 10; i++) {
            Gradients.of(() -> w.value().exp().sum());
        }
        assertThat(first.of(w).toArray()).isEqualTo(slopes);
    }

    @Test
    void an_inner_result_lives_as_long_as_the_outer_computation() {
        List<Tensor> seen = new ArrayList<>();
        Tensor result =
                run(
                        () -> {
                            Tensor own = Tensor.full(1, 50);
                            Tensor inner =
                                    run(
                                            () -> {
                                                seen.add(Tensor.full(5, 50));
                                                return own.plus(seen.getFirst());
                                            });
                            refuses(seen.getFirst());
                            seen.add(inner);
                            for (int i = 0; i < 5; i++) {
                                run(() -> Tensor.full(9, 50));
                            }
                            assertThat(own.toArray()).containsOnly(1);
                            return inner.plus(own);
                        });
        assertThat(result.toArray()).containsOnly(7);
        refuses(seen.getLast());
    }

    @Test
    void an_inner_result_may_be_the_outer_one() {
        Tensor result = run(() -> run(() -> run(() -> Tensor.full(3, 20))));
        run(() -> Tensor.full(4, 20));
        assertThat(result.toArray()).containsOnly(3);
    }

    @Test
    void a_tensor_from_outside_is_left_alone() {
        Tensor outside = Tensor.full(6, 10);
        Tensor result = run(() -> outside);
        run(() -> Tensor.full(4, 10));
        assertThat(result.toArray()).containsOnly(6);
        assertThat(outside.toArray()).containsOnly(6);
    }

    @Test
    void what_was_thrown_arrives_and_the_memory_goes_back() {
        Pool.SHARED.trim();
        List<Tensor> leaked = new ArrayList<>();
        assertThatThrownBy(
                        () ->
                                run(
                                        () -> {
                                            leaked.add(Tensor.full(1, 64));
                                            throw new UnsupportedOperationException("no");
                                        }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("no");
        refuses(leaked.getFirst());
        assertThat(Pool.SHARED.idleBytes()).isEqualTo(4 * 64);
        assertThat(run(() -> Tensor.full(2, 64)).toArray()).containsOnly(2);
        assertThat(Pool.SHARED.idleBytes()).isZero();
    }

    @Test
    void the_memory_of_another_thread_is_its_own() throws InterruptedException {
        List<Tensor> made = new ArrayList<>();
        run(
                () -> {
                    Thread thread = Thread.ofPlatform().start(() -> made.add(Tensor.full(3, 30)));
                    try {
                        thread.join();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return Tensor.full(1, 30);
                });
        for (int i = 0; i < 5; i++) {
            run(() -> Tensor.full(9, 30));
        }
        assertThat(made.getFirst().toArray()).containsOnly(3);
    }

    @Test
    void threads_that_compute_at_once_do_not_share_memory() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        boolean[] right = new boolean[4];
        for (int n = 0; n < right.length; n++) {
            int number = n;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        boolean all = true;
                                        for (int i = 0; i < 500; i++) {
                                            all &= sum(number) == 300 * number;
                                        }
                                        right[number] = all;
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(right).containsOnly(true);
    }

    private static float sum(int number) {
        return run(() -> Tensor.full(number, 300).plus(0).sum()).item();
    }

    @Test
    void without_ceremony_everything_stays_usable() {
        Tensor sum = Tensor.zeros(100);
        List<Tensor> before = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            before.add(sum);
            sum = sum.plus(Tensor.full(i, 100));
        }
        assertThat(sum.toArray()).containsOnly(4950);
        for (int i = 0; i < 100; i++) {
            assertThat(before.get(i).toArray()).containsOnly(i * (i - 1) / 2f);
        }
    }

    @Test
    void live_and_peak_bytes_are_those_in_use() {
        int size = 1 << 24; // so large that what the garbage collector does meanwhile is nothing
        long bytes = 4L * size;
        run(
                () -> {
                    long before = Pool.SHARED.liveBytes();
                    Pool.SHARED.resetPeak();
                    run(() -> Tensor.full(1, size).sum());
                    assertThat(Pool.SHARED.liveBytes()).isLessThan(before + bytes / 2);
                    assertThat(Pool.SHARED.peakBytes()).isGreaterThan(before + bytes / 2);
                    Tensor kept = Tensor.full(1, size);
                    assertThat(Pool.SHARED.liveBytes()).isGreaterThan(before + bytes / 2);
                    return kept.sum();
                });
        Pool.SHARED.trim();
    }

    @Test
    void equal_steps_need_no_new_memory() {
        Lstm lstm = Lstm.of(5, 7, new Seed(1));
        Layout layout = Layout.of(3, 1, 4);
        Sequences xs = new Sequences(Numbers.of(1, layout.tokens(), 5), layout);
        Supplier<Float> step =
                () ->
                        Workspace.run(
                                () ->
                                        Gradients.of(
                                                        () ->
                                                                lstm.unroll(
                                                                                xs,
                                                                                lstm.start(3),
                                                                                false)
                                                                        .outputs()
                                                                        .rows()
                                                                        .sum())
                                                .loss(),
                                loss -> List.of());
        Pool.SHARED.trim();
        float loss = step.get();
        long idle = Pool.SHARED.idleBytes();
        assertThat(idle).isPositive();
        for (int i = 0; i < 5; i++) {
            assertThat(step.get()).isEqualTo(loss);
            assertThat(Pool.SHARED.idleBytes()).isEqualTo(idle);
        }
    }
}
