package dev.unroll.bench.growth;

import dev.unroll.chart.Axis.Scale;
import dev.unroll.chart.Line.Point;
import dev.unroll.chart.LineChart;
import dev.unroll.chart.SvgDrawing;
import dev.unroll.chart.SvgDrawing.Width;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Lines over an axis as a drawing, both scales logarithmic. */
final class Plot {
    private Plot() {}

    static void write(Axis axis, List<Line> lines, Path file) throws IOException {
        LineChart chart =
                new LineChart(
                        "Cost of a token by " + axis.label,
                        new dev.unroll.chart.Axis(axis.label, Scale.POWERS_OF_TWO),
                        dev.unroll.chart.Axis.logarithmic("µs a token, whole training step"),
                        lines.stream().map(line -> drawn(axis, line)).toList());
        Files.writeString(file, SvgDrawing.of(chart, Width.WIDE) + "\n");
    }

    private static dev.unroll.chart.Line drawn(Axis axis, Line line) {
        String threads = line.threads() == 1 ? "1 thread" : line.threads() + " threads";
        return new dev.unroll.chart.Line(
                line.network().label + ", " + threads,
                IntStream.range(0, line.microseconds().size())
                        .mapToObj(i -> new Point(axis.values.get(i), line.microseconds().get(i)))
                        .toList());
    }
}
