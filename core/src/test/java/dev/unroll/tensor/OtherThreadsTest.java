package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtherThreadsTest {
    private final Parameter w = Parameter.of(new float[] {2, 3}, 2);
    private final Tensor x = Tensor.of(new float[] {5, 7}, 2);

    /** Ways to have a tensor computed somewhere else. */
    interface Elsewhere extends UnaryOperator<Supplier<Tensor>> {}

    static Stream<Named<Elsewhere>> elsewhere() {
        return Stream.of(
                Named.of("executor", OtherThreadsTest::inExecutor),
                Named.of("virtual thread", OtherThreadsTest::inVirtualThread),
                Named.of("future", work -> () -> CompletableFuture.supplyAsync(work).join()));
    }

    private static Supplier<Tensor> inExecutor(Supplier<Tensor> work) {
        return () -> {
            try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
                return CompletableFuture.supplyAsync(work, executor).join();
            }
        };
    }

    private static Supplier<Tensor> inVirtualThread(Supplier<Tensor> work) {
        return () -> {
            FutureTask<Tensor> task = new FutureTask<>(work::get);
            Thread.startVirtualThread(task);
            return Objects.requireNonNull(
                    CompletableFuture.supplyAsync(
                                    () -> {
                                        try {
                                            return task.get();
                                        } catch (Exception e) {
                                            throw new IllegalStateException(e);
                                        }
                                    })
                            .join());
        };
    }

    private static void refuses(Supplier<Tensor> computation, Tensor... alsoBy) {
        assertThatThrownBy(() -> Gradients.of(computation, alsoBy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("an operation inside Gradients.of ran on the thread")
                .hasMessageContaining("on the thread that calls Gradients.of, here '")
                .hasMessageContaining("Tensor.of(x.toArray(), x.shape().dims())");
    }

    @Test
    void a_parallel_stream_inside_gradients_is_refused_or_recorded_but_never_lost() {
        for (int i = 0; i < 50; i++) {
            Supplier<Tensor> loss =
                    () ->
                            IntStream.range(0, 64)
                                    .parallel()
                                    .mapToObj(k -> x.times(w).sum())
                                    .reduce(Tensor::plus)
                                    .orElseThrow();
            Gradients gradients;
            try {
                gradients = Gradients.of(loss);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("no parallel streams");
                continue;
            }
            assertThat(gradients.of(w).toArray()).containsExactly(64 * 5, 64 * 7);
        }
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void what_depends_on_a_parameter_is_refused_from_another_thread(Elsewhere elsewhere) {
        refuses(() -> elsewhere.apply(() -> x.times(w)).get().sum());
        refuses(elsewhere.apply(() -> x.times(w).sum()));
        refuses(() -> elsewhere.apply(() -> x.plus(w).sum().exp()).get().plus(x.sum()));
        refuses(
                () ->
                        Tensor.concat(0, x, elsewhere.apply(() -> w.value().split(2)[1]).get())
                                .sum());
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void what_depends_on_a_recorded_or_a_named_tensor_is_refused_too(Elsewhere elsewhere) {
        refuses(
                () -> {
                    Tensor h = x.times(w);
                    return elsewhere.apply(() -> h.square().sum()).get().times(2);
                });
        refuses(() -> elsewhere.apply(() -> x.square().sum()).get().times(2), x);
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void constants_may_come_from_anywhere(Elsewhere elsewhere) {
        Tensor before = elsewhere.apply(() -> x.times(w)).get();
        Gradients g =
                Gradients.of(
                        () -> {
                            Tensor plain = elsewhere.apply(() -> x.square()).get();
                            Tensor copied =
                                    elsewhere.apply(() -> Tensor.of(x.times(w).toArray(), 2)).get();
                            return w.value().times(plain).times(copied).times(before).sum();
                        });
        assertThat(g.of(w).toArray()).containsExactly(25 * 10 * 10, 49 * 21 * 21);
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void gradients_taken_on_another_thread_are_constants(Elsewhere elsewhere) {
        Gradients g =
                Gradients.of(
                        () -> {
                            Supplier<Tensor> inner =
                                    () -> Gradients.of(() -> w.value().square().sum()).of(w);
                            return elsewhere.apply(inner).get().times(w).sum();
                        });
        assertThat(g.of(w).toArray()).containsExactly(4, 6);
    }

    @Test
    void two_threads_take_gradients_at_once_without_disturbing_each_other() {
        List<float[]> slopes =
                IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> Gradients.of(() -> x.times(w).square().sum()).of(w))
                        .map(Tensor::toArray)
                        .toList();
        assertThat(slopes).allSatisfy(s -> assertThat(s).containsExactly(100, 294));
    }
}
