package dev.unroll.lab;

import dev.unroll.chart.BarChart;
import dev.unroll.chart.Line;
import java.util.Arrays;

/**
 * A quantity measured with several seeds.
 *
 * @param median the middle value, or the mean of the middle two
 * @param low the lowest value
 * @param high the highest value
 */
public record Spread(double median, double low, double high) {

    /** {@return the spread of at least one value} */
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new Spread(median, sorted[0], sorted[n - 1]);
    }

    /** {@return the same in another unit, such as milliseconds for seconds} */
    public Spread times(double factor) {
        return new Spread(median * factor, low * factor, high * factor);
    }

    /** {@return a point of a line at x, with the band from low to high} */
    public Line.Point at(double x) {
        return new Line.Point(x, median, low, high);
    }

    /** {@return a bar with the range from low to high} */
    public BarChart.Bar bar(String label) {
        return new BarChart.Bar(label, median, low, high);
    }

    /** {@return the median, and the range behind it in brackets} */
    public String written() {
        return low == high
                ? Finding.digits(median)
                : Finding.digits(median)
                        + " ("
                        + Finding.digits(low)
                        + " to "
                        + Finding.digits(high)
                        + ")";
    }
}
