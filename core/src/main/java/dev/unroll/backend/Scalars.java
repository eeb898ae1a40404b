package dev.unroll.backend;

/** Functions of one number in double precision: what {@link Unary} is made of. */
public final class Scalars {
    private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private Scalars() {}

    /** 1 / (1 + e⁻ˣ). */
    public static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double inner(double x) {
        return ROOT_2_OVER_PI * (x + CUBIC * x * x * x);
    }

    /** ½x(1 + tanh u), u = √(2/π)(x + 0.044715x³). */
    static double geluTanh(double x) {
        return 0.5 * x * (1 + Math.tanh(inner(x)));
    }

    /** The derivative of {@link #geluTanh}. */
    static double geluTanhSlope(double x) {
        double t = Math.tanh(inner(x));
        double slope = ROOT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
        return 0.5 * (1 + t + x * (1 - t * t) * slope);
    }

    /** Φ(x), the standard normal distribution function. */
    static double normal(double x) {
        return 0.5 * (1 + erf(x / Math.sqrt(2)));
    }

    /** φ(x), the standard normal density. */
    static double density(double x) {
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
