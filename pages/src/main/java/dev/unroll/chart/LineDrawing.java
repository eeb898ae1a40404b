package dev.unroll.chart;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Draws a {@link LineChart}. */
final class LineDrawing {
    /** From the end of a line to its label. */
    private static final int GAP = 8;

    /** Between the labels of two lines. */
    private static final double APART = 16;

    /** With so few points, each is marked. */
    private static final int FEW = 16;

    private LineDrawing() {}

    /** Where a line ends, and where its label stands. */
    private record Ending(int line, double x, double y, double labelled) {}

    static void draw(LineChart chart, Graphics2D graphics, Rectangle2D area) {
        List<Line.Point> points =
                chart.lines().stream()
                        .flatMap(l -> l.points().stream())
                        .filter(LineDrawing::finite)
                        .toList();
        XYPlot plot = new XYPlot();
        plot.setDomainAxis(
                Style.axis(
                        chart.x(),
                        false,
                        least(points.stream().mapToDouble(Line.Point::x), chart.x()),
                        points.stream().mapToDouble(Line.Point::x).max().orElse(1),
                        area));
        plot.setRangeAxis(
                Style.axis(
                        chart.y(),
                        true,
                        least(points.stream().mapToDouble(Line.Point::low), chart.y()),
                        points.stream().mapToDouble(Line.Point::high).max().orElse(1),
                        area));
        plot.setDataset(data(chart));
        plot.setRenderer(renderer(chart));
        Style.grid(plot);
        graphics.setFont(Style.TEXT);
        double widest =
                chart.lines().stream()
                        .mapToDouble(l -> graphics.getFontMetrics().stringWidth(l.label()))
                        .max()
                        .orElse(0);
        JFreeChart framed =
                Style.framed(
                        chart.title(), chart.y().label(), plot, Style.WIDER * widest + 2 * GAP);
        ChartRenderingInfo info = new ChartRenderingInfo();
        framed.draw(graphics, area, null, info);
        label(chart, plot, graphics, info.getPlotInfo().getDataArea());
    }

    /** Whether a point can be shown; where its range has no end, it is left out. */
    private static boolean finite(Line.Point p) {
        return Double.isFinite(p.x())
                && Double.isFinite(p.y())
                && Double.isFinite(p.low())
                && Double.isFinite(p.high());
    }

    /** The least number that the scale can show. */
    private static double least(java.util.stream.DoubleStream values, Axis axis) {
        boolean ratio = axis.scale() != Axis.Scale.LINEAR;
        return values.filter(v -> !ratio || v > 0).min().orElse(ratio ? 1 : 0);
    }

    private static YIntervalSeriesCollection data(LineChart chart) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        boolean ratio = chart.y().scale() != Axis.Scale.LINEAR;
        for (int i = 0; i < chart.lines().size(); i++) {
            YIntervalSeries series = new YIntervalSeries(i, false, true);
            for (Line.Point p : chart.lines().get(i).points()) {
                if (finite(p) && (!ratio || p.y() > 0)) {
                    double low = ratio && p.low() <= 0 ? p.y() : p.low();
                    series.add(p.x(), p.y(), low, p.high());
                }
            }
            data.addSeries(series);
        }
        return data;
    }

    private static DeviationRenderer renderer(LineChart chart) {
        DeviationRenderer renderer = new DeviationRenderer(true, true);
        renderer.setAlpha(0.16f);
        renderer.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < chart.lines().size(); i++) {
            renderer.setSeriesPaint(i, Palette.SERIES.get(i).color());
            renderer.setSeriesFillPaint(i, Palette.SERIES.get(i).color());
            renderer.setSeriesStroke(i, Palette.stroke(i));
            renderer.setSeriesShape(i, Style.square(5));
            renderer.setSeriesShapesVisible(i, chart.lines().get(i).points().size() <= FEW);
        }
        return renderer;
    }

    /** Writes each line's label where it ends; labels that would overlap are moved apart. */
    private static void label(LineChart chart, XYPlot plot, Graphics2D graphics, Rectangle2D data) {
        List<Ending> endings = new ArrayList<>();
        for (int i = 0; i < chart.lines().size(); i++) {
            List<Line.Point> shown =
                    chart.lines().get(i).points().stream()
                            .filter(
                                    p ->
                                            finite(p)
                                                    && plot.getRangeAxis()
                                                            .getRange()
                                                            .contains(p.y()))
                            .toList();
            if (!shown.isEmpty()) {
                Line.Point last = shown.getLast();
                double x = plot.getDomainAxis().valueToJava2D(last.x(), data, RectangleEdge.BOTTOM);
                double y = plot.getRangeAxis().valueToJava2D(last.y(), data, RectangleEdge.LEFT);
                endings.add(new Ending(i, x, y, y));
            }
        }
        for (Ending ending : apart(endings, data)) {
            double left = data.getMaxX() + GAP;
            if (Math.abs(ending.labelled() - ending.y()) > 3 || left - ending.x() > 2 * GAP) {
                graphics.setPaint(Palette.GRID.color());
                graphics.setStroke(Style.THIN);
                graphics.draw(
                        new Line2D.Double(ending.x() + 4, ending.y(), left - 2, ending.labelled()));
            }
            graphics.setPaint(Palette.SERIES.get(ending.line()).color());
            graphics.setFont(Style.TEXT);
            graphics.drawString(
                    chart.lines().get(ending.line()).label(),
                    (float) left,
                    (float) ending.labelled() + 4.5f);
        }
    }

    /** Keeps the order from top to bottom, and moves as little as needed. */
    private static List<Ending> apart(List<Ending> endings, Rectangle2D data) {
        List<Ending> sorted =
                endings.stream().sorted(Comparator.comparingDouble(Ending::y)).toList();
        double[] y = sorted.stream().mapToDouble(Ending::y).toArray();
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i + 1 < y.length; i++) {
                double overlap = APART - (y[i + 1] - y[i]);
                if (overlap > 0) {
                    y[i] -= overlap / 2;
                    y[i + 1] += overlap / 2;
                }
            }
            if (y.length > 0) {
                double below = y[y.length - 1] - data.getMaxY();
                y[y.length - 1] -= Math.max(0, below);
                y[0] += Math.max(0, data.getMinY() - y[0]);
            }
        }
        List<Ending> moved = new ArrayList<>();
        for (int i = 0; i < y.length; i++) {
            Ending e = sorted.get(i);
            moved.add(new Ending(e.line(), e.x(), e.y(), y[i]));
        }
        return moved;
    }
}
