package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Losses;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossesConformanceTest {
    private static final int[][] SHAPES = {
        {0, 5},
        {1, 1},
        {1, 7},
        {7, 1},
        {3, 8},
        {9, 9},
        {15, 15},
        {16, 16},
        {17, 17},
        {2, 31},
        {33, 33},
        {5, 207},
        {207, 31},
        {40, 8000}
    };

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void cross_entropy_and_its_derivative_are_their_formulas(Backend backend) {
        for (int[] dims : SHAPES) {
            for (float smoothing : new float[] {0, 0.1f}) {
                check(backend, dims, smoothing, Operand.normal(1, dims[0] * dims[1]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void cross_entropy_survives_large_logits(Backend backend) {
        float[] logits = Operand.normal(2, 9 * 33);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = logits[i] * 1e3f - 1e4f;
        }
        check(backend, new int[] {9, 33}, 0.1f, logits);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_forbidden_token_costs_and_learns_nothing(Backend backend) {
        float[] logits = Operand.normal(3, 9 * 33);
        int[] targets = targets(9, 33);
        for (int i = 0; i < 9; i++) {
            logits[i * 33 + (targets[i] + 1) % 33] = Float.NEGATIVE_INFINITY;
        }
        check(backend, new int[] {9, 33}, 0, logits);
    }

    private static int[] targets(int n, int width) {
        int[] targets = new SplittableRandom(n).ints(n, 0, width).toArray();
        for (int i = 2; i < n; i += 5) {
            targets[i] = Losses.IGNORED;
        }
        return targets;
    }

    private static void check(Backend backend, int[] dims, float smoothing, float[] numbers) {
        int n = dims[0];
        int width = dims[1];
        int[] targets = targets(n, width);
        Operand logits = Operand.of(backend, numbers, dims);
        Operand losses = Operand.result(backend, n);
        Operand logSums = Operand.result(backend, n);
        Operand dlosses = Operand.random(backend, 4, Arrangement.OFFSET, n);
        Operand dlogits = Operand.result(backend, dims);
        Losses door = backend.losses();
        door.crossEntropy(logits.view(), targets, smoothing, losses.view(), logSums.view());
        door.crossEntropyBackward(
                logits.view(), targets, smoothing, logSums.view(), dlosses.view(), dlogits.view());
        float[] up = dlosses.before();
        double[] loss = new double[n];
        double[] logSum = new double[n];
        double[] slope = new double[n * width];
        double largest = 1;
        for (int i = 0; i < n; i++) {
            double max = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int j = 0; j < width; j++) {
                max = Math.max(max, numbers[i * width + j]);
            }
            for (int j = 0; j < width; j++) {
                sum += Math.exp(numbers[i * width + j] - max);
            }
            logSum[i] = max + Math.log(sum);
            largest = Math.max(largest, Math.abs(logSum[i]));
            for (int j = 0; j < width && targets[i] != Losses.IGNORED; j++) {
                double wanted = smoothing / width + (j == targets[i] ? 1 - smoothing : 0);
                double log = numbers[i * width + j] - logSum[i];
                loss[i] -= wanted == 0 ? 0 : wanted * log;
                slope[i * width + j] = up[i] * (Math.exp(log) - wanted);
            }
        }
        String what = n + " x " + width + ", smoothing " + smoothing;
        assertClose(what, losses.after(), loss, 1e-6, 5e-7 * largest);
        assertClose(what, logSums.after(), logSum, 1e-6, 1e-7);
        assertClose(what, dlogits.after(), slope, 2e-6, 3e-7 * largest);
        door.crossEntropyBackward(
                logits.view(), targets, smoothing, logSums.view(), dlosses.view(), logits.view());
        assertThat(logits.after()).as("in place").isEqualTo(dlogits.after());
    }
}
