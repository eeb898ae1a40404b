package dev.unroll.backend;

/** Functions of two numbers. The slopes multiply a gradient by a derivative in one pass. */
public enum Binary {
    /** a + b */
    PLUS,
    /** a − b */
    MINUS,
    /** a·b */
    TIMES,
    /** a / b */
    DIVIDE,
    /** the larger */
    MAXIMUM,
    /** the smaller */
    MINIMUM,
    /** 1 where a = b, else 0 */
    EQUAL,
    /** 1 where a > b, else 0 */
    GREATER,
    /** a = tanh x, b = gradient: b·(1 − a²) */
    TANH_SLOPE,
    /** a = σ(x), b = gradient: b·a·(1 − a) */
    SIGMOID_SLOPE,
    /** a = relu(x), b = gradient: b where a > 0, else 0 */
    RELU_SLOPE,
    /** a = x, b = gradient: b times GELU's derivative at a */
    GELU_SLOPE,
    /** a = x, b = gradient: b times the derivative of GELU's tanh approximation at a */
    GELU_TANH_SLOPE,
    /** a = x, b = gradient: b times SiLU's derivative at a */
    SILU_SLOPE
}
