package dev.unroll.backend;

/** Functions of two numbers. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are pure
public enum Binary {
    /** a + b */
    PLUS((a, b) -> a + b),
    /** a − b */
    MINUS((a, b) -> a - b),
    /** a·b */
    TIMES((a, b) -> a * b),
    /** a / b */
    DIVIDE((a, b) -> a / b),
    /** the larger */
    MAXIMUM(Math::max),
    /** the smaller */
    MINIMUM(Math::min),
    /** 1 where a = b, else 0 */
    EQUAL((a, b) -> a == b ? 1 : 0),
    /** 1 where a > b, else 0 */
    GREATER((a, b) -> a > b ? 1 : 0),
    /** a where b is not 0, else 0, whatever a is: unlike a product, which keeps a NaN */
    MASKED((a, b) -> b != 0 ? a : 0);

    @FunctionalInterface
    private interface Value {
        float of(float a, float b);
    }

    private final Value value;

    Binary(Value value) {
        this.value = value;
    }

    /** f(a, b). */
    public float apply(float a, float b) {
        return value.of(a, b);
    }
}
