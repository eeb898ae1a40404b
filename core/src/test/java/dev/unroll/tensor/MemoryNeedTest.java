package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Backends;
import dev.unroll.mask.Masks;
import dev.unroll.memory.Pool;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
    private static final int ROWS = 100;

    private static Tensor loss(Linear first, Linear second) {
        Tensor x = Tensor.zeros(ROWS, 64);
        return second.forward(first.forward(x).tanh()).square().sum();
    }

    @Test
    void a_network_is_counted_without_a_number_being_computed() {
        Linear first = Linear.of(64, 256, new Seed(1));
        Linear second = Linear.of(256, 64, new Seed(2));
        long small = MemoryNeed.ofGradients(() -> loss(first, second));
        // the input, the hidden rows before and after tanh, the result
        assertThat(small).isGreaterThan(4L * ROWS * (64 + 256 + 64));
        assertThat(small).isLessThan(4L * (ROWS * 3 * (64 + 2 * 256 + 64) + 3 * 2 * 64 * 256));
        assertThat(Gradients.of(() -> loss(first, second)).loss()).isZero();
    }

    @Test
    void counting_ends_with_the_computation_and_after_an_error() {
        Backend before = Backends.current();
        assertThatThrownBy(
                        () ->
                                MemoryNeed.ofGradients(
                                        () -> {
                                            throw new IllegalStateException("wrong");
                                        }))
                .hasMessage("wrong");
        assertThat(Backends.current()).isSameAs(before);
        assertThat(Tensor.of(new float[] {1, 2}, 2).sum().item()).isEqualTo(3);
    }

    @Test
    void what_is_only_counted_leaves_the_bytes_in_use_as_they_are() {
        Linear first = Linear.of(64, 256, new Seed(1));
        Linear second = Linear.of(256, 64, new Seed(2));
        long gradients = 4L * 2 * 64 * 256;
        long live = Pool.SHARED.liveBytes();
        for (int i = 0; i < 20; i++) {
            MemoryNeed.ofGradients(() -> loss(first, second));
        }
        // other tests' garbage may go meanwhile, and is less than 20 times the gradients
        assertThat(Pool.SHARED.liveBytes()).isGreaterThan(live - 10 * gradients);
    }

    @Test
    void twice_the_rows_need_twice_the_memory() {
        Parameter w = Parameter.full(0.5f, 8, 8);
        long once = MemoryNeed.ofGradients(() -> chain(w, 1_000));
        long twice = MemoryNeed.ofGradients(() -> chain(w, 2_000));
        assertThat(twice).isCloseTo(2 * once, withinPercentage(5));
    }

    @Test
    void layers_that_predict_take_the_memory_of_one_after_another() {
        Sequences x = new Sequences(Tensor.zeros(300, 16), Layout.of(200, 100));
        requireOneAfterAnother(
                layers -> {
                    Recurrent stack = Recurrent.of(Lstm::of, 16, 16, layers, false, 0, new Seed(1));
                    return () -> stack.unroll(x, stack.start(2), Mode.INFERENCE);
                });
        requireOneAfterAnother(
                layers -> {
                    TransformerEncoder stack =
                            TransformerEncoder.of(
                                    TransformerShape.of(16, 2),
                                    layers,
                                    new Positions.NoPositions(),
                                    new Seed(1));
                    return () -> stack.forward(x, Masks.NONE, Mode.INFERENCE);
                });
    }

    private static void requireOneAfterAnother(IntFunction<Supplier<?>> stack) {
        long rows = 4L * 300 * 16; // of a layer's result
        long one = MemoryNeed.ofPrediction(stack.apply(1));
        assertThat(one).isGreaterThan(4 * rows);
        assertThat(MemoryNeed.ofPrediction(stack.apply(9))).isLessThan(one + 12 * rows);
    }

    private static Tensor chain(Parameter w, int rows) {
        Tensor y = Tensor.zeros(rows, 8);
        for (int i = 0; i < 5; i++) {
            y = y.matmul(w.value()).tanh();
        }
        return y.sum();
    }
}
