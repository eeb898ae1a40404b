package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Rows;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowsConformanceTest {
    private static final int[] WIDTHS = {1, 7, 8, 9, 15, 16, 17, 31, 33, 207};

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void gather_picks_rows(Backend backend) {
        for (int width : WIDTHS) {
            for (int n : new int[] {0, 1, 7, 33, 3000}) {
                Operand table = Operand.random(backend, 1, Arrangement.OFFSET, 20, width);
                int[] index = index(n, 20);
                Operand y = Operand.result(backend, n, width);
                backend.rows().gather(table.view(), index, y.view());
                float[] from = table.before();
                float[] wanted = new float[n * width];
                for (int i = 0; i < wanted.length; i++) {
                    wanted[i] = from[index[i / width] * width + i % width];
                }
                assertThat(y.after()).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void scatter_adds_rows_in_the_order_of_the_index(Backend backend) {
        for (int width : WIDTHS) {
            for (int n : new int[] {0, 1, 7, 33, 3000}) {
                Operand x = Operand.random(backend, 2, Arrangement.OFFSET, n, width);
                Operand table = Operand.random(backend, 3, Arrangement.OFFSET, 20, width);
                int[] index = index(n, 20);
                backend.rows().scatterAdd(x.view(), index, table.view());
                float[] from = x.before();
                float[] wanted = table.before();
                for (int i = 0; i < n * width; i++) {
                    wanted[index[i / width] * width + i % width] += from[i];
                }
                assertThat(table.after()).isEqualTo(wanted);
            }
        }
    }

    private static int[] index(int n, int rows) {
        return new SplittableRandom(n).ints(n, 0, rows).toArray();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void group_softmax_is_a_softmax_down_each_column_of_each_group(Backend backend) {
        int[] offsets = {0, 3, 3, 4, 11, 43, 250};
        for (int width : WIDTHS) {
            Operand x = Operand.random(backend, 4, Arrangement.OFFSET, 250, width);
            Operand y = Operand.result(backend, 250, width);
            Operand dy = Operand.random(backend, 5, Arrangement.OFFSET, 250, width);
            Operand dx = Operand.result(backend, 250, width);
            backend.rows().groupSoftmax(offsets, x.view(), y.view());
            backend.rows().groupSoftmaxBackward(offsets, y.view(), dy.view(), dx.view());
            double[] p = groupSoftmax(offsets, width, x.before());
            assertClose("y", y.after(), p, 1e-6, 1e-8);
            double[] wanted = groupSoftmaxBackward(offsets, width, p, dy.before());
            assertClose("dx", dx.after(), wanted, 2e-6, 1e-6);
            backend.rows().groupSoftmax(offsets, x.view(), x.view());
            assertClose("in place", x.after(), p, 1e-6, 1e-8);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void group_softmax_gives_nothing_to_minus_infinity_and_survives_large_numbers(Backend backend) {
        float[] numbers = Operand.normal(6, 5 * 17);
        Arrays.fill(numbers, 17, 34, Float.NEGATIVE_INFINITY);
        Arrays.fill(numbers, 34, 51, 500);
        Operand x = Operand.of(backend, numbers, 5, 17);
        Operand y = Operand.result(backend, 5, 17);
        int[] offsets = {0, 5};
        backend.rows().groupSoftmax(offsets, x.view(), y.view());
        assertClose("y", y.after(), groupSoftmax(offsets, 17, numbers), 1e-6, 1e-30);
    }

    private static double[] groupSoftmax(int[] offsets, int width, float[] x) {
        double[] p = new double[x.length];
        for (int g = 0; g + 1 < offsets.length; g++) {
            for (int j = 0; j < width; j++) {
                double max = Double.NEGATIVE_INFINITY;
                double sum = 0;
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    max = Math.max(max, x[i * width + j]);
                }
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    sum += Math.exp(x[i * width + j] - max);
                }
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    p[i * width + j] = Math.exp(x[i * width + j] - max) / sum;
                }
            }
        }
        return p;
    }

    private static double[] groupSoftmaxBackward(int[] offsets, int width, double[] p, float[] dy) {
        double[] dx = new double[p.length];
        for (int g = 0; g + 1 < offsets.length; g++) {
            for (int j = 0; j < width; j++) {
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    for (int l = offsets[g]; l < offsets[g + 1]; l++) {
                        double slope = p[l * width + j] * ((i == l ? 1 : 0) - p[i * width + j]);
                        dx[i * width + j] += slope * dy[l * width + j];
                    }
                }
            }
        }
        return dx;
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rotation_turns_pairs_by_angles_that_grow_with_the_position(Backend backend) {
        int[][] cases = {{1, 2, 2}, {2, 7, 6}, {3, 8, 8}, {4, 16, 16}, {2, 33, 16}, {4, 64, 64}};
        int[] positions = {0, 1, 2, 3, 17, 100, 2047, 5000};
        for (int[] dims : cases) {
            int heads = dims[0];
            int width = dims[1];
            int rotated = dims[2];
            int rows = positions.length;
            for (int how = 0; how < 4; how++) {
                boolean interleaved = (how & 1) == 1;
                boolean inverse = (how & 2) == 2;
                Rows.Rotation rotation = new Rows.Rotation(heads, rotated, 10000, interleaved);
                Operand x = Operand.random(backend, 7, Arrangement.OFFSET, rows, heads * width);
                Operand y = Operand.result(backend, rows, heads * width);
                backend.rows().rotate(rotation, x.view(), positions, inverse, y.view());
                double[] wanted = Closeness.doubles(x.before());
                for (int i = 0; i < rows * heads; i++) {
                    for (int p = 0; p < rotated / 2; p++) {
                        int a = i * width + (interleaved ? 2 * p : p);
                        int b = a + (interleaved ? 1 : rotated / 2);
                        double angle = positions[i / heads] * Math.pow(10000, -2.0 * p / rotated);
                        turn(wanted, a, b, inverse ? -angle : angle);
                    }
                }
                assertClose("y", y.after(), wanted, 1e-6, 1e-6);
                backend.rows().rotate(rotation, x.view(), positions, inverse, x.view());
                assertThat(x.after()).isEqualTo(y.after());
            }
        }
    }

    private static void turn(double[] x, int a, int b, double angle) {
        double first = x[a] * Math.cos(angle) - x[b] * Math.sin(angle);
        x[b] = x[a] * Math.sin(angle) + x[b] * Math.cos(angle);
        x[a] = first;
    }
}
