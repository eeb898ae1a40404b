package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalisationConformanceTest {
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
        {300, 256}
    };

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void softmax_and_its_logarithm_are_their_formulas(Backend backend) {
        for (int[] dims : SHAPES) {
            Operand x = Operand.random(backend, 1, Arrangement.OFFSET, dims);
            Operand y = Operand.result(backend, dims);
            Operand log = Operand.result(backend, dims);
            backend.normalisation().softmax(x.view(), y.view());
            backend.normalisation().logSoftmax(x.view(), log.view());
            double[] p = softmax(x.before(), dims[1]);
            double[] lnp = Arrays.stream(p).map(Math::log).toArray();
            assertClose("softmax", y.after(), p, 2e-6, 1e-9);
            assertClose("log softmax", log.after(), lnp, 1e-6, 1e-6);
            Operand again = Operand.random(backend, 1, Arrangement.OFFSET, dims);
            backend.normalisation().softmax(x.view(), x.view());
            backend.normalisation().logSoftmax(again.view(), again.view());
            assertThat(x.after()).isEqualTo(y.after());
            assertThat(again.after()).isEqualTo(log.after());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void softmax_is_defined_at_the_ends_of_the_number_line(Backend backend) {
        float[] numbers = Operand.normal(2, 6 * 17);
        numbers[3] = Float.NEGATIVE_INFINITY;
        Arrays.fill(numbers, 17, 34, Float.NEGATIVE_INFINITY);
        Arrays.fill(numbers, 34, 50, Float.NEGATIVE_INFINITY);
        numbers[51 + 4] = Float.NaN;
        Arrays.fill(numbers, 68, 85, 1e6f);
        numbers[85 + 16] = 1000;
        Operand x = Operand.of(backend, numbers, 6, 17);
        Operand y = Operand.result(backend, 6, 17);
        Operand log = Operand.result(backend, 6, 17);
        backend.normalisation().softmax(x.view(), y.view());
        backend.normalisation().logSoftmax(x.view(), log.view());
        Offset<Float> within = Offset.offset(1e-7f);
        float[] p = y.after();
        float[] lnp = log.after();
        assertThat(p[3]).isZero();
        assertThat(lnp[3]).isEqualTo(Float.NEGATIVE_INFINITY);
        for (int j = 0; j < 17; j++) {
            assertThat(p[17 + j]).as("nothing but minus infinity").isNaN();
            assertThat(lnp[17 + j]).as("nothing but minus infinity").isNaN();
            assertThat(p[34 + j]).as("all but one minus infinity").isEqualTo(j == 16 ? 1 : 0);
            assertThat(p[51 + j]).as("a NaN among others").isNaN();
            assertThat(p[68 + j]).as("all huge").isCloseTo(1 / 17f, within);
            assertThat(lnp[85 + j]).as("one far above").isEqualTo(numbers[85 + j] - 1000);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void the_derivatives_of_softmax_are_their_formulas(Backend backend) {
        for (int[] dims : SHAPES) {
            int n = dims[0];
            int width = dims[1];
            Operand x = Operand.random(backend, 3, Arrangement.OFFSET, dims);
            Operand y = Operand.result(backend, dims);
            Operand log = Operand.result(backend, dims);
            Operand dy = Operand.random(backend, 4, Arrangement.OFFSET, dims);
            Operand dx = Operand.result(backend, dims);
            Operand dlog = Operand.result(backend, dims);
            backend.normalisation().softmax(x.view(), y.view());
            backend.normalisation().logSoftmax(x.view(), log.view());
            backend.normalisation().softmaxBackward(y.view(), dy.view(), dx.view());
            backend.normalisation().logSoftmaxBackward(log.view(), dy.view(), dlog.view());
            double[] p = softmax(x.before(), width);
            float[] up = dy.before();
            double[] wanted = new double[n * width];
            double[] wantedLog = new double[n * width];
            for (int i = 0; i < n; i++) {
                double dot = 0;
                double sum = 0;
                for (int j = i * width; j < (i + 1) * width; j++) {
                    dot += p[j] * up[j];
                    sum += up[j];
                }
                for (int j = i * width; j < (i + 1) * width; j++) {
                    wanted[j] = p[j] * (up[j] - dot);
                    wantedLog[j] = up[j] - p[j] * sum;
                }
            }
            assertClose("softmax", dx.after(), wanted, 2e-6, 1e-6);
            assertClose("log softmax", dlog.after(), wantedLog, 2e-6, 3e-6);
        }
    }

    private static double[] softmax(float[] x, int width) {
        double[] p = new double[x.length];
        for (int i = 0; i < x.length; i += width) {
            double sum = 0;
            for (int j = i; j < i + width; j++) {
                p[j] = Math.exp(x[j]);
                sum += p[j];
            }
            for (int j = i; j < i + width; j++) {
                p[j] /= sum;
            }
        }
        return p;
    }

    @ParameterizedTest
    @MethodSource("backends")
    void layer_norm_and_its_derivative_are_their_formulas(Backend backend) {
        for (int[] dims : SHAPES) {
            layerNorm(backend, dims, 0, 1e-5f);
            layerNorm(backend, dims, 50, 0.5f);
        }
    }

    private static void layerNorm(Backend backend, int[] dims, float centre, float epsilon) {
        int n = dims[0];
        int width = dims[1];
        float[] numbers = Operand.normal(5, n * width);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += centre;
        }
        Operand x = Operand.of(backend, numbers, dims);
        Operand gain = Operand.random(backend, 6, Arrangement.OFFSET, width);
        Operand bias = Operand.random(backend, 7, Arrangement.OFFSET, width);
        Operand y = Operand.result(backend, dims);
        Operand mean = Operand.result(backend, n);
        Operand inverse = Operand.result(backend, n);
        Operand dy = Operand.random(backend, 8, Arrangement.OFFSET, dims);
        Operand dx = Operand.result(backend, dims);
        Operand dgain = Operand.result(backend, width);
        Operand dbias = Operand.result(backend, width);
        backend.normalisation()
                .layerNorm(
                        x.view(),
                        gain.view(),
                        bias.view(),
                        epsilon,
                        y.view(),
                        mean.view(),
                        inverse.view());
        backend.normalisation()
                .layerNormBackward(
                        x.view(),
                        gain.view(),
                        mean.view(),
                        inverse.view(),
                        dy.view(),
                        dx.view(),
                        dgain.view(),
                        dbias.view());
        Norm wanted = norm(numbers, gain.before(), bias.before(), dy.before(), epsilon, true);
        double slack = centre == 0 ? 1e-5 : 4e-5;
        // of a single number, what is normalised is rounding, magnified by 1/√ε
        slack = width == 1 && centre == 0 ? 1e-3 : slack;
        assertClose("y", y.after(), wanted.y, 2e-6, slack);
        assertClose("mean", mean.after(), wanted.mean, 2e-6, 1e-6);
        assertClose("inverse", inverse.after(), wanted.inverse, 2e-6, 0);
        assertClose("dx", dx.after(), wanted.dx, 2e-6, width == 1 ? 1e-3 : slack);
        assertClose("dgain", dgain.after(), wanted.dgain, 2e-6, slack * (1 + Math.sqrt(n)));
        assertClose("dbias", dbias.after(), wanted.dbias, 2e-6, 3e-6 * (1 + Math.sqrt(n)));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rms_norm_and_its_derivative_are_their_formulas(Backend backend) {
        for (int[] dims : SHAPES) {
            int n = dims[0];
            int width = dims[1];
            Operand x = Operand.random(backend, 9, Arrangement.OFFSET, dims);
            Operand gain = Operand.random(backend, 10, Arrangement.OFFSET, width);
            Operand y = Operand.result(backend, dims);
            Operand inverse = Operand.result(backend, n);
            Operand dy = Operand.random(backend, 11, Arrangement.OFFSET, dims);
            Operand dx = Operand.result(backend, dims);
            Operand dgain = Operand.result(backend, width);
            backend.normalisation().rmsNorm(x.view(), gain.view(), 0.1f, y.view(), inverse.view());
            backend.normalisation()
                    .rmsNormBackward(
                            x.view(),
                            gain.view(),
                            inverse.view(),
                            dy.view(),
                            dx.view(),
                            dgain.view());
            float[] none = new float[width];
            Norm wanted = norm(x.before(), gain.before(), none, dy.before(), 0.1, false);
            assertClose("y", y.after(), wanted.y, 2e-6, 1e-7);
            assertClose("inverse", inverse.after(), wanted.inverse, 2e-6, 0);
            assertClose("dx", dx.after(), wanted.dx, 2e-6, 3e-6);
            assertClose("dgain", dgain.after(), wanted.dgain, 2e-6, 1e-6 * (1 + n));
        }
    }

    private record Norm(
            double[] y,
            double[] mean,
            double[] inverse,
            double[] dx,
            double[] dgain,
            double[] dbias) {}

    private static Norm norm(
            float[] x, float[] gain, float[] bias, float[] dy, double epsilon, boolean centred) {
        int width = gain.length;
        int n = x.length / width;
        Norm norm =
                new Norm(
                        new double[x.length],
                        new double[n],
                        new double[n],
                        new double[x.length],
                        new double[width],
                        new double[width]);
        double[] normal = new double[width];
        for (int i = 0; i < n; i++) {
            int at = i * width;
            for (int j = 0; centred && j < width; j++) {
                norm.mean[i] += x[at + j] / (double) width;
            }
            double squares = 0;
            for (int j = 0; j < width; j++) {
                squares += Math.pow(x[at + j] - norm.mean[i], 2);
            }
            norm.inverse[i] = 1 / Math.sqrt(squares / width + epsilon);
            double sum = 0;
            double dot = 0;
            for (int j = 0; j < width; j++) {
                normal[j] = (x[at + j] - norm.mean[i]) * norm.inverse[i];
                norm.y[at + j] = normal[j] * gain[j] + bias[j];
                norm.dgain[j] += normal[j] * dy[at + j];
                norm.dbias[j] += dy[at + j];
                sum += centred ? (double) dy[at + j] * gain[j] : 0;
                dot += normal[j] * dy[at + j] * gain[j];
            }
            for (int j = 0; j < width; j++) {
                double d = (double) dy[at + j] * gain[j];
                norm.dx[at + j] = norm.inverse[i] * (d - sum / width - normal[j] * dot / width);
            }
        }
        return norm;
    }
}
