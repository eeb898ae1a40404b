package dev.unroll.vector.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

class VectorMathTest {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @Test
    void exp_is_within_2_units_in_the_last_place() {
        within(2, VectorMath::exp, Math::exp);
    }

    @Test
    void exp_or_zero_is_exp_to_the_bit_where_that_is_a_normal_number_and_0_below() {
        for (float x : new float[] {88, 87.99f, 1, 1e-30f, 0, -0f, -1, -87.33f, -87.336540f}) {
            assertThat(at(VectorMath::expOrZero, x)).isEqualTo(at(VectorMath::exp, x));
        }
        for (int i = 0; i < 100_000; i++) {
            float x = 88 - i * (175f / 100_000);
            assertThat(at(VectorMath::expOrZero, x))
                    .as("of %s", x)
                    .isEqualTo(at(VectorMath::exp, x));
        }
        for (float x : new float[] {-87.34f, -100, -104, -1e30f, -Float.MAX_VALUE, -INFINITY}) {
            assertThat(at(VectorMath::expOrZero, x)).isEqualTo(0f);
            assertThat(at(VectorMath::exp, x)).isLessThan(Float.MIN_NORMAL);
        }
        assertThat(at(VectorMath::expOrZero, Float.NaN)).isNaN();
        assertThat(at(VectorMath::expOrZero, Float.intBitsToFloat(0xFFC00001))).isNaN();
    }

    @Test
    void sigmoid_is_within_3_units_in_the_last_place_and_0_below_normal_numbers() {
        within(
                3,
                x -> flushed(VectorMath.sigmoid(x)),
                x -> {
                    double y = 1 / (1 + Math.exp(-x));
                    return y < Float.MIN_NORMAL ? 0 : y;
                });
    }

    @Test
    void tanh_is_within_3_units_in_the_last_place() {
        within(3, VectorMath::tanh, Math::tanh);
    }

    @Test
    void limits_are_reached() {
        assertThat(at(VectorMath::exp, INFINITY)).isEqualTo(INFINITY);
        assertThat(at(VectorMath::exp, Float.MAX_VALUE)).isEqualTo(INFINITY);
        assertThat(at(VectorMath::exp, -INFINITY)).isEqualTo(0f);
        assertThat(at(VectorMath::exp, -Float.MAX_VALUE)).isEqualTo(0f);
        assertThat(at(VectorMath::exp, 0)).isEqualTo(1f);
        assertThat(at(VectorMath::sigmoid, INFINITY)).isEqualTo(1f);
        assertThat(at(VectorMath::sigmoid, -INFINITY)).isEqualTo(0f);
        assertThat(at(VectorMath::sigmoid, -Float.MAX_VALUE)).isEqualTo(0f);
        assertThat(at(VectorMath::sigmoid, 0)).isEqualTo(0.5f);
        assertThat(at(VectorMath::tanh, INFINITY)).isEqualTo(1f);
        assertThat(at(VectorMath::tanh, -INFINITY)).isEqualTo(-1f);
        assertThat(at(VectorMath::tanh, -Float.MAX_VALUE)).isEqualTo(-1f);
        assertThat(at(VectorMath::tanh, -0f)).isEqualTo(-0f);
    }

    @Test
    void what_is_not_a_number_stays_so() {
        assertThat(at(VectorMath::exp, Float.NaN)).isNaN();
        assertThat(at(VectorMath::sigmoid, Float.NaN)).isNaN();
        assertThat(at(VectorMath::tanh, Float.NaN)).isNaN();
    }

    private static FloatVector flushed(FloatVector y) {
        return y.blend(0, y.compare(VectorOperators.LT, Float.MIN_NORMAL));
    }

    private static float at(UnaryOperator<FloatVector> f, float x) {
        return f.apply(FloatVector.broadcast(S, x)).lane(0);
    }

    /** All over the floats, and densely where the functions bend. */
    private static void within(int ulps, UnaryOperator<FloatVector> f, DoubleUnaryOperator truth) {
        float[] x = new float[S.length()];
        float[] y = new float[S.length()];
        int filled = 0;
        for (int i = 0; i < 600_000; i++) {
            float size =
                    i % 2 == 0
                            ? i * (110f / 600_000)
                            : Float.intBitsToFloat(i * (0x42D00000 / 600_000));
            x[filled++] = i % 4 < 2 ? size : -size;
            if (filled == x.length) {
                f.apply(FloatVector.fromArray(S, x, 0)).intoArray(y, 0);
                for (int lane = 0; lane < x.length; lane++) {
                    check(ulps, x[lane], y[lane], truth.applyAsDouble(x[lane]));
                }
                filled = 0;
            }
        }
    }

    private static void check(int ulps, float x, float y, double truth) {
        double error = Math.abs(y - truth);
        float nearest = (float) truth;
        boolean near = y == nearest || error <= ulps * (double) Math.ulp(nearest);
        assertThat(near).as("at %s: %s, not %s", x, y, truth).isTrue();
    }
}
