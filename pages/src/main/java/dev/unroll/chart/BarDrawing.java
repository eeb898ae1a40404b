package dev.unroll.chart;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.DefaultCategoryDataset;

/** Draws a {@link BarChart}. */
final class BarDrawing {
    /** Room to the right of the longest bar, for its number. */
    private static final int NUMBER = 64;

    private BarDrawing() {}

    /** The name of a bar; another bar may have the same. */
    private record Name(int place, String label) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return Integer.compare(place, other.place);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    static void draw(BarChart chart, Graphics2D graphics, Rectangle2D area) {
        List<BarChart.Bar> bars = chart.bars();
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (int i = 0; i < bars.size(); i++) {
            data.addValue(bars.get(i).value(), "", new Name(i, bars.get(i).label()));
        }
        double most = bars.stream().mapToDouble(BarChart.Bar::high).max().orElse(1);
        boolean ratio = chart.value().scale() != Axis.Scale.LINEAR;
        double least = bars.stream().mapToDouble(BarChart.Bar::low).min().orElse(0);
        ValueAxis value =
                Style.axis(
                        chart.value(), false, ratio ? least / 2 : Math.min(0, least), most, area);
        CategoryAxis names = new CategoryAxis();
        Style.quiet(names);
        names.setTickLabelPaint(Palette.INK.color());
        names.setMaximumCategoryLabelWidthRatio(0.45f);
        names.setMaximumCategoryLabelLines(2);
        names.setCategoryMargin(0.3);
        BarRenderer renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, Palette.SERIES.getFirst().color());
        renderer.setIncludeBaseInRange(!ratio);
        CategoryPlot plot = new CategoryPlot(data, names, value, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeGridlinePaint(Palette.GRID.color());
        plot.setRangeGridlineStroke(Style.THIN);
        plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
        JFreeChart framed = Style.framed(chart.title(), "", plot, NUMBER);
        ChartRenderingInfo info = new ChartRenderingInfo();
        framed.draw(graphics, area, null, info);
        Rectangle2D inside = info.getPlotInfo().getDataArea();
        graphics.setFont(Style.TEXT);
        for (int i = 0; i < bars.size(); i++) {
            BarChart.Bar bar = bars.get(i);
            double y = names.getCategoryMiddle(i, bars.size(), inside, RectangleEdge.LEFT);
            double low = value.valueToJava2D(bar.low(), inside, RectangleEdge.BOTTOM);
            double high = value.valueToJava2D(bar.high(), inside, RectangleEdge.BOTTOM);
            graphics.setPaint(Palette.INK.color());
            graphics.setStroke(Style.THIN);
            if (bar.high() > bar.low()) {
                graphics.draw(new Line2D.Double(low, y, high, y));
                graphics.draw(new Line2D.Double(low, y - 4, low, y + 4));
                graphics.draw(new Line2D.Double(high, y - 4, high, y + 4));
            }
            graphics.drawString(number(bar.value()), (float) high + 6, (float) y + 4.5f);
        }
    }

    /** Three digits. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-3 && size < 1e6)) {
            int digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
            return String.format(Locale.ROOT, "%,." + digits + "f", value);
        }
        return String.format(Locale.ROOT, "%.1e", value);
    }
}
