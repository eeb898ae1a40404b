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
 * @param values by the metric's name, with a dot where it lies in another record
 */
record Spread(int runs, Map<String, Range> values) {

    /** A metric over all runs. */
    record Range(double mean, double smallest, double largest) {}

    /** Of runs with the same metrics; what is no number, or a list, is left out. */
    static Spread of(List<Record> runs) {
        Map<String, DoubleSummaryStatistics> all = new LinkedHashMap<>();
        for (Record run : runs) {
            add("", JsonMapper.shared().valueToTree(run), all);
        }
        Map<String, Range> values = new LinkedHashMap<>();
        all.forEach(
                (name, numbers) -> {
                    if (numbers.getCount() == runs.size()) {
                        values.put(
                                name,
                                new Range(
                                        numbers.getAverage(), numbers.getMin(), numbers.getMax()));
                    }
                });
        return new Spread(runs.size(), values);
    }

    private static void add(String name, JsonNode node, Map<String, DoubleSummaryStatistics> all) {
        if (node.isNumber()) {
            all.computeIfAbsent(name, n -> new DoubleSummaryStatistics()).accept(node.asDouble());
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
                                            all));
        }
    }

    String table() {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder("%d runs".formatted(runs));
        table.append(" ".repeat(Math.max(0, width - 6))).append("      mean  smallest   largest\n");
        values.forEach(
                (name, range) ->
                        table.append(name)
                                .append(" ".repeat(width - name.length()))
                                .append(
                                        String.format(
                                                Locale.ROOT,
                                                "  %9.4f %9.4f %9.4f\n",
                                                range.mean(),
                                                range.smallest(),
                                                range.largest())));
        return table.toString();
    }
}
