package dev.unroll.chart;

import java.util.List;

/**
 * Bars from left to right, one below the other, each with its name and its number.
 *
 * @param title one line that says what the chart shows
 * @param value the axis along which bars grow
 * @param bars from top to bottom
 */
public record BarChart(String title, Axis value, List<Bar> bars) implements Chart {

    /**
     * A bar, with the range over which its value was seen.
     *
     * @param label what was measured
     * @param value the length of the bar
     * @param low the lower end of the range; the value itself if there is none
     * @param high the upper end of the range; the value itself if there is none
     */
    public record Bar(String label, double value, double low, double high) {

        /** A bar without a range. */
        public Bar(String label, double value) {
            this(label, value, value, value);
        }
    }

    public BarChart {
        bars = List.copyOf(bars);
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("a bar chart has at least one bar");
        }
        for (Bar bar : bars) {
            if (!Double.isFinite(bar.low()) || !Double.isFinite(bar.high())) {
                throw new IllegalArgumentException(
                        "the bar '%s' has no end: %s".formatted(bar.label(), bar.value()));
            }
        }
    }
}
