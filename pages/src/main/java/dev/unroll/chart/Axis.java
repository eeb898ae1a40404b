package dev.unroll.chart;

/**
 * An axis of a chart.
 *
 * @param label what is measured, and its unit
 * @param scale how numbers are laid out on it
 */
public record Axis(String label, Scale scale) {

    /** How numbers are laid out on an axis. */
    public enum Scale {
        /** Equal differences are equally far apart. */
        LINEAR,
        /** Equal ratios are equally far apart, labelled at 1, 2 and 5 times powers of ten. */
        LOGARITHMIC,
        /** Equal ratios are equally far apart, labelled at powers of two. */
        POWERS_OF_TWO
    }

    /** An axis on which equal differences are equally far apart. */
    public static Axis linear(String label) {
        return new Axis(label, Scale.LINEAR);
    }

    /** An axis on which equal ratios are equally far apart; for numbers above 0. */
    public static Axis logarithmic(String label) {
        return new Axis(label, Scale.LOGARITHMIC);
    }

    /** A logarithmic axis for numbers such as 16, 32, 64. */
    public static Axis powersOfTwo(String label) {
        return new Axis(label, Scale.POWERS_OF_TWO);
    }
}
