package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static dev.unroll.vector.ElementwiseConformanceTest.SHAPES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Reduction;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReductionConformanceTest {

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void any_set_of_dimensions_is_reduced_in_every_arrangement(Backend backend) {
        for (int[] dims : SHAPES) {
            for (int which = 0; which < 1 << dims.length; which++) {
                int[] fewer = dims.clone();
                for (int d = 0; d < dims.length; d++) {
                    fewer[d] = (which >> d & 1) == 1 ? 1 : fewer[d];
                }
                for (Arrangement from : Arrangement.values()) {
                    for (Reduction f : Reduction.values()) {
                        for (Arrangement to : Arrangement.WRITABLE) {
                            Operand x = Operand.random(backend, 10, from, dims);
                            Operand y = Operand.result(backend, to, fewer);
                            backend.elementwise().reduce(f, x.view(), y.view());
                            assertClose(
                                    f
                                            + " "
                                            + Arrays.toString(dims)
                                            + " "
                                            + from
                                            + " to "
                                            + Arrays.toString(fewer),
                                    y.after(),
                                    Formulas.reduce(f, x.before(), dims, fewer),
                                    1e-6,
                                    2e-4);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void large_sums_are_taken_well(Backend backend) {
        int[] dims = {2500, 207};
        Operand x = Operand.random(backend, 11, Arrangement.OFFSET, dims);
        for (int[] fewer : new int[][] {{1, 207}, {2500, 1}, {1, 1}}) {
            for (Reduction f : Reduction.values()) {
                Operand y = Operand.result(backend, fewer);
                backend.elementwise().reduce(f, x.view(), y.view());
                assertClose(
                        f + " to " + Arrays.toString(fewer),
                        y.after(),
                        Formulas.reduce(f, x.before(), dims, fewer),
                        1e-6,
                        // rounding wanders with the partial sums
                        fewer[0] == 1 && fewer[1] == 1 ? 2e-2 : 5e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_reduction_keeps_nan(Backend backend) {
        float[] numbers = new float[9 * 33];
        numbers[5 * 33 + 20] = Float.NaN;
        Operand x = Operand.of(backend, numbers, 9, 33);
        for (Reduction f : Reduction.values()) {
            Operand rows = Operand.result(backend, 9, 1);
            Operand columns = Operand.result(backend, 1, 33);
            backend.elementwise().reduce(f, x.view(), rows.view());
            backend.elementwise().reduce(f, x.view(), columns.view());
            for (int i = 0; i < 9; i++) {
                assertThat(Float.isNaN(rows.after()[i])).isEqualTo(i == 5);
            }
            for (int j = 0; j < 33; j++) {
                assertThat(Float.isNaN(columns.after()[j])).isEqualTo(j == 20);
            }
        }
    }
}
