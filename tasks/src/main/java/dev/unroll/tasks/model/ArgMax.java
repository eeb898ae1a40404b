package dev.unroll.tasks.model;

import java.util.function.IntToDoubleFunction;

/** Where numbers are largest: a class out of the probabilities of all. */
public final class ArgMax {
    private ArgMax() {}

    /**
     * The place of the largest number, the first of equals.
     *
     * @param count how many numbers there are; of none the answer is 0
     * @param number that stands at a place, from 0; none of them is NaN
     */
    public static int of(int count, IntToDoubleFunction number) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = number.applyAsDouble(i) > number.applyAsDouble(best) ? i : best;
        }
        return best;
    }
}
