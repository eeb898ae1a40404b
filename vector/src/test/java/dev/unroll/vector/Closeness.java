package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Says where two arrays differ by more than rounding explains. */
final class Closeness {
    private Closeness() {}

    /** |actual − expected| ≤ relative·|expected| + absolute; NaN only where NaN is expected. */
    static void assertClose(
            String what, float[] actual, double[] expected, double relative, double absolute) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            // an overflow of float is an infinity
            double wanted =
                    Double.isFinite((float) expected[i]) ? expected[i] : (float) expected[i];
            boolean close =
                    Double.isFinite(wanted)
                            ? Math.abs(actual[i] - wanted) <= relative * Math.abs(wanted) + absolute
                            : Double.compare(actual[i], wanted) == 0;
            if (!close) {
                fail("%s: number %d is %s, not %s", what, i, actual[i], expected[i]);
            }
        }
    }

    static double[] doubles(float[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }
}
