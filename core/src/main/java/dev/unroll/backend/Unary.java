package dev.unroll.backend;

/** Functions of one number. */
public enum Unary {
    /** −x */
    NEGATE,
    /** |x| */
    ABS,
    /** −1, 0 or 1 */
    SIGN,
    /** x² */
    SQUARE,
    /** √x */
    SQRT,
    /** 1/x */
    RECIPROCAL,
    /** eˣ */
    EXP,
    /** ln x */
    LOG,
    /** sin x */
    SIN,
    /** cos x */
    COS,
    /** tanh x */
    TANH,
    /** 1 / (1 + e⁻ˣ) */
    SIGMOID,
    /** max(x, 0) */
    RELU,
    /** x·Φ(x) with the normal distribution's Φ (Hendrycks and Gimpel 2016) */
    GELU,
    /** GELU's approximation ½x(1 + tanh(√(2/π)(x + 0.044715x³))) */
    GELU_TANH,
    /** x·σ(x), also called swish (Ramachandran et al. 2017) */
    SILU
}
