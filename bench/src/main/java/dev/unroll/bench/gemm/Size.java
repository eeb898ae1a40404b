package dev.unroll.bench.gemm;

import java.util.Locale;
import java.util.Random;

/**
 * A product [m, k] x [k, n] and how its operands lie in memory.
 *
 * @param form which operand is the transpose of what lies in memory
 */
record Size(Form form, int m, int k, int n) {

    /** Billions of operations. */
    double giga() {
        return 2e-9 * m * k * n;
    }

    float[] left() {
        return numbers(1, m * k);
    }

    float[] right() {
        return numbers(2, k * n);
    }

    private static float[] numbers(long seed, int count) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }

    /** A number that depends on every element of the result and on its place. */
    static double sum(float[] result) {
        double sum = 0;
        for (int i = 0; i < result.length; i++) {
            sum += result[i] * (1 + i % 1009);
        }
        return sum;
    }

    @Override
    public String toString() {
        return form.name().toLowerCase(Locale.ROOT) + "-" + m + "x" + k + "x" + n;
    }
}
