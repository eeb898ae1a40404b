package dev.unroll.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** The common look of charts: no frame, no ground, quiet axes, text on the left. */
final class Style {
    static final Font TITLE = new Font("SansSerif", Font.BOLD, 15);
    static final Font TEXT = new Font("SansSerif", Font.PLAIN, 13);
    static final BasicStroke THIN = new BasicStroke(1);

    /** A reader's font may be wider than the one that Java measures with. */
    static final double WIDER = 1.1;

    private static final int NARROW = 500;

    private Style() {}

    /** The plot with a title, and below it what the vertical axis is. */
    static JFreeChart framed(String title, String vertical, Plot plot, double right) {
        plot.setOutlineVisible(false);
        plot.setBackgroundPaint(null);
        plot.setInsets(new RectangleInsets(12, 0, 2, 0));
        JFreeChart chart = new JFreeChart(null, TITLE, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(2, 2, 2, right));
        chart.addSubtitle(text(title, TITLE, Palette.INK));
        if (!vertical.isEmpty()) {
            chart.addSubtitle(text(vertical, TEXT, Palette.QUIET));
        }
        return chart;
    }

    private static TextTitle text(String words, Font font, Palette.Shade shade) {
        TextTitle title =
                new TextTitle(
                        words,
                        font,
                        shade.color(),
                        RectangleEdge.TOP,
                        HorizontalAlignment.LEFT,
                        org.jfree.chart.ui.VerticalAlignment.TOP,
                        new RectangleInsets(1, 0, 3, 24));
        title.setExpandToFitSpace(true);
        return title;
    }

    /** The axis of a value; a horizontal one in a narrow drawing has room for few labels. */
    static ValueAxis axis(Axis axis, boolean vertical, double low, double high, Rectangle2D area) {
        ValueAxis made =
                axis.scale() == Axis.Scale.LINEAR
                        ? new LinearAxis(low, high, vertical, !vertical && area.getWidth() < NARROW)
                        : new RatioAxis(axis.scale() == Axis.Scale.POWERS_OF_TWO, low, high);
        made.setLabel(vertical ? null : axis.label());
        quiet(made);
        return made;
    }

    static void quiet(org.jfree.chart.axis.Axis axis) {
        axis.setLabelFont(TEXT);
        axis.setLabelPaint(Palette.QUIET.color());
        axis.setTickLabelFont(TEXT);
        axis.setTickLabelPaint(Palette.QUIET.color());
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setTickLabelInsets(new RectangleInsets(4, 2, 3, 8));
    }

    static void grid(XYPlot plot) {
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(Palette.GRID.color());
        plot.setRangeGridlineStroke(THIN);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    static Rectangle2D square(double side) {
        return new Rectangle2D.Double(-side / 2, -side / 2, side, side);
    }
}
