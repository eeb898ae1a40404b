package dev.unroll.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects what a part finds. */
public final class Findings {
    private final Part.Log log;
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final List<String> figures = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** Nothing yet. */
    public Findings(Part.Log log) {
        this.log = log;
    }

    /** Counts something, which becomes a figure in the end. */
    public void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** Adds what was measured. */
    public void figure(String line) {
        figures.add(line);
    }

    /** Adds what could not be done here. */
    public void skip(String line) {
        skipped.add(line);
    }

    /** Adds what did not hold, and tells it at once. */
    public void fault(String line) {
        faults.add(line);
        log.line("fault: " + line);
    }

    /** {@return all of it} */
    public Outcome outcome() {
        List<String> all = new ArrayList<>(figures);
        counts.forEach((what, count) -> all.add("%,d %s".formatted(count, what)));
        return new Outcome(all, skipped, faults);
    }
}
