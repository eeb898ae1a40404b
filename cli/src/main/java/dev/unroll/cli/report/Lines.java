package dev.unroll.cli.report;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.Line.Point;
import dev.unroll.chart.LineChart;
import dev.unroll.page.Block;
import java.util.ArrayList;
import java.util.List;

/** Makes line charts of numbers that may be missing. */
final class Lines {
    /** The most lines that a chart can have. */
    static final int MOST = 8;

    /** Points that a line is reduced to. */
    private static final int POINTS = 150;

    private Lines() {}

    /** Adds a chart of the lines that have two points or more, if there are any. */
    static void add(
            List<Block> blocks, String name, String title, Axis x, Axis y, List<Line> lines) {
        List<Line> drawn =
                lines.stream()
                        .map(line -> drawable(line, y))
                        .filter(line -> line.points().size() > 1)
                        .toList();
        if (!drawn.isEmpty()) {
            blocks.add(new Block.Figure(name, new LineChart(title, x, y, spread(drawn))));
        }
    }

    private static Line drawable(Line line, Axis y) {
        boolean logarithmic = y.scale() != Axis.Scale.LINEAR;
        return new Line(
                line.label(),
                line.points().stream()
                        .filter(p -> Double.isFinite(p.y()) && (!logarithmic || p.y() > 0))
                        .toList());
    }

    /** All lines, or as many as a chart can have, from the first to the last. */
    static <T> List<T> spread(List<T> all) {
        if (all.size() <= MOST) {
            return all;
        }
        List<T> some = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            some.add(all.get(i * (all.size() - 1) / (MOST - 1)));
        }
        return some;
    }

    /** The means of stretches of a long line. */
    static Line reduced(String label, List<Point> points) {
        if (points.size() <= POINTS) {
            return new Line(label, points);
        }
        List<Point> reduced = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            int from = (int) ((long) i * points.size() / POINTS);
            int to = (int) ((long) (i + 1) * points.size() / POINTS);
            List<Point> part = points.subList(from, to);
            double x = part.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
            double y = part.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
            reduced.add(new Point(x, y));
        }
        return new Line(label, reduced);
    }

    /** A layer's path without the words that say nothing, short enough for a narrow chart. */
    static String label(String layer) {
        return layer.replace(".layers", "")
                .replace("layers.", "")
                .replace(".weight", "")
                .replace("attention", "attn")
                .replace("feedForward", "ffn")
                .replace("forward.", "→")
                .replace("backward.", "←")
                .replace('.', ' ');
    }
}
