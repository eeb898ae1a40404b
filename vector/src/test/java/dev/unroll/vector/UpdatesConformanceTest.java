package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Updates;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdatesConformanceTest {
    private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 207, 200_001};

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void the_sum_of_squares_is_taken_in_double_precision(Backend backend) {
        for (int n : SIZES) {
            float[] numbers = Operand.normal(1, n);
            if (n > 5) {
                numbers[3] = 1e25f; // its square is no float
            }
            double wanted = 0;
            for (float x : numbers) {
                wanted += (double) x * x;
            }
            double sum = backend.updates().sumOfSquares(Operand.of(backend, numbers, n).view());
            assertThat(sum).isCloseTo(wanted, Percentage.withPercentage(1e-10));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_not_a_number_shows_in_the_sum_of_squares(Backend backend) {
        float[] numbers = new float[207];
        numbers[190] = Float.NaN;
        Operand x = Operand.of(backend, numbers, 207);
        assertThat(backend.updates().sumOfSquares(x.view())).isNaN();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void adam_takes_the_step_of_its_paper(Backend backend) {
        Updates.Adam[] ways = {
            new Updates.Adam(1e-3f, 0.9f, 0.999f, 1e-8f, 0, 1, Float.POSITIVE_INFINITY, 1),
            new Updates.Adam(0.01f, 0.8f, 0.98f, 1e-6f, 0.1f, 0.5f, 0.3f, 1000)
        };
        for (Updates.Adam how : ways) {
            for (int n : SIZES) {
                Operand w = Operand.random(backend, 2, Arrangement.OFFSET, n);
                Operand g = Operand.random(backend, 3, Arrangement.OFFSET, n);
                Operand m = Operand.random(backend, 4, Arrangement.OFFSET, n);
                float[] squares = Operand.normal(5, n);
                for (int i = 0; i < n; i++) {
                    squares[i] *= squares[i];
                }
                Operand v = Operand.of(backend, squares, n);
                backend.updates().adam(how, w.view(), g.view(), m.view(), v.view());
                double[] weight = Closeness.doubles(w.before());
                double[] mean = Closeness.doubles(m.before());
                double[] square = Closeness.doubles(squares);
                float[] gradient = g.before();
                for (int i = 0; i < n; i++) {
                    double d = limited(gradient[i], how.gradientScale(), how.gradientLimit());
                    mean[i] = how.beta1() * mean[i] + (1.0 - how.beta1()) * d;
                    square[i] = how.beta2() * square[i] + (1.0 - how.beta2()) * d * d;
                    double m1 = mean[i] / (1 - Math.pow(how.beta1(), how.step()));
                    double v1 = square[i] / (1 - Math.pow(how.beta2(), how.step()));
                    weight[i] -=
                            how.rate() * how.decay() * weight[i]
                                    + how.rate() * m1 / (Math.sqrt(v1) + how.epsilon());
                }
                assertClose("mean", m.after(), mean, 1e-6, 1e-7);
                assertClose("square", v.after(), square, 1e-6, 1e-7);
                assertClose("weight", w.after(), weight, 1e-6, 2e-4 * how.rate() / 1e-3);
                g.assertUntouched();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_step_of_tiny_gradients_does_not_vanish(Backend backend) {
        // the root of the mean square is lost below ε, the mean is not
        Updates.Adam how =
                new Updates.Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0, 1, Float.POSITIVE_INFINITY, 1);
        float[] gradient = new float[33];
        Arrays.fill(gradient, 1e-12f);
        Operand w = Operand.of(backend, new float[33], 33);
        Operand m = Operand.of(backend, new float[33], 33);
        Operand v = Operand.of(backend, new float[33], 33);
        backend.updates()
                .adam(how, w.view(), Operand.of(backend, gradient, 33).view(), m.view(), v.view());
        double[] wanted = new double[33];
        Arrays.fill(wanted, -0.1 * 1e-12 / (1e-12 + 1e-8));
        assertClose("weight", w.after(), wanted, 1e-3, 0);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void momentum_takes_the_step_of_its_formula(Backend backend) {
        Updates.Momentum[] ways = {
            new Updates.Momentum(0.1f, 0, false, 0, 1, Float.POSITIVE_INFINITY),
            new Updates.Momentum(0.1f, 0.9f, false, 0.01f, 0.5f, 0.3f),
            new Updates.Momentum(0.1f, 0.9f, true, 0.01f, 2, 0.7f)
        };
        for (Updates.Momentum how : ways) {
            for (int n : SIZES) {
                Operand w = Operand.random(backend, 6, Arrangement.OFFSET, n);
                Operand g = Operand.random(backend, 7, Arrangement.OFFSET, n);
                Operand v = Operand.random(backend, 8, Arrangement.OFFSET, n);
                backend.updates().momentum(how, w.view(), g.view(), v.view());
                double[] weight = Closeness.doubles(w.before());
                double[] velocity = Closeness.doubles(v.before());
                float[] gradient = g.before();
                for (int i = 0; i < n; i++) {
                    double d =
                            limited(gradient[i], how.gradientScale(), how.gradientLimit())
                                    + how.decay() * weight[i];
                    velocity[i] = how.momentum() * velocity[i] + d;
                    double ahead = d + how.momentum() * velocity[i];
                    weight[i] -= how.rate() * (how.nesterov() ? ahead : velocity[i]);
                }
                assertClose("velocity", v.after(), velocity, 1e-6, 5e-7);
                assertClose("weight", w.after(), weight, 1e-6, 5e-7);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_gradient_that_is_not_a_number_reaches_the_weights(Backend backend) {
        Updates.Momentum how = new Updates.Momentum(0.1f, 0, false, 0, 1, 1);
        float[] gradient = new float[33];
        gradient[7] = Float.NaN;
        Operand w = Operand.of(backend, new float[33], 33);
        Operand v = Operand.of(backend, new float[33], 33);
        Operand g = Operand.of(backend, gradient, 33);
        backend.updates().momentum(how, w.view(), g.view(), v.view());
        assertThat(w.after()[7]).isNaN();
        assertThat(w.after()[8]).isZero();
    }

    private static double limited(float gradient, float scale, float limit) {
        return Math.clamp((double) gradient * scale, -limit, limit);
    }
}
