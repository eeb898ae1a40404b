package dev.unroll.backend;

import static dev.unroll.backend.Scalars.density;
import static dev.unroll.backend.Scalars.geluTanhSlope;
import static dev.unroll.backend.Scalars.normal;
import static dev.unroll.backend.Scalars.sigmoid;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number: each constant is its value f(x) and its slope f′ by x and y = f(x). */
@SuppressWarnings("ImmutableEnumChecker") // the functions are pure
public enum Unary implements UnaryFunction {
    /** −x */
    NEGATE(x -> -x, (x, y) -> -1),
    /** |x|, with the slope 0 at 0 */
    ABS(Math::abs, (x, y) -> Math.signum(x)),
    /** −1, 0 or 1 */
    SIGN(Math::signum, (x, y) -> 0),
    /** x² */
    SQUARE(x -> x * x, (x, y) -> 2 * x),
    /** √x */
    SQRT(Math::sqrt, (x, y) -> 0.5 / y),
    /** 1/x */
    RECIPROCAL(x -> 1 / x, (x, y) -> -y * y),
    /** eˣ */
    EXP(Math::exp, (x, y) -> y),
    /** ln x */
    LOG(Math::log, (x, y) -> 1 / x),
    /** sin x */
    SIN(Math::sin, (x, y) -> Math.cos(x)),
    /** cos x */
    COS(Math::cos, (x, y) -> -Math.sin(x)),
    /** tanh x */
    TANH(Math::tanh, (x, y) -> 1 - y * y),
    /** 1 / (1 + e⁻ˣ) */
    SIGMOID(Scalars::sigmoid, (x, y) -> y * (1 - y)),
    /** max(x, 0), with the slope 0 at 0 */
    RELU(x -> Math.max(x, 0), (x, y) -> y > 0 ? 1 : 0),
    /** x·Φ(x) with the normal distribution's Φ (Hendrycks and Gimpel 2016) */
    GELU(x -> x * normal(x), (x, y) -> normal(x) + x * density(x)),
    /** GELU's approximation ½x(1 + tanh(√(2/π)(x + 0.044715x³))) */
    GELU_TANH(Scalars::geluTanh, (x, y) -> geluTanhSlope(x)),
    /** x·σ(x), also called swish (Ramachandran et al. 2017) */
    SILU(x -> x * sigmoid(x), (x, y) -> sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
    /** ln(1 + eˣ), a smooth relu (Dugas et al. 2001) */
    SOFTPLUS(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), (x, y) -> sigmoid(x)),
    /** elu(x) + 1: x + 1 where x is positive, else eˣ (Katharopoulos et al. 2020, eq. 7) */
    ELU_PLUS_ONE(x -> x > 0 ? x + 1 : Math.exp(x), (x, y) -> Math.min(y, 1));

    private final DoubleUnaryOperator value;
    private final DoubleBinaryOperator slope;

    Unary(DoubleUnaryOperator value, DoubleBinaryOperator slope) {
        this.value = value;
        this.slope = slope;
    }

    @Override
    public double value(double x) {
        return value.applyAsDouble(x);
    }

    @Override
    public double slope(double x, double y) {
        return slope.applyAsDouble(x, y);
    }
}
