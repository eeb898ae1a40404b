package dev.unroll.tasks.metrics;

import java.util.List;

/** Checks of two lists of sentences that are to be compared. */
final class CorpusChecks {

    private CorpusChecks() {}

    static void check(String metric, List<String> hypotheses, List<?> references) {
        if (hypotheses.size() != references.size()) {
            throw new IllegalArgumentException(
                    "%s: %d hypotheses and %d references; each hypothesis needs its reference"
                            .formatted(metric, hypotheses.size(), references.size()));
        }
        if (hypotheses.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: no sentences; at least one hypothesis with its reference is needed"
                            .formatted(metric));
        }
    }
}
