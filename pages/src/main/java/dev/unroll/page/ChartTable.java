package dev.unroll.page;

import dev.unroll.chart.BarChart;
import dev.unroll.chart.Chart;
import dev.unroll.chart.HeatMap;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The numbers of a chart as a table, for those who cannot see it or want to read it exactly. */
final class ChartTable {
    /** Rows of a table; of a longer line, points evenly apart are shown. */
    private static final int MOST = 12;

    private ChartTable() {}

    static Block.Table of(Chart chart) {
        return switch (chart) {
            case LineChart lines -> lines(lines);
            case BarChart bars ->
                    new Block.Table(
                            List.of(bars.value().label(), "median", "lowest", "highest"),
                            bars.bars().stream()
                                    .map(
                                            b ->
                                                    List.of(
                                                            b.label(),
                                                            number(b.value()),
                                                            number(b.low()),
                                                            number(b.high())))
                                    .toList());
            case HeatMap map -> heat(map);
        };
    }

    private static Block.Table lines(LineChart chart) {
        List<Double> places =
                chart.lines().stream()
                        .flatMap(line -> line.points().stream())
                        .map(Line.Point::x)
                        .distinct()
                        .sorted()
                        .toList();
        List<List<String>> rows = new ArrayList<>();
        for (int i : evenly(places.size())) {
            double x = places.get(i);
            List<String> row = new ArrayList<>(List.of(number(x)));
            for (Line line : chart.lines()) {
                row.add(
                        line.points().stream()
                                .filter(point -> point.x() == x)
                                .findFirst()
                                .map(point -> number(point.y()))
                                .orElse(""));
            }
            rows.add(row);
        }
        Stream<String> labels = chart.lines().stream().map(Line::label);
        return new Block.Table(Stream.concat(Stream.of(chart.x().label()), labels).toList(), rows);
    }

    private static Block.Table heat(HeatMap map) {
        int[] columns = evenly(map.columns().size());
        List<String> header = new ArrayList<>(List.of(""));
        for (int c : columns) {
            header.add(map.columns().get(c));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int r : evenly(map.rows().size())) {
            List<String> row = new ArrayList<>(List.of(map.rows().get(r)));
            for (int c : columns) {
                row.add(number(map.values()[r][c]));
            }
            rows.add(row);
        }
        return new Block.Table(header, rows);
    }

    /** At most so many places of a list, evenly apart, the first and the last among them. */
    private static int[] evenly(int size) {
        int shown = Math.min(size, MOST);
        int[] places = new int[shown];
        for (int i = 0; i < shown; i++) {
            places[i] =
                    shown == 1 ? 0 : Math.toIntExact(Math.round(i * (size - 1.0) / (shown - 1)));
        }
        return places;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e7) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return size >= 1e-3 && size < 1e7
                ? String.format(
                        Locale.ROOT, size >= 100 ? "%,.0f" : size >= 1 ? "%.2f" : "%.4f", value)
                : String.format(Locale.ROOT, "%.1e", value);
    }
}
