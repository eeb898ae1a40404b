package dev.unroll.vector;

import dev.unroll.backend.Binary;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On one, two and five threads every function of numbers gives the same bits. */
class ElementwiseThreadsConformanceTest {
    private static final int ROWS = 1001;
    private static final int WIDTH = 207;

    static Stream<Named<Consumer<On>>> operations() {
        return Stream.of(
                Named.of("functions of one number", ElementwiseThreadsConformanceTest::unary),
                Named.of("functions of two numbers", ElementwiseThreadsConformanceTest::binary),
                Named.of("strided functions", ElementwiseThreadsConformanceTest::strided),
                Named.of("affine, copy, fill, dropout", ElementwiseThreadsConformanceTest::others),
                Named.of("reductions", ElementwiseThreadsConformanceTest::reductions));
    }

    private static void unary(On on) {
        for (Unary f : Unary.values()) {
            Operand y = on.out(ROWS, WIDTH);
            Operand x = on.in(1, ROWS, WIDTH);
            on.backend().elementwise().map(f, x.view(), y.view());
            View dy = on.in(2, ROWS, WIDTH).view();
            View dx = on.out(ROWS, WIDTH).view();
            on.backend().elementwise().mapBackward(f, x.view(), y.view(), dy, dx);
        }
    }

    private static void binary(On on) {
        for (Binary f : Binary.values()) {
            Operand a = on.in(1, ROWS, WIDTH);
            Operand b = on.in(2, ROWS, WIDTH);
            Operand y = on.out(ROWS, WIDTH);
            on.backend().elementwise().map(f, a.view(), b.view(), y.view());
        }
    }

    private static void strided(On on) {
        for (Arrangement left : Arrangement.values()) {
            Operand a = Operand.random(on.backend(), 1, left, ROWS, WIDTH);
            Operand b = on.in(2, ROWS, WIDTH);
            Operand y = on.out(Arrangement.TRANSPOSED, ROWS, WIDTH);
            on.backend().elementwise().map(Binary.TIMES, a.view(), b.view(), y.view());
            Operand z = on.out(Arrangement.PADDED, ROWS, WIDTH);
            on.backend().elementwise().map(Unary.TANH, a.view(), z.view());
        }
    }

    private static void others(On on) {
        Operand x = on.in(1, ROWS, WIDTH);
        on.backend().elementwise().affine(2, 1, x.view(), on.out(ROWS, WIDTH).view());
        on.backend().elementwise().copy(x.view(), on.out(ROWS, WIDTH).view());
        on.backend().elementwise().fill(on.out(ROWS, WIDTH).view(), 1);
        on.backend().elementwise().dropout(3, 0.3f, x.view(), on.out(ROWS, WIDTH).view());
    }

    private static void reductions(On on) {
        Operand x = on.in(1, ROWS, WIDTH);
        for (Reduction f : Reduction.values()) {
            for (int[] to : new int[][] {{1, WIDTH}, {ROWS, 1}, {1, 1}, {ROWS, WIDTH}}) {
                on.backend().elementwise().reduce(f, x.view(), on.out(to).view());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void results_do_not_depend_on_the_number_of_threads(Consumer<On> operation) {
        On.assertSameBits(operation);
    }
}
