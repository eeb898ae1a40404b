package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Scan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanConformanceTest {

    static Stream<Arguments> cases() {
        int[][] layouts = {
            {0},
            {0, 0, 0},
            {0, 1},
            {0, 1, 1, 9},
            {0, 40, 77, 77, 78},
            {0, 1023, 2047},
            {0, 2, 1602, 4002}
        };
        List<Arguments> cases = new ArrayList<>();
        Candidates.all()
                .forEach(
                        backend -> {
                            for (int[] offsets : layouts) {
                                for (int width : new int[] {1, 7, 16, 33, 255, 257}) {
                                    for (boolean backwards : new boolean[] {false, true}) {
                                        cases.add(Arguments.of(backend, offsets, width, backwards));
                                    }
                                }
                            }
                        });
        return cases.stream();
    }

    /**
     * One recurrence and its derivative.
     *
     * @param results h, da, db and dh0
     */
    private record Run(Operand a, Operand b, Operand h0, Operand dh, List<float[]> results) {

        static Run of(Backend backend, Scan.Order order, int width) {
            int rows = order.offsets()[order.batch()];
            float[] factors = Operand.normal(1, rows * width);
            for (int i = 0; i < factors.length; i++) {
                factors[i] = (float) (1 / (1 + Math.exp(-3 * factors[i]))); // as those of gates
            }
            Operand a = Operand.of(backend, factors, rows, width);
            Operand b = Operand.random(backend, 2, Arrangement.OFFSET, rows, width);
            Operand h0 = Operand.random(backend, 3, Arrangement.OFFSET, order.batch(), width);
            Operand dh = Operand.random(backend, 4, Arrangement.OFFSET, rows, width);
            Operand h = Operand.result(backend, rows, width);
            Operand da = Operand.result(backend, rows, width);
            Operand db = Operand.result(backend, rows, width);
            Operand dh0 = Operand.result(backend, order.batch(), width);
            Scan scan = backend.scan();
            scan.linear(order, a.view(), b.view(), h0.view(), h.view());
            scan.linearBackward(
                    order,
                    a.view(),
                    h.view(),
                    h0.view(),
                    dh.view(),
                    da.view(),
                    db.view(),
                    dh0.view());
            List<float[]> results = Stream.of(h, da, db, dh0).map(Operand::after).toList();
            return new Run(a, b, h0, dh, results);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_step_and_its_derivative_is_the_formula(
            Backend backend, int[] offsets, int width, boolean backwards) {
        Scan.Order order = new Scan.Order(offsets, backwards);
        Run run = Run.of(backend, order, width);
        float[] a = run.a.before();
        float[] b = run.b.before();
        float[] dh = run.dh.before();
        double[] h = new double[b.length];
        double[] da = new double[b.length];
        double[] db = new double[b.length];
        double[] first = Closeness.doubles(run.h0.before());
        double[] dh0 = new double[first.length];
        for (int s = 0; s < order.batch(); s++) {
            for (int j = 0; j < width; j++) {
                double state = first[s * width + j];
                for (int t = 0; t < order.length(s); t++) {
                    int at = order.row(s, t) * width + j;
                    da[at] = state;
                    state = a[at] * state + b[at];
                    h[at] = state;
                }
                double g = 0;
                for (int t = order.length(s) - 1; t >= 0; t--) {
                    int at = order.row(s, t) * width + j;
                    db[at] = dh[at] + g;
                    da[at] *= db[at];
                    g = a[at] * db[at];
                }
                dh0[s * width + j] = g;
            }
        }
        assertClose("h", run.results.get(0), h, 1e-4, 1e-5);
        assertClose("da", run.results.get(1), da, 1e-4, 1e-5);
        assertClose("db", run.results.get(2), db, 1e-4, 1e-5);
        assertClose("dh0", run.results.get(3), dh0, 1e-4, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40, 300})
    void a_sequence_has_the_same_bits_alone_and_in_a_batch_on_any_threads(int width) {
        int[] offsets = {0, 700, 2900, 2900, 2917};
        for (boolean backwards : new boolean[] {false, true}) {
            Scan.Order order = new Scan.Order(offsets, backwards);
            Run together = Run.of(new VectorBackend(2), order, width);
            for (int threads : new int[] {1, 5}) {
                Run other = Run.of(new VectorBackend(threads), order, width);
                for (int r = 0; r < other.results.size(); r++) {
                    assertThat(other.results.get(r)).isEqualTo(together.results.get(r));
                }
            }
            Backend backend = new VectorBackend(5);
            for (int s = 0; s < order.batch(); s++) {
                int from = offsets[s];
                int rows = order.length(s);
                Operand h = Operand.result(backend, rows, width);
                backend.scan()
                        .linear(
                                new Scan.Order(new int[] {0, rows}, backwards),
                                part(backend, together.a, from, rows, width).view(),
                                part(backend, together.b, from, rows, width).view(),
                                part(backend, together.h0, s, 1, width).view(),
                                h.view());
                float[] all = together.results.getFirst();
                assertThat(h.after())
                        .isEqualTo(Arrays.copyOfRange(all, from * width, (from + rows) * width));
            }
        }
    }

    private static Operand part(Backend backend, Operand whole, int from, int rows, int width) {
        float[] numbers = Arrays.copyOfRange(whole.before(), from * width, (from + rows) * width);
        return Operand.of(backend, numbers, rows, width);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 64})
    void what_has_decayed_to_nothing_is_0(int width) {
        int rows = 2000;
        Backend backend = new VectorBackend(2);
        float[] factors = new float[rows * width];
        Arrays.fill(factors, 0.8f);
        float[] once = new float[rows * width];
        Arrays.fill(once, 0, width, 1);
        Operand a = Operand.of(backend, factors, rows, width);
        Operand b = Operand.of(backend, once, rows, width);
        Operand h0 = Operand.of(backend, new float[width], 1, width);
        Operand h = Operand.result(backend, rows, width);
        backend.scan()
                .linear(
                        new Scan.Order(new int[] {0, rows}, false),
                        a.view(),
                        b.view(),
                        h0.view(),
                        h.view());
        float[] states = h.after();
        for (int t = 0; t < rows; t++) {
            double wanted = Math.pow(0.8f, t);
            float state = states[t * width + width - 1];
            if (wanted < Float.MIN_NORMAL) {
                assertThat(state).as("step %d", t).isZero();
            } else if (wanted > 1e-28) {
                assertThat((double) state).isCloseTo(wanted, Percentage.withPercentage(0.1));
            }
        }
    }
}
