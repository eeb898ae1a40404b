package dev.unroll.vector.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.vector.Operand;
import dev.unroll.vector.elementwise.NormLoops;
import dev.unroll.vector.elementwise.SoftmaxLoops;
import dev.unroll.vector.gemm.Gemm;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.MicroKernel;
import dev.unroll.vector.gemm.Panels;
import dev.unroll.vector.inference.PackedOperand;
import dev.unroll.vector.inference.ScalarGemm;
import dev.unroll.vector.inference.TopKLoops;
import java.util.Objects;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops of a process's first moments give the bits of those that follow. */
class ScalarKernelsTest {
    private static final int AT = 3;

    private static float[] numbers(long seed, int n) {
        return Operand.normal(seed, AT + n);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 31, 32, 33, 64, 65, 128, 207})
    void sums_are_those_of_vectors(int n) {
        float[] x = numbers(n, n);
        float[] y = numbers(n + 1, n);
        assertThat(ScalarKernels.sum(x, AT, n)).isEqualTo(LaneSums.sum(x, AT, n));
        assertThat(ScalarKernels.dot(x, AT, y, 0, n)).isEqualTo(LaneSums.dot(x, AT, y, 0, n));
        assertThat(ScalarKernels.squares(x, AT, 0.3f, n))
                .isEqualTo(NormLoops.squares(x, AT, 0.3f, n));
        float peak = LaneSums.peak(x, AT, n);
        assertThat(ScalarKernels.peak(x, AT, n)).isEqualTo(peak);
        assertThat(ScalarKernels.sumExp(x, AT, n, peak)).isEqualTo(LaneSums.sumExp(x, AT, n, peak));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 31, 32, 33, 64, 65, 128, 207})
    void runs_are_those_of_vectors(int n) {
        float[] x = numbers(n, n);
        float[] g = numbers(n + 1, n);
        float[] b = numbers(n + 2, n);
        float[] plain = new float[AT + n];
        float[] vectors = new float[AT + n];
        ScalarKernels.centred(x, AT, 0.1f, 1.7f, g, AT, b, AT, plain, AT, n);
        NormLoops.centred(x, AT, 0.1f, 1.7f, g, AT, b, AT, vectors, AT, n);
        assertThat(plain).isEqualTo(vectors);
        float sum = ScalarKernels.exponentials(x, AT, 0.4f, plain, AT, n);
        assertThat(sum).isEqualTo(SoftmaxLoops.exponentials(x, AT, 0.4f, vectors, AT, n));
        assertThat(plain).isEqualTo(vectors);
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 10, 100, 1e10f})
    void exp_is_that_of_vectors(float range) {
        SplittableRandom random = new SplittableRandom(1);
        float[] special = {
            0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 88.72283f, -103.9f
        };
        for (int i = 0; i < 3000; i++) {
            float x =
                    i < special.length
                            ? special[i]
                            : (float) (range * (random.nextDouble() * 2 - 1));
            FloatVector y = VectorMath.exp(FloatVector.broadcast(Species.S, x));
            int bits = Float.floatToIntBits(y.lane(0));
            assertThat(Float.floatToIntBits(ScalarKernels.exp(x)))
                    .as("exp of %s", x)
                    .isEqualTo(bits);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 13})
    void products_are_those_of_tiles(int rows) {
        for (int in : new int[] {1, 3, 4, 30}) {
            int out = 3 * MicroKernel.COLUMNS + 5;
            float[] w = numbers(in, in * out);
            Matrix weights = new Matrix(w, AT, in, out, out, 1);
            Matrix turned = new Matrix(w, AT, in, out, 1, in);
            for (Matrix matrix : new Matrix[] {weights, turned}) {
                float[] x = numbers(rows, rows * in);
                Matrix a = new Matrix(x, AT, rows, in, in, 1);
                float[] plain = new float[rows * out];
                float[] tiles = new float[rows * out];
                PackedOperand packed = PackedOperand.inRows(matrix);
                float[] inRows = Objects.requireNonNull(packed.rows());
                Matrix c = new Matrix(plain, 0, rows, out, out, 1);
                ScalarGemm.add(a, inRows, out, c, 0, 2 * MicroKernel.COLUMNS);
                ScalarGemm.add(a, inRows, out, c, 2 * MicroKernel.COLUMNS, out);
                Panels panels = packed.panels(new Workers(1));
                assertThat(packed.rows()).isNull();
                Matrix b = new Matrix(panels.data(), 0, in, out, 0, 0);
                Matrix d = new Matrix(tiles, 0, rows, out, out, 1);
                new Gemm(a, b, panels, d, true).rectangle(0, rows, 0, out);
                assertThat(plain).isEqualTo(tiles);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 40})
    void the_largest_are_those_of_vectors(int count) {
        float[] x = numbers(count, 300);
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.round(4 * x[i]);
        }
        float[] plain = new float[count];
        float[] vectors = new float[count];
        int[] plainPlaces = new int[count];
        int[] places = new int[count];
        TopKLoops.find(x, AT, 300, count, plain, 0, plainPlaces, 0, true);
        TopKLoops.find(x, AT, 300, count, vectors, 0, places, 0, false);
        assertThat(plain).isEqualTo(vectors);
        assertThat(plainPlaces).isEqualTo(places);
        int first = TopKLoops.first(x, AT, 300, plain[0], true);
        assertThat(first).isEqualTo(TopKLoops.first(x, AT, 300, plain[0], false));
        assertThat(first).isEqualTo(places[0]);
    }
}
