package dev.unroll.chart;

/** A chart as a value; {@link SvgDrawing} draws it. */
public sealed interface Chart permits LineChart, BarChart, HeatMap {

    /** {@return one line that says what the chart shows, with no full stop} */
    String title();
}
