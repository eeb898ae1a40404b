package dev.unroll.tasks;

import java.util.List;

/**
 * The metrics of a model.
 *
 * @param metrics for programs
 * @param text the same for people
 */
public record Report(Record metrics, String text) {

    /**
     * {@return this report with remarks on the data under its text}
     *
     * @param remarks in full sentences
     */
    public Report with(List<String> remarks) {
        return remarks.isEmpty()
                ? this
                : new Report(metrics, text.stripTrailing() + "\n\n" + String.join("\n", remarks));
    }
}
