package dev.unroll.vector;

import dev.unroll.backend.Binary;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.Unary;
import java.util.Arrays;

/** The formulas of elementwise operations, as they stand in books, in double precision. */
final class Formulas {
    private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    private Formulas() {}

    static double[] of(Unary f, float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = of(f, x[i]);
        }
        return y;
    }

    /** dy·f′(x), from central differences where f has a loop of its own. */
    static double[] backward(Unary f, float[] x, float[] dy) {
        double[] dx = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            dx[i] = dy[i] * slope(f, x[i]);
        }
        return dx;
    }

    static double[] of(Binary f, float[] a, float[] b) {
        double[] y = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            y[i] = of(f, a[i], b[i]);
        }
        return y;
    }

    private static double of(Unary f, double x) {
        return switch (f) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case SQUARE -> x * x;
            case SQRT -> Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case RELU -> Math.max(x, 0);
            case GELU -> x * normal(x);
            case GELU_TANH -> x * (1 + Math.tanh(ROOT_2_OVER_PI * (x + 0.044715 * x * x * x))) / 2;
            case SILU -> x / (1 + Math.exp(-x));
            case ELU_PLUS_ONE -> x > 0 ? x + 1 : Math.exp(x);
            default -> f.value(x); // no loop of its own: the reference's tests hold the definition
        };
    }

    private static double of(Binary f, double a, double b) {
        return switch (f) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDE -> a / b;
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case EQUAL -> a == b ? 1 : 0;
            case GREATER -> a > b ? 1 : 0;
            case MASKED -> b == 0 ? 0 : a;
        };
    }

    /** A central difference, good to about 1e-9. */
    private static double slope(Unary f, double x) {
        double step = 1e-4;
        double near = (of(f, x + step) - of(f, x - step)) / (2 * step);
        double far = (of(f, x + 2 * step) - of(f, x - 2 * step)) / (4 * step);
        return (4 * near - far) / 3;
    }

    /** Φ(x) by Simpson's rule on the density. */
    private static double normal(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        double end = Math.min(Math.abs(x), 7);
        int intervals = 200;
        double step = end / intervals;
        double sum = density(0) + density(end);
        for (int i = 1; i < intervals; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * density(i * step);
        }
        return 0.5 + Math.signum(x) * sum * step / 3;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    static double[] reduce(Reduction f, float[] x, int[] dims, int[] fewer) {
        int size = 1;
        for (int d : fewer) {
            size *= d;
        }
        double[] y = new double[size];
        Arrays.fill(y, f == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY);
        for (int i = 0; i < x.length; i++) {
            int to = 0;
            int rest = i;
            int step = 1;
            for (int d = dims.length - 1; d >= 0; d--) {
                to += fewer[d] == 1 ? 0 : rest % dims[d] * step;
                rest /= dims[d];
                step *= fewer[d];
            }
            y[to] = f == Reduction.SUM ? y[to] + x[i] : Math.max(y[to], x[i]);
        }
        return y;
    }
}
