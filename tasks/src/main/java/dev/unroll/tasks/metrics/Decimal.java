package dev.unroll.tasks.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers written as C and Python write them, which is how other tools print the same scores. */
final class Decimal {

    private Decimal() {}

    /** The number with this many digits after the point; an exact half goes to the even digit. */
    static String of(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }
}
