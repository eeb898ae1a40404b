package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.scalar.ScalarBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrenceConformanceTest {
    private static final Backend SCALAR = new ScalarBackend();

    private static final int[][] STEPS = {
        {}, {1}, {3}, {1, 1, 1}, {7, 7, 3, 1}, {9, 8, 8, 2}, {17, 17, 16, 15, 5, 1}, {33, 31, 4}
    };

    private static final int[] HIDDEN = {1, 7, 8, 9, 16, 17, 33, 64};

    static Stream<Arguments> all() {
        return Candidates.all().flatMap(RecurrenceConformanceTest::sized);
    }

    /** Held to the reference, whose own derivatives are checked numerically as operations. */
    static Stream<Arguments> offered() {
        return Candidates.offered().flatMap(RecurrenceConformanceTest::sized);
    }

    private static Stream<Arguments> sized(Object backend) {
        List<Arguments> cases = new ArrayList<>();
        for (int[] steps : STEPS) {
            for (int hidden : HIDDEN) {
                cases.add(Arguments.of(backend, steps, hidden));
            }
        }
        return cases.stream();
    }

    /** The results of one recurrence and its derivative on one backend. */
    private static final class Run {
        private final Backend backend;
        private final TimeMajorSteps steps;
        private final int n;
        private final List<Operand> results = new ArrayList<>();

        Run(Backend backend, TimeMajorSteps steps, int n) {
            this.backend = backend;
            this.steps = steps;
            this.n = n;
        }

        Operand in(long seed, int rows, int width) {
            float[] numbers = Operand.normal(seed, rows * width);
            for (int i = 0; i < numbers.length; i++) {
                // larger weights would make the recurrence magnify rounding step by step
                numbers[i] *= (float) (0.5 / Math.sqrt(n));
            }
            return Operand.of(backend, numbers, rows, width);
        }

        Operand changed(Operand in) {
            results.add(in);
            return in;
        }

        Operand out(int rows) {
            Operand out = Operand.result(backend, rows, n);
            results.add(out);
            return out;
        }

        List<float[]> numbers() {
            return results.stream().map(Operand::after).toList();
        }

        List<float[]> elman(Unary f, boolean backward) {
            int rows = steps.rows();
            Operand wh = in(2, n, n);
            Operand h = out(rows);
            backend.recurrence()
                    .elman(
                            f,
                            steps,
                            in(1, rows, n).view(),
                            wh.view(),
                            in(3, steps.batch(), n).view(),
                            h.view());
            if (backward) {
                backend.recurrence()
                        .elmanBackward(
                                f,
                                steps,
                                wh.view(),
                                h.view(),
                                in(4, rows, n).view(),
                                out(rows).view(),
                                out(steps.batch()).view());
            }
            return numbers();
        }

        List<float[]> lstm(boolean backward, boolean cells) {
            int rows = steps.rows();
            Operand gates = changed(in(1, rows, 4 * n));
            Operand wh = in(2, n, 4 * n);
            Operand h0 = in(3, steps.batch(), n);
            Operand c0 = in(5, steps.batch(), n);
            Operand h = out(rows);
            Operand c = out(rows);
            Recurrence.Lstm run =
                    new Recurrence.Lstm(
                            steps,
                            gates.view(),
                            wh.view(),
                            h0.view(),
                            c0.view(),
                            h.view(),
                            c.view());
            backend.recurrence().lstm(run);
            if (backward) {
                backend.recurrence()
                        .lstmBackward(
                                run,
                                in(4, rows, n).view(),
                                in(6, cells ? rows : 0, n).view(),
                                out(steps.batch()).view(),
                                out(steps.batch()).view());
            }
            return numbers();
        }

        List<float[]> gru(boolean resetAfter, boolean backward) {
            int rows = steps.rows();
            Operand gates = changed(in(1, rows, 3 * n));
            Operand wh = in(2, n, 3 * n);
            Operand bn = in(6, 1, n);
            Operand h0 = in(3, steps.batch(), n);
            Operand h = out(rows);
            Operand inner = out(rows);
            Recurrence.Gru run =
                    new Recurrence.Gru(
                            resetAfter,
                            steps,
                            gates.view(),
                            wh.view(),
                            bn.view().rows(0, 1),
                            h0.view(),
                            h.view(),
                            inner.view());
            backend.recurrence().gru(run);
            if (backward) {
                backend.recurrence()
                        .gruBackward(run, in(4, rows, n).view(), out(steps.batch()).view());
            }
            return numbers();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_step_is_the_formula_of_its_cell(Backend backend, int[] sizes, int n) {
        TimeMajorSteps steps = new TimeMajorSteps(sizes);
        RecurrenceFormula formula = new RecurrenceFormula(steps, n);
        float[] wide = new Run(SCALAR, steps, n).in(1, steps.rows(), 4 * n).before();
        float[] three = new Run(SCALAR, steps, n).in(1, steps.rows(), 3 * n).before();
        float[] x = new Run(SCALAR, steps, n).in(1, steps.rows(), n).before();
        float[] h0 = new Run(SCALAR, steps, n).in(3, steps.batch(), n).before();
        float[] c0 = new Run(SCALAR, steps, n).in(5, steps.batch(), n).before();
        float[] bn = new Run(SCALAR, steps, n).in(6, 1, n).before();
        float[] w1 = new Run(SCALAR, steps, n).in(2, n, n).before();
        float[] w3 = new Run(SCALAR, steps, n).in(2, n, 3 * n).before();
        float[] w4 = new Run(SCALAR, steps, n).in(2, n, 4 * n).before();
        for (Unary f : new Unary[] {Unary.TANH, Unary.RELU, Unary.SIGMOID}) {
            List<float[]> got = new Run(backend, steps, n).elman(f, false);
            assertClose("h", got.get(0), formula.elman(f, x, w1, h0), 2e-5, 2e-5);
        }
        List<float[]> lstm = new Run(backend, steps, n).lstm(false, false);
        RecurrenceFormula.Lstm wanted = formula.lstm(wide, w4, h0, c0);
        assertClose("gates", lstm.get(0), wanted.gates(), 2e-5, 2e-5);
        assertClose("h", lstm.get(1), wanted.h(), 2e-5, 2e-5);
        assertClose("c", lstm.get(2), wanted.c(), 2e-5, 2e-5);
        for (boolean resetAfter : new boolean[] {false, true}) {
            List<float[]> gru = new Run(backend, steps, n).gru(resetAfter, false);
            double[] h = formula.gru(resetAfter, three, w3, bn, h0);
            assertClose("h", gru.get(1), h, 2e-5, 2e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("offered")
    void derivatives_equal_those_of_the_reference(Backend backend, int[] sizes, int n) {
        TimeMajorSteps steps = new TimeMajorSteps(sizes);
        for (Unary f : new Unary[] {Unary.TANH, Unary.RELU, Unary.SIGMOID}) {
            assertSame(
                    new Run(backend, steps, n).elman(f, true),
                    new Run(SCALAR, steps, n).elman(f, true));
        }
        for (boolean choice : new boolean[] {false, true}) {
            assertSame(
                    new Run(backend, steps, n).lstm(true, choice),
                    new Run(SCALAR, steps, n).lstm(true, choice));
            assertSame(
                    new Run(backend, steps, n).gru(choice, true),
                    new Run(SCALAR, steps, n).gru(choice, true));
        }
    }

    private static void assertSame(List<float[]> actual, List<float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int r = 0; r < actual.size(); r++) {
            double[] wanted = Closeness.doubles(expected.get(r));
            assertClose("result " + r, actual.get(r), wanted, 1e-4, 1e-4);
        }
    }
}
