package dev.unroll.tasks.pairs;

import dev.unroll.tasks.classification.Classification;

/** What is said of two texts: a class or a value, as the run was taught. */
public sealed interface PairAnswer {
    /**
     * A class.
     *
     * @param classification with the probabilities of all classes
     */
    record Label(Classification classification) implements PairAnswer {}

    /**
     * A value.
     *
     * @param value such as a similarity, in the units of the numbers that were learnt
     */
    record Value(double value) implements PairAnswer {}
}
