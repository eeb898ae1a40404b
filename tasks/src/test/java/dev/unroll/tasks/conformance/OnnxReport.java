package dev.unroll.tasks.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The page that lists what became of every case. */
final class OnnxReport {
    private static final String HEAD =
            """
            # Conformance to ONNX's operators

            ONNX publishes test cases for its operators: inputs, attributes and the outputs of its \
            reference implementation (https://github.com/onnx/onnx, backend test cases, Apache-2.0). \
            `OnnxConformanceTest` runs those for sequence models through Unroll's own layers and \
            operations and compares every number, to one part in 100,000 (two in 1,000 where the \
            expected numbers are rounded to 16 bits). The cases are not part of this repository; \
            the test runs where the data set `onnx-vectors` is in the folder that `UNROLL_DATA` \
            names, and it keeps this page as it is: a case that is added, dropped or left out \
            without a reason fails it.

            "Formula" means that Unroll has no operation of its own for what the case asks, and \
            that the case was computed from tensor operations, as a user would.
            """;

    private OnnxReport() {}

    /** The whole page. */
    static String of(List<OnnxCase> cases, Function<OnnxCase, OnnxAnswer> answers) {
        Map<String, List<OnnxCase>> byOperator = new LinkedHashMap<>();
        cases.forEach(c -> byOperator.computeIfAbsent(c.operator(), _ -> new ArrayList<>()).add(c));
        StringBuilder counts = new StringBuilder("| operator | run | left out |\n|---|---|---|\n");
        StringBuilder lists = new StringBuilder();
        int run = 0;
        for (Map.Entry<String, List<OnnxCase>> entry : byOperator.entrySet()) {
            Map<String, List<String>> ways = new TreeMap<>();
            Map<String, List<String>> reasons = new TreeMap<>();
            for (OnnxCase c : entry.getValue()) {
                switch (answers.apply(c)) {
                    case OnnxAnswer.Computed computed -> add(ways, way(c, computed), c);
                    case OnnxAnswer.LeftOut(String reason) ->
                            add(reasons, "Left out: " + reason, c);
                }
            }
            int here = count(ways);
            run += here;
            counts.append("| %s | %d | %d |\n".formatted(entry.getKey(), here, count(reasons)));
            lists.append("\n## ").append(entry.getKey()).append('\n');
            ways.forEach((way, names) -> append(lists, way, names));
            reasons.forEach((reason, names) -> append(lists, reason, names));
        }
        counts.append("| all | %d | %d |\n".formatted(run, cases.size() - run));
        return HEAD + "\n" + counts + lists;
    }

    private static String way(OnnxCase given, OnnxAnswer.Computed computed) {
        List<String> missing = new ArrayList<>(given.outputs().keySet());
        missing.removeAll(computed.outputs().keySet());
        String way = "Run through " + computed.through();
        return missing.isEmpty()
                ? way
                : way
                        + "; not compared, since Unroll does not give it: "
                        + String.join(", ", missing);
    }

    private static void add(Map<String, List<String>> groups, String group, OnnxCase given) {
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(given.name());
    }

    private static int count(Map<String, List<String>> groups) {
        return groups.values().stream().mapToInt(List::size).sum();
    }

    private static void append(StringBuilder page, String title, List<String> names) {
        page.append("\n%s:\n\n".formatted(title));
        names.forEach(name -> page.append("- ").append(name).append('\n'));
    }
}
