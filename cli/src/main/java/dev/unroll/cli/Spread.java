package dev.unroll.cli;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mean and the range of the metrics of several runs.
 *
 * @param runs how many
 * @param figures by name, with a dot where a figure lies in another record
 */
record Spread(int runs, Map<String, Figure> figures) {

    /** A figure of all runs. */
    record Figure(double mean, double smallest, double largest) {}

    /** Of runs with the same figures; what is no number, or a list, is left out. */
    static Spread of(List<Record> runs) {
        Map<String, DoubleSummaryStatistics> all = new LinkedHashMap<>();
        for (Record run : runs) {
            add("", JsonMapper.shared().valueToTree(run), all);
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        all.forEach(
                (name, numbers) -> {
                    if (numbers.getCount() == runs.size()) {
                        figures.put(
                                name,
                                new Figure(
                                        numbers.getAverage(), numbers.getMin(), numbers.getMax()));
                    }
                });
        return new Spread(runs.size(), figures);
    }

    private static void add(
            String name, JsonNode node, Map<String, DoubleSummaryStatistics> figures) {
        if (node.isNumber()) {
            figures.computeIfAbsent(name, n -> new DoubleSummaryStatistics())
                    .accept(node.asDouble());
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            entry ->
                                    add(
                                            name.isEmpty()
                                                    ? entry.getKey()
                                                    : name + "." + entry.getKey(),
                                            entry.getValue(),
                                            figures));
        }
    }

    String table() {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder("%d runs".formatted(runs));
        table.append(" ".repeat(Math.max(0, width - 6))).append("      mean  smallest   largest\n");
        figures.forEach(
                (name, figure) ->
                        table.append(name)
                                .append(" ".repeat(width - name.length()))
                                .append(
                                        String.format(
                                                Locale.ROOT,
                                                "  %9.4f %9.4f %9.4f\n",
                                                figure.mean(),
                                                figure.smallest(),
                                                figure.largest())));
        return table.toString();
    }
}
