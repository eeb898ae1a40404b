package dev.unroll.chart;

import java.util.List;

/**
 * Lines over one axis, each labelled where it ends, with the range of repeated measurements as a
 * band around it.
 *
 * @param title one line that says what the chart shows
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines at most eight, so that they can be told apart
 */
public record LineChart(String title, Axis x, Axis y, List<Line> lines) implements Chart {
    public LineChart {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > Palette.SERIES.size()) {
            throw new IllegalArgumentException(
                    "a line chart has 1 to %d lines, not %d"
                            .formatted(Palette.SERIES.size(), lines.size()));
        }
    }
}
