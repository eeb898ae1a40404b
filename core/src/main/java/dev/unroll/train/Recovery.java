package dev.unroll.train;

import dev.unroll.tensor.Parameter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a training does about numbers that are not finite, as {@link OnNan} says. */
final class Recovery {
    /** Steps that may be left out one after another. */
    static final int MOST_SKIPPED = 20;

    /** How often a training may go back to the same weights. */
    static final int MOST_BACK = 5;

    private final OnNan how;
    private final Map<String, Parameter> parameters;
    private final OptimiserState state;
    private @Nullable Snapshot good;
    private int skipped;
    private int back;

    Recovery(OnNan how, Map<String, Parameter> parameters, OptimiserState state) {
        this.how = how;
        this.parameters = parameters;
        this.state = state;
    }

    /**
     * The weights and the optimiser's state are good: they are kept, if they may be gone back to.
     */
    void remember() {
        back = 0;
        if (how == OnNan.BACK) {
            good = Snapshot.of(parameters, state);
        }
    }

    /** A step succeeded. */
    void stepped() {
        skipped = 0;
    }

    /**
     * Makes it possible to go on.
     *
     * @throws NonFiniteException if it is not
     */
    void from(NonFiniteException why) {
        switch (how) {
            case STOP -> throw why;
            case SKIP -> {
                if (why.ofWeights()) {
                    throw why.with("; no step that is left out mends weights, going back does");
                }
                if (++skipped > MOST_SKIPPED) {
                    throw why.with(
                            "; the %d steps before were left out for such numbers"
                                    .formatted(MOST_SKIPPED));
                }
            }
            case BACK -> {
                Snapshot last = good;
                if (last == null || ++back > MOST_BACK) {
                    throw why.with(
                            "; going back to the last good weights %d times did not help"
                                    .formatted(MOST_BACK));
                }
                last.restore();
            }
        }
    }
}
