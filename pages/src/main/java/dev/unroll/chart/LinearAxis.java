package dev.unroll.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;

/**
 * An axis on which equal differences are equally far apart, with round ticks: 4 to 9, or 2 to 5.
 */
final class LinearAxis extends NumberAxis {
    private static final long serialVersionUID = 1;

    LinearAxis(double low, double high, boolean vertical, boolean few) {
        double span = high > low ? high - low : Math.max(Math.abs(high), 1);
        double power = Math.pow(10, Math.floor(Math.log10(span / (few ? 2 : 4))));
        double step = power;
        for (double round : new double[] {1, 2, 2.5, 5, 10}) {
            if (span / (round * power) >= (few ? 1.8 : 3.5)) {
                step = round * power;
            }
        }
        double from = Math.floor(low / step + 1e-9) * step;
        double to = Math.ceil((high > low ? high : low + span) / step - 1e-9) * step;
        if (vertical || high <= low) {
            setRange(from, to);
        } else {
            double margin = (high - low) * 0.01;
            setRange(low == 0 ? 0 : low - margin, high + margin); // a line uses its whole width
        }
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        if (step * Math.pow(10, digits) % 1 > 1e-6 && step * Math.pow(10, digits) % 1 < 1 - 1e-6) {
            digits++;
        }
        String pattern = digits == 0 ? "#,##0" : "#,##0." + "0".repeat(digits);
        DecimalFormat format =
                new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        setTickUnit(new NumberTickUnit(step, format));
    }
}
