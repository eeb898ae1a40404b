package dev.unroll.vector.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.View;
import dev.unroll.backend.scalar.ScalarBackend;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.vector.VectorBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every element is one chain of fused multiply-adds in the order of the inner dimension: so results
 * are not only near the reference but known to the last bit, whatever tiles, blocks and threads
 * computed them.
 */
class VectorProductsTest {
    private static final VectorBackend ONE = new VectorBackend(1);
    private static final VectorBackend TWO = new VectorBackend(2);
    private static final VectorBackend FIVE = new VectorBackend(5);
    private static final ScalarBackend SCALAR = new ScalarBackend();

    /** How an operand lies in memory. */
    enum Storage {
        PLAIN,
        TRANSPOSED,
        /** Rows further apart than they are long, not from the start of the buffer. */
        WINDOW,
        /** No two elements are neighbours. */
        SCATTERED,
        /** One row, repeated. */
        REPEATED
    }

    record Case(int m, int k, int n) {
        @Override
        public String toString() {
            return "[%d, %d] x [%d, %d]".formatted(m, k, k, n);
        }
    }

    static Stream<Case> sizes() {
        List<Case> cases = new ArrayList<>();
        int[] awkward = {0, 1, 7, 8, 9, 31};
        for (int m : awkward) {
            for (int k : awkward) {
                for (int n : awkward) {
                    cases.add(new Case(m, k, n));
                }
            }
        }
        for (int size = 1; size < 40; size++) {
            cases.add(new Case(size, 3, 41 - size));
        }
        cases.add(new Case(207, 207, 207));
        cases.add(new Case(1, 513, 207));
        cases.add(new Case(300, 600, 33));
        cases.add(new Case(530, 257, 70));
        cases.add(new Case(3, 64, 1000));
        cases.add(new Case(900, 31, 2));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void a_product_of_any_size_is_exact_to_the_bit(Case size) {
        check(size, Storage.PLAIN, Storage.PLAIN, false);
        check(size, Storage.TRANSPOSED, Storage.TRANSPOSED, true);
    }

    @ParameterizedTest
    @EnumSource
    void a_left_operand_may_lie_in_memory_in_any_way(Storage a) {
        for (Storage b : Storage.values()) {
            for (boolean accumulate : new boolean[] {false, true}) {
                check(new Case(31, 9, 37), a, b, accumulate);
                check(new Case(5, 260, 64), a, b, accumulate);
                check(new Case(280, 65, 7), a, b, accumulate);
                check(new Case(290, 70, 100), a, b, accumulate);
            }
        }
    }

    @Test
    void a_row_has_the_same_bits_alone_and_among_others() {
        Random random = new Random(5);
        float[] x = numbers(random, 100 * 300);
        float[] w = numbers(random, 300 * 90);
        float[] all = multiply(TWO, x, w, 100, 300, 90);
        for (int row = 0; row < 100; row++) {
            float[] alone = new float[300];
            System.arraycopy(x, row * 300, alone, 0, 300);
            float[] y = multiply(TWO, alone, w, 1, 300, 90);
            for (int j = 0; j < 90; j++) {
                assertThat(y[j]).isEqualTo(all[row * 90 + j]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("batches")
    void each_product_of_a_batch_is_that_of_its_matrices(int batch, Case size) {
        Random random = new Random(9);
        View a = View.of(buffer(numbers(random, batch * size.m * size.k)), batch, size.k, size.m);
        View b = View.of(buffer(numbers(random, batch * size.k * size.n)), batch, size.k, size.n);
        View at = a.transposed();
        for (Backend backend : new Backend[] {ONE, TWO}) {
            View c = View.of(backend.allocate(batch * size.m * size.n), batch, size.m, size.n);
            backend.products().matmul(at, b, c, false);
            for (int s = 0; s < batch; s++) {
                View expected = View.of(backend.allocate(size.m * size.n), size.m, size.n);
                backend.products().matmul(item(at, s), item(b, s), expected, false);
                assertThat(read(item(c, s))).isEqualTo(read(expected));
            }
        }
    }

    static Stream<Arguments> batches() {
        return Stream.of(
                Arguments.of(0, new Case(2, 3, 4)),
                Arguments.of(1, new Case(2, 3, 4)),
                Arguments.of(70, new Case(31, 32, 33)),
                Arguments.of(2, new Case(207, 128, 130)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void a_bias_is_where_every_sum_starts(Case size) {
        Random random = new Random(size.hashCode());
        float[] row = numbers(random, 2 * size.n);
        View a = stored(random, size.m, size.k, Storage.WINDOW);
        View b = stored(random, size.k, size.n, Storage.TRANSPOSED);
        for (int step = 1; step <= 2; step++) {
            View bias = new View(buffer(row), 0, new int[] {size.n}, new int[] {step});
            float[] before = numbers(random, (size.m + 2) * (size.n + 3));
            float[] expected = before.clone();
            View target = window(expected, size);
            for (int i = 0; i < size.m; i++) {
                for (int j = 0; j < size.n; j++) {
                    expected[target.offset() + i * target.strides()[0] + j] = row[j * step];
                }
            }
            chain(a, b, expected, target, true);
            for (VectorBackend backend : new VectorBackend[] {ONE, TWO, FIVE}) {
                Buffer buffer = buffer(before);
                backend.products().linear(a, b, bias, window(buffer, size));
                assertThat(read(View.of(buffer, before.length))).isEqualTo(expected);
            }
            Buffer reference = buffer(before);
            SCALAR.products().linear(a, b, bias, window(reference, size));
            float[] near = read(View.of(reference, before.length));
            for (int i = 0; i < near.length; i++) {
                assertThat(Math.abs(expected[i] - near[i])).isLessThanOrEqualTo(1e-4f);
            }
        }
    }

    @Test
    void what_is_not_a_number_stays_in_its_row_and_column() {
        float[] x = numbers(new Random(1), 40 * 20);
        x[7 * 20 + 3] = Float.NaN;
        float[] y = multiply(TWO, x, numbers(new Random(2), 20 * 35), 40, 20, 35);
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 35; j++) {
                assertThat(Float.isNaN(y[i * 35 + j])).isEqualTo(i == 7);
            }
        }
    }

    private static void check(Case size, Storage how, Storage and, boolean accumulate) {
        Random random = new Random(size.hashCode());
        View a = stored(random, size.m, size.k, how);
        View b = stored(random, size.k, size.n, and);
        float[] before = numbers(random, (size.m + 2) * (size.n + 3));
        float[] expected = before.clone();
        View target = window(expected, size);
        chain(a, b, expected, target, accumulate);

        for (VectorBackend backend : new VectorBackend[] {ONE, TWO, FIVE}) {
            Buffer buffer = buffer(before);
            backend.products().matmul(a, b, window(buffer, size), accumulate);
            assertThat(read(View.of(buffer, before.length)))
                    .as("%s, %s and %s", size, how, and)
                    .isEqualTo(expected);
        }

        Buffer reference = buffer(before);
        SCALAR.products().matmul(a, b, window(reference, size), accumulate);
        float[] near = read(View.of(reference, before.length));
        for (int i = 0; i < near.length; i++) {
            assertThat(Math.abs(expected[i] - near[i])).isLessThanOrEqualTo(1e-4f);
        }
    }

    /** The definition, in fused steps. */
    private static void chain(View a, View b, float[] c, View target, boolean accumulate) {
        float[] left = ArrayBuffer.floats(a.buffer());
        float[] right = ArrayBuffer.floats(b.buffer());
        for (int i = 0; i < target.dim(0); i++) {
            for (int j = 0; j < target.dim(1); j++) {
                int to = target.offset() + i * target.strides()[0] + j;
                float sum = accumulate ? c[to] : 0;
                for (int k = 0; k < a.dim(1); k++) {
                    sum =
                            Math.fma(
                                    left[a.offset() + i * a.strides()[0] + k * a.strides()[1]],
                                    right[b.offset() + k * b.strides()[0] + j * b.strides()[1]],
                                    sum);
                }
                c[to] = sum;
            }
        }
    }

    private static View stored(Random random, int rows, int columns, Storage how) {
        return switch (how) {
            case PLAIN -> View.of(buffer(numbers(random, rows * columns)), rows, columns);
            case TRANSPOSED ->
                    View.of(buffer(numbers(random, rows * columns)), columns, rows).transposed();
            case WINDOW -> {
                float[] all = numbers(random, (rows + 1) * (columns + 5));
                yield new View(
                        buffer(all), 3, new int[] {rows, columns}, new int[] {columns + 5, 1});
            }
            case SCATTERED -> {
                float[] all = numbers(random, rows * (2 * columns + 1) + 2 * columns);
                yield new View(
                        buffer(all), 1, new int[] {rows, columns}, new int[] {2 * columns + 1, 2});
            }
            case REPEATED ->
                    new View(
                            buffer(numbers(random, columns)),
                            0,
                            new int[] {rows, columns},
                            new int[] {0, 1});
        };
    }

    /** c lies inside of something larger, which must stay as it is. */
    private static View window(Buffer buffer, Case size) {
        return new View(buffer, size.n + 4, new int[] {size.m, size.n}, new int[] {size.n + 3, 1});
    }

    private static View window(float[] all, Case size) {
        return window(buffer(all), size);
    }

    private static View item(View view, int s) {
        return new View(
                view.buffer(),
                view.offset() + s * view.strides()[0],
                new int[] {view.dim(1), view.dim(2)},
                new int[] {view.strides()[1], view.strides()[2]});
    }

    private static float[] multiply(Backend backend, float[] a, float[] b, int m, int k, int n) {
        View c = View.of(backend.allocate(m * n), m, n);
        backend.products().matmul(View.of(buffer(a), m, k), View.of(buffer(b), k, n), c, false);
        return read(c);
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    private static Buffer buffer(float[] numbers) {
        Buffer buffer = SCALAR.allocate(numbers.length);
        SCALAR.write(numbers, buffer);
        return buffer;
    }

    private static float[] read(View view) {
        float[] numbers = new float[view.size()];
        SCALAR.read(view, numbers);
        return numbers;
    }
}
