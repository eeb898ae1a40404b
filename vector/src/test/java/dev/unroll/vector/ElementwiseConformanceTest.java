package dev.unroll.vector;

import static dev.unroll.vector.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Binary;
import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.random.Noise;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseConformanceTest {
    static final int[][] SHAPES = {
        {},
        {0},
        {1},
        {7},
        {16},
        {207},
        {3, 0},
        {0, 3},
        {1, 1},
        {1, 33},
        {33, 1},
        {7, 8},
        {8, 17},
        {9, 31},
        {15, 33},
        {31, 9},
        {5, 207},
        {2, 3, 17},
        {3, 1, 8},
        {2, 1, 3, 5}
    };

    private static final float[] SPECIAL = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-39f,
        Float.MIN_NORMAL,
        1e-20f,
        -1e-20f,
        1e-4f,
        -1e-4f,
        0.5f,
        -0.5f,
        1,
        -1,
        2,
        5,
        -5,
        9,
        -9,
        13,
        -13,
        17,
        88,
        -87,
        88.7f,
        88.8f,
        -104,
        200,
        -200,
        1e10f,
        -1e10f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    static Stream<Arguments> unary() {
        return Candidates.all()
                .flatMap(b -> Stream.of(Unary.values()).map(f -> Arguments.of(b, f)));
    }

    static Stream<Arguments> binary() {
        return Candidates.all()
                .flatMap(b -> Stream.of(Binary.values()).map(f -> Arguments.of(b, f)));
    }

    static Stream<Named<Backend>> backends() {
        return Candidates.all();
    }

    @ParameterizedTest
    @MethodSource("unary")
    void a_function_of_one_number_is_its_formula_in_every_arrangement(Backend backend, Unary f) {
        for (int[] dims : SHAPES) {
            for (Arrangement from : Arrangement.values()) {
                for (Arrangement to : Arrangement.WRITABLE) {
                    Operand x = Operand.random(backend, 1, from, dims);
                    Operand y = Operand.result(backend, to, dims);
                    backend.elementwise().map(f, x.view(), y.view());
                    String what = f + " " + Arrays.toString(dims) + " " + from + " to " + to;
                    assertClose(what, y.after(), Formulas.of(f, x.before()), 5e-7, slack(f));
                    x.assertUntouched();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unary")
    void a_function_of_one_number_works_in_place(Backend backend, Unary f) {
        for (Arrangement arrangement : Arrangement.WRITABLE) {
            Operand x = Operand.random(backend, 2, arrangement, 9, 33);
            backend.elementwise().map(f, x.view(), x.view());
            String what = f + " " + arrangement;
            assertClose(what, x.after(), Formulas.of(f, x.before()), 5e-7, slack(f));
        }
    }

    @ParameterizedTest
    @MethodSource("unary")
    void a_function_of_one_number_knows_the_ends_of_the_number_line(Backend backend, Unary f) {
        float[] numbers = SPECIAL.clone();
        for (int i = 0; i < numbers.length; i++) {
            // of infinities, x·Φ(x) and x·σ(x) are 0·∞ or leave the floats on the way
            boolean gated = f == Unary.GELU || f == Unary.GELU_TANH || f == Unary.SILU;
            numbers[i] = gated && Math.abs(numbers[i]) >= 1e10f ? 1 : numbers[i];
        }
        Operand x = Operand.of(backend, numbers, numbers.length);
        Operand y = Operand.result(backend, numbers.length);
        backend.elementwise().map(f, x.view(), y.view());
        // results below the smallest normal number may be flushed to 0
        double slack = Math.max(Float.MIN_NORMAL, slack(f));
        assertClose(f.name(), y.after(), Formulas.of(f, numbers), 1e-6, slack);
    }

    /** What may be lost where a result is a small difference of large numbers. */
    private static double slack(Unary f) {
        return switch (f) {
            case GELU, GELU_TANH, SILU -> 2e-7;
            case SIN, COS, LOG -> 1e-7;
            default -> 0;
        };
    }

    @ParameterizedTest
    @MethodSource("unary")
    void a_derivative_is_the_slope_in_every_arrangement(Backend backend, Unary f) {
        for (int[] dims : SHAPES) {
            for (Arrangement from : Arrangement.values()) {
                for (Arrangement to : Arrangement.WRITABLE) {
                    Operand x = Operand.arranged(backend, from, arguments(f, 13, dims), dims);
                    Operand y = Operand.arranged(backend, to, values(f, x.before()), dims);
                    Operand dy = Operand.random(backend, 14, from, dims);
                    Operand dx = Operand.result(backend, to, dims);
                    backend.elementwise().mapBackward(f, x.view(), y.view(), dy.view(), dx.view());
                    String what = f + " " + Arrays.toString(dims) + " " + from + " to " + to;
                    double[] wanted = Formulas.backward(f, x.before(), dy.before());
                    assertClose(what, dx.after(), wanted, 2e-6, 2e-6);
                    x.assertUntouched();
                    y.assertUntouched();
                    dy.assertUntouched();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unary")
    void a_derivative_may_replace_the_gradient_it_comes_from(Backend backend, Unary f) {
        for (Arrangement arrangement : Arrangement.WRITABLE) {
            float[] arguments = arguments(f, 15, 9, 33);
            Operand x = Operand.arranged(backend, arrangement, arguments, 9, 33);
            Operand y = Operand.arranged(backend, Arrangement.OFFSET, values(f, arguments), 9, 33);
            Operand dy = Operand.random(backend, 16, arrangement, 9, 33);
            backend.elementwise().mapBackward(f, x.view(), y.view(), dy.view(), dy.view());
            double[] wanted = Formulas.backward(f, arguments, dy.before());
            assertClose(f + " " + arrangement, dy.after(), wanted, 2e-6, 2e-6);
        }
    }

    /** Random numbers away from the poles and kinks of a function. */
    private static float[] arguments(Unary f, long seed, int... dims) {
        float[] x = Operand.random(Candidates.SCALAR, seed, Arrangement.OFFSET, dims).before();
        for (int i = 0; i < x.length; i++) {
            x[i] =
                    switch (f) {
                        case SQRT, LOG, RECIPROCAL -> 0.5f + Math.abs(x[i]);
                        case ABS, SIGN, RELU -> x[i] + Math.copySign(0.01f, x[i]);
                        default -> x[i];
                    };
        }
        return x;
    }

    private static float[] values(Unary f, float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = f.apply(x[i]);
        }
        return y;
    }

    /** No loop of vectors knows this function. */
    private static final UnaryFunction OWN =
            new UnaryFunction() {
                @Override
                public double value(double x) {
                    return Math.cbrt(x);
                }

                @Override
                public double slope(double x, double y) {
                    return 1 / (3 * y * y);
                }
            };

    @ParameterizedTest
    @MethodSource("backends")
    void a_function_without_a_loop_gives_the_bits_of_its_definition(Backend backend) {
        for (UnaryFunction f : List.of(Unary.SOFTPLUS, Unary.SIN, Unary.LOG, OWN)) {
            for (Arrangement from : Arrangement.values()) {
                Operand x = Operand.random(backend, 17, from, 9, 33);
                Operand y = Operand.result(backend, Arrangement.TRANSPOSED, 9, 33);
                backend.elementwise().map(f, x.view(), y.view());
                Operand wanted = Operand.result(Candidates.SCALAR, 9, 33);
                Operand same = Operand.of(Candidates.SCALAR, x.before(), 9, 33);
                Candidates.SCALAR.elementwise().map(f, same.view(), wanted.view());
                assertThat(y.after()).isEqualTo(wanted.after());
            }
        }
        for (UnaryFunction f : List.of(Unary.SOFTPLUS, Unary.SIN, OWN)) {
            Operand x = Operand.random(backend, 18, Arrangement.OFFSET, 9, 33);
            Operand y = Operand.random(backend, 19, Arrangement.TRANSPOSED, 9, 33);
            Operand dy = Operand.random(backend, 20, Arrangement.PADDED, 9, 33);
            Operand dx = Operand.result(backend, 9, 33);
            backend.elementwise().mapBackward(f, x.view(), y.view(), dy.view(), dx.view());
            float[] wanted = new float[9 * 33];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = f.backward(x.before()[i], y.before()[i], dy.before()[i]);
            }
            assertThat(dx.after()).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void a_function_of_two_numbers_is_its_formula_in_every_arrangement(Backend backend, Binary f) {
        for (int[] dims : SHAPES) {
            for (Arrangement left : Arrangement.values()) {
                for (Arrangement right : Arrangement.values()) {
                    for (Arrangement to : List.of(Arrangement.OFFSET, Arrangement.TRANSPOSED)) {
                        Operand a = Operand.random(backend, 3, left, dims);
                        Operand b = Operand.random(backend, f == Binary.EQUAL ? 3 : 4, right, dims);
                        Operand y = Operand.result(backend, to, dims);
                        backend.elementwise().map(f, a.view(), b.view(), y.view());
                        assertClose(
                                f + " " + Arrays.toString(dims) + " " + left + ", " + right,
                                y.after(),
                                Formulas.of(f, a.before(), b.before()),
                                1e-6,
                                2e-6);
                        a.assertUntouched();
                        b.assertUntouched();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void a_function_of_two_numbers_may_replace_either(Backend backend, Binary f) {
        for (Arrangement arrangement : Arrangement.WRITABLE) {
            for (Arrangement other : Arrangement.values()) {
                Operand a = Operand.random(backend, 5, arrangement, 9, 33);
                Operand b = Operand.random(backend, 6, other, 9, 33);
                backend.elementwise().map(f, a.view(), b.view(), a.view());
                double[] wanted = Formulas.of(f, a.before(), b.before());
                assertClose(f + " into a", a.after(), wanted, 1e-6, 2e-6);
                Operand c = Operand.random(backend, 5, arrangement, 9, 33);
                backend.elementwise().map(f, b.view(), c.view(), c.view());
                wanted = Formulas.of(f, b.before(), c.before());
                assertClose(f + " into b", c.after(), wanted, 1e-6, 2e-6);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void what_is_masked_out_counts_for_nothing(Backend backend) {
        float[] a = SPECIAL.clone();
        for (int turn = 0; turn < 3; turn++) {
            float[] b = new float[a.length];
            float[] wanted = new float[a.length];
            for (int i = 0; i < a.length; i++) {
                b[i] = new float[] {0, -0f, Float.NaN, -1e-30f}[(i + turn) % 4];
                wanted[i] = b[i] == 0 ? 0 : a[i];
            }
            Operand y = Operand.result(backend, a.length);
            backend.elementwise()
                    .map(
                            Binary.MASKED,
                            Operand.of(backend, a, a.length).view(),
                            Operand.of(backend, b, b.length).view(),
                            y.view());
            assertThat(y.after()).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void the_larger_and_the_smaller_number_keep_nan(Backend backend) {
        float[] a = new float[17];
        float[] b = new float[17];
        a[3] = Float.NaN;
        b[5] = Float.NaN;
        for (Binary f : List.of(Binary.MAXIMUM, Binary.MINIMUM)) {
            Operand y = Operand.result(backend, 17);
            backend.elementwise()
                    .map(
                            f,
                            Operand.of(backend, a, 17).view(),
                            Operand.of(backend, b, 17).view(),
                            y.view());
            assertThat(y.after()[3]).isNaN();
            assertThat(y.after()[5]).isNaN();
            assertThat(y.after()[6]).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void fill_copy_and_affine_reach_every_element_and_no_other(Backend backend) {
        for (int[] dims : SHAPES) {
            for (Arrangement to : Arrangement.WRITABLE) {
                Operand filled = Operand.result(backend, to, dims);
                backend.elementwise().fill(filled.view(), 2.5f);
                float[] wanted = new float[filled.view().size()];
                Arrays.fill(wanted, 2.5f);
                assertThat(filled.after()).isEqualTo(wanted);
                for (Arrangement from : Arrangement.values()) {
                    Operand x = Operand.random(backend, 7, from, dims);
                    Operand copied = Operand.result(backend, to, dims);
                    backend.elementwise().copy(x.view(), copied.view());
                    assertThat(copied.after()).isEqualTo(x.before());
                    Operand y = Operand.result(backend, to, dims);
                    backend.elementwise().affine(-3, 0.25f, x.view(), y.view());
                    double[] line = Closeness.doubles(x.before());
                    Arrays.setAll(line, i -> -3 * line[i] + 0.25);
                    assertClose("affine", y.after(), line, 2e-7, 2e-7);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void a_copy_keeps_the_sign_of_zero_and_every_other_bit(Backend backend) {
        for (Arrangement to : Arrangement.WRITABLE) {
            for (Arrangement from : Arrangement.values()) {
                Operand x = Operand.arranged(backend, from, SPECIAL.clone(), 4, SPECIAL.length / 4);
                Operand y = Operand.result(backend, to, 4, SPECIAL.length / 4);
                backend.elementwise().copy(x.view(), y.view());
                float[] read = new float[SPECIAL.length];
                backend.read(y.view(), read);
                assertThat(read).isEqualTo(x.before());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void affine_works_in_place(Backend backend) {
        for (Arrangement arrangement : Arrangement.WRITABLE) {
            Operand x = Operand.random(backend, 8, arrangement, 9, 33);
            backend.elementwise().affine(0.5f, 1, x.view(), x.view());
            double[] line = Closeness.doubles(x.before());
            Arrays.setAll(line, i -> 0.5 * line[i] + 1);
            assertClose("affine", x.after(), line, 2e-7, 2e-7);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void numbers_written_are_read_back(Backend backend) {
        for (int[] dims : SHAPES) {
            for (Arrangement from : Arrangement.values()) {
                Operand x = Operand.random(backend, 9, from, dims);
                float[] read = new float[x.view().size()];
                backend.read(x.view(), read);
                assertThat(read).isEqualTo(x.before());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void dropout_keeps_what_the_noise_of_the_place_says(Backend backend) {
        long key = Noise.key(42, "dropout");
        for (int n : new int[] {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 207, 5000}) {
            for (float rate : new float[] {0, 0.1f, 0.5f, 0.999f}) {
                Operand x = Operand.random(backend, 12, Arrangement.OFFSET, n);
                float[] wanted = x.before();
                for (int i = 0; i < n; i++) {
                    boolean kept = Noise.uniform(key, i) >= rate;
                    wanted[i] = kept ? wanted[i] * (1 / (1 - rate)) : 0;
                }
                Operand y = Operand.result(backend, n);
                backend.elementwise().dropout(key, rate, x.view(), y.view());
                assertThat(y.after()).isEqualTo(wanted);
                backend.elementwise().dropout(key, rate, x.view(), x.view());
                assertThat(x.after()).isEqualTo(wanted);
            }
        }
    }
}
