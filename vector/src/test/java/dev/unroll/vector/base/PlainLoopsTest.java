package dev.unroll.vector.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.vector.Operand;
import dev.unroll.vector.elementwise.NormLoops;
import dev.unroll.vector.elementwise.SoftmaxLoops;
import dev.unroll.vector.inference.TopKLoops;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops of plain floats give the bits of those of vectors. */
class PlainLoopsTest {
    private static final int AT = 3;

    private static float[] numbers(long seed, int n) {
        return Operand.normal(seed, AT + n);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 31, 32, 33, 64, 65, 128, 207})
    void sums_are_those_of_vectors(int n) {
        float[] x = numbers(n, n);
        float[] y = numbers(n + 1, n);
        assertThat(PlainLoops.sum(x, AT, n)).isEqualTo(LaneSums.sum(x, AT, n));
        assertThat(PlainLoops.dot(x, AT, y, 0, n)).isEqualTo(LaneSums.dot(x, AT, y, 0, n));
        assertThat(PlainLoops.squares(x, AT, 0.3f, n)).isEqualTo(NormLoops.squares(x, AT, 0.3f, n));
        float peak = LaneSums.peak(x, AT, n);
        assertThat(PlainLoops.peak(x, AT, n)).isEqualTo(peak);
        assertThat(PlainLoops.sumExp(x, AT, n, peak)).isEqualTo(LaneSums.sumExp(x, AT, n, peak));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 31, 32, 33, 64, 65, 128, 207})
    void runs_are_those_of_vectors(int n) {
        float[] x = numbers(n, n);
        float[] g = numbers(n + 1, n);
        float[] b = numbers(n + 2, n);
        float[] plain = new float[AT + n];
        float[] vectors = new float[AT + n];
        PlainLoops.centred(x, AT, 0.1f, 1.7f, g, AT, b, AT, plain, AT, n);
        NormLoops.centred(x, AT, 0.1f, 1.7f, g, AT, b, AT, vectors, AT, n);
        assertThat(plain).isEqualTo(vectors);
        float sum = PlainLoops.exponentials(x, AT, 0.4f, plain, AT, n);
        assertThat(sum).isEqualTo(SoftmaxLoops.exponentials(x, AT, 0.4f, vectors, AT, n));
        assertThat(plain).isEqualTo(vectors);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 31, 32, 33, 64, 65, 128, 207})
    void maxima_and_column_sums_are_those_of_vectors(int n) {
        float[] x = numbers(n, 5 * n);
        assertThat(PlainLoops.max(x, AT, n)).isEqualTo(LaneSums.max(x, AT, n));
        float[] plain = new float[n];
        float[] vectors = new float[n];
        PlainLoops.columnSums(x, AT, n, 5, n, plain, 0);
        ColumnSums.sum(x, AT, n, 5, n, vectors, 0);
        assertThat(plain).isEqualTo(vectors);
        PlainLoops.columnMaxima(x, AT, n, 5, n, plain, 0);
        ColumnSums.max(x, AT, n, 5, n, vectors, 0);
        assertThat(plain).isEqualTo(vectors);
        float[] gain = numbers(n + 1, n);
        PlainLoops.scaled(x, AT, 1.7f, gain, AT, plain, 0, n);
        NormLoops.scaled(x, AT, 1.7f, gain, AT, vectors, 0, n);
        assertThat(plain).isEqualTo(vectors);
        PlainLoops.less(x, AT, 0.7f, 1.3f, plain, 0, n);
        SoftmaxLoops.less(x, AT, 0.7f, 1.3f, vectors, 0, n);
        assertThat(plain).isEqualTo(vectors);
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 10, 100, 1e10f})
    void functions_of_one_number_are_those_of_vectors(float range) {
        SplittableRandom random = new SplittableRandom(1);
        float[] special = {
            0,
            -0f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            88.72283f,
            -103.9f,
            9.02f,
            -9.03f,
            Float.MIN_VALUE,
            -Float.MIN_NORMAL
        };
        for (int i = 0; i < 3000; i++) {
            float x =
                    i < special.length
                            ? special[i]
                            : (float) (range * (random.nextDouble() * 2 - 1));
            FloatVector v = FloatVector.broadcast(Species.S, x);
            assertSame("exp", x, VectorMath.exp(x), VectorMath.exp(v));
            if (!(x > 88)) {
                assertSame("expOrZero", x, VectorMath.expOrZero(x), VectorMath.expOrZero(v));
            }
            assertSame("sigmoid", x, VectorMath.sigmoid(x), VectorMath.sigmoid(v));
            assertSame("tanh", x, VectorMath.tanh(x), VectorMath.tanh(v));
        }
    }

    private static void assertSame(String f, float x, float plain, FloatVector vector) {
        assertThat(Float.floatToIntBits(plain))
                .as("%s of %s", f, x)
                .isEqualTo(Float.floatToIntBits(vector.lane(0)));
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
