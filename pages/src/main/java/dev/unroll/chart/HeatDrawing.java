package dev.unroll.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.DefaultXYZDataset;

/** Draws a {@link HeatMap}: the more, the less of the page shines through. */
final class HeatDrawing {
    private HeatDrawing() {}

    /** One colour, as opaque as the value is large. */
    private record Shades(double most) implements PaintScale {
        @Override
        public double getLowerBound() {
            return 0;
        }

        @Override
        public double getUpperBound() {
            return most;
        }

        @Override
        public Paint getPaint(double value) {
            Color color = Palette.SERIES.getFirst().color();
            int opacity = (int) Math.round(255 * Math.clamp(value / most, 0, 1));
            return new Color(color.getRed(), color.getGreen(), color.getBlue(), opacity);
        }
    }

    static void draw(HeatMap map, Graphics2D graphics, Rectangle2D area) {
        int rows = map.rows().size();
        int columns = map.columns().size();
        double[][] cells = new double[3][rows * columns];
        double most = Double.MIN_NORMAL;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int i = r * columns + c;
                cells[0][i] = c;
                cells[1][i] = r;
                cells[2][i] = map.values()[r][c];
                most = Math.max(most, cells[2][i]);
            }
        }
        DefaultXYZDataset data = new DefaultXYZDataset();
        data.addSeries(0, cells);
        XYBlockRenderer renderer = new XYBlockRenderer();
        renderer.setPaintScale(new Shades(most));
        renderer.setBlockAnchor(RectangleAnchor.CENTER);
        SymbolAxis x = names(map.columns(), map.x());
        SymbolAxis y = names(map.rows(), null);
        y.setInverted(true);
        x.setVerticalTickLabels(
                map.columns().stream().mapToInt(String::length).max().orElse(0) * 7.5
                        > (area.getWidth() - 120) / columns);
        XYPlot plot = new XYPlot(data, x, y, renderer);
        Style.grid(plot);
        plot.setRangeGridlinesVisible(false);
        JFreeChart framed = Style.framed(map.title(), map.y(), plot, 8);
        framed.draw(graphics, area, null, null);
    }

    private static SymbolAxis names(
            List<String> names, @org.jspecify.annotations.Nullable String label) {
        SymbolAxis axis = new SymbolAxis(label, names.toArray(String[]::new));
        axis.setGridBandsVisible(false);
        axis.setRange(-0.5, names.size() - 0.5);
        Style.quiet(axis);
        return axis;
    }
}
