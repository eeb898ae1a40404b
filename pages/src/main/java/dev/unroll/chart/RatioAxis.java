package dev.unroll.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * An axis on which equal ratios are equally far apart: ticks at powers of two, or at 1, 2 and 5
 * times powers of ten, fewer where the span is long.
 */
final class RatioAxis extends LogAxis {
    private static final long serialVersionUID = 1;

    /** More labels than these do not fit beside each other. */
    private static final int MOST = 8;

    private final boolean twos;

    RatioAxis(boolean twos, double low, double high) {
        this.twos = twos;
        setBase(10);
        double least = low > 0 ? low : Double.MIN_NORMAL;
        double most = Math.max(high, least);
        double margin = Math.pow(most / least, 0.02);
        setRange(least / Math.max(margin, 1.02), most * Math.max(margin, 1.02));
    }

    @Override
    public List<NumberTick> refreshTicks(
            Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
        boolean vertical = RectangleEdge.isLeftOrRight(edge);
        TextAnchor anchor = vertical ? TextAnchor.CENTER_RIGHT : TextAnchor.TOP_CENTER;
        int room = vertical ? MOST : Math.clamp((long) (area.getWidth() / 44), 2, MOST);
        List<NumberTick> ticks = new ArrayList<>();
        for (double value : places(room)) {
            ticks.add(new NumberTick(value, label(value), anchor, TextAnchor.CENTER, 0));
        }
        return ticks;
    }

    private List<Double> places(int most) {
        if (twos) {
            int every = 1;
            List<Double> places = multiples(2, every, 1);
            while (places.size() > most) {
                places = multiples(2, ++every, 1);
            }
            return places;
        }
        List<Double> places = multiples(10, 1, 1, 2, 5);
        if (places.size() > most) {
            places = multiples(10, 1, 1);
        }
        for (int every = 2; places.size() > most; every++) {
            places = multiples(10, every, 1);
        }
        return places;
    }

    /** Each factor times each power of the base, of those powers every few, within the range. */
    private List<Double> multiples(int base, int every, int... factors) {
        List<Double> places = new ArrayList<>();
        int first = (int) Math.floor(Math.log(getLowerBound()) / Math.log(base));
        int last = (int) Math.ceil(Math.log(getUpperBound()) / Math.log(base));
        for (int power = Math.floorDiv(first, every) * every; power <= last; power += every) {
            for (int factor : factors) {
                double value = factor * Math.pow(base, power);
                if (value >= getLowerBound() && value <= getUpperBound()) {
                    places.add(value);
                }
            }
        }
        return places;
    }

    /** A plain number where it is short, else a power of ten. */
    private static String label(double value) {
        if (value >= 1 && value < 1e6) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (value >= 1e-3 && value < 1) {
            return new java.math.BigDecimal(value)
                    .round(new java.math.MathContext(2))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        int power = (int) Math.floor(Math.log10(value) + 1e-9);
        long factor = Math.round(value / Math.pow(10, power));
        return (factor == 1 ? "" : factor + "×") + "10" + raised(power);
    }

    private static String raised(int power) {
        StringBuilder raised = new StringBuilder();
        for (char c : Integer.toString(power).toCharArray()) {
            raised.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return raised.toString();
    }
}
