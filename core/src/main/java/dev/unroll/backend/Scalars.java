package dev.unroll.backend;

/** The functions of one and two numbers, exact to float, and their derivatives. */
public final class Scalars {
    private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private Scalars() {}

    /** f(x). */
    public static float apply(Unary f, float x) {
        return switch (f) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case SQUARE -> x * x;
            case SQRT -> (float) Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> (float) Math.exp(x);
            case LOG -> (float) Math.log(x);
            case SIN -> (float) Math.sin(x);
            case COS -> (float) Math.cos(x);
            case TANH -> (float) Math.tanh(x);
            case SIGMOID -> (float) sigmoid(x);
            case RELU -> Math.max(x, 0);
            case GELU -> (float) (x * normal(x));
            case GELU_TANH -> (float) (0.5 * x * (1 + Math.tanh(inner(x))));
            case SILU -> (float) (x * sigmoid(x));
        };
    }

    /** f(a, b). */
    public static float apply(Binary f, float a, float b) {
        return switch (f) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDE -> a / b;
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case EQUAL -> a == b ? 1 : 0;
            case GREATER -> a > b ? 1 : 0;
            case TANH_SLOPE -> b * (1 - a * a);
            case SIGMOID_SLOPE -> b * a * (1 - a);
            case RELU_SLOPE -> a > 0 ? b : 0;
            case GELU_SLOPE -> (float) (b * (normal(a) + a * density(a)));
            case GELU_TANH_SLOPE -> {
                double t = Math.tanh(inner(a));
                double slope = ROOT_2_OVER_PI * (1 + 3 * CUBIC * a * a);
                yield (float) (b * 0.5 * (1 + t + a * (1 - t * t) * slope));
            }
            case SILU_SLOPE -> {
                double s = sigmoid(a);
                yield (float) (b * s * (1 + a * (1 - s)));
            }
        };
    }

    /** 1 / (1 + e⁻ˣ). */
    public static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double inner(double x) {
        return ROOT_2_OVER_PI * (x + CUBIC * x * x * x);
    }

    /** Φ(x), the standard normal distribution function. */
    static double normal(double x) {
        return 0.5 * (1 + erf(x / Math.sqrt(2)));
    }

    /** φ(x), the standard normal density. */
    private static double density(double x) {
        return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    /**
     * The error function by its series without cancellation, 2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!
     * (Abramowitz and Stegun 1964, 7.1.6).
     */
    static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
