package dev.unroll.cli;

import dev.unroll.data.table.Table.Problem;
import java.util.ArrayList;
import java.util.List;

/** The rows that were not answered: how many, and which were the first. */
final class Refusals {
    private static final int TOLD = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(Problem problem) {
        if (count++ < TOLD) {
            first.add(problem.toString());
        }
    }

    long count() {
        return count;
    }

    /** {@return the first ten, by file and line} */
    List<String> first() {
        return List.copyOf(first);
    }

    /** {@return for people, without the names of the lines} */
    String told() {
        String more = count > TOLD ? "%nand %,d more".formatted(count - TOLD) : "";
        return "%,d %s refused, and not in the answer:%n%s%s"
                .formatted(
                        count,
                        count == 1 ? "row was" : "rows were",
                        String.join(System.lineSeparator(), first),
                        more);
    }
}
