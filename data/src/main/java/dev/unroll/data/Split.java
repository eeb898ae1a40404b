package dev.unroll.data;

import java.util.List;

/** Which part of its data a model is measured on. */
public enum Split {
    /** The test set, which the training never sees. */
    TEST,
    /** The validation set, which decides which weights are kept. */
    VALIDATION;

    /**
     * {@return the part that is meant, of two}
     *
     * @param <T> a part
     * @param test the test set
     * @param validation the validation set
     */
    public <T> T of(T test, T validation) {
        return switch (this) {
            case TEST -> test;
            case VALIDATION -> validation;
        };
    }

    /**
     * Refuses a part with nothing in it to measure on.
     *
     * @param <E> an example
     * @param part of the data
     * @param name of the data
     * @param keys of the recipe that say what is in the test, for people
     * @return the part
     */
    public <E> List<E> requireSome(List<E> part, String name, String keys) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException(
                    switch (this) {
                        case TEST ->
                                ("%s: the test part is empty, so there is nothing to measure on;"
                                                + " set %s in the recipe and train another run, or"
                                                + " measure on what its training decided with"
                                                + " (VALIDATION)")
                                        .formatted(name, keys);
                        case VALIDATION ->
                                ("%s: the validation part is empty, so there is nothing to measure"
                                                + " on; measure on the test (TEST)")
                                        .formatted(name);
                    });
        }
        return part;
    }
}
