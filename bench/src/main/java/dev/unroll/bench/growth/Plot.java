package dev.unroll.bench.growth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** Lines over an axis as an image, both scales logarithmic. */
final class Plot {
    private Plot() {}

    private static final int DPI = 120;

    static void write(Axis axis, List<Line> lines, Path file) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(720)
                        .height(420)
                        .xAxisTitle(axis.label)
                        .yAxisTitle("µs a token, whole training step")
                        .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        for (Line line : lines) {
            String threads = line.threads() == 1 ? "1 thread" : line.threads() + " threads";
            chart.addSeries(
                    line.network().label + ", " + threads, axis.values, line.microseconds());
        }
        BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapFormat.PNG, DPI);
    }
}
