package dev.unroll.faults;

import java.util.List;

/**
 * What a part found.
 *
 * @param figures what was done and measured, a line each
 * @param skipped what could not be done here, with the reason, a line each
 * @param faults what did not hold, a line each
 */
public record Outcome(List<String> figures, List<String> skipped, List<String> faults) {

    /** Copies the lists. */
    public Outcome {
        figures = List.copyOf(figures);
        skipped = List.copyOf(skipped);
        faults = List.copyOf(faults);
    }

    /** {@return the outcome of a part that skipped nothing} */
    public static Outcome of(List<String> figures, List<String> faults) {
        return new Outcome(figures, List.of(), faults);
    }
}
