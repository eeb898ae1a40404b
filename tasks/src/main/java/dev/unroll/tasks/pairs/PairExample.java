package dev.unroll.tasks.pairs;

import dev.unroll.data.LabelledPair;
import dev.unroll.data.TextPair;

/**
 * Two texts and what is to be said of them.
 *
 * @param texts the two
 * @param target a class or a value
 */
public record PairExample(TextPair texts, Target target) {
    /** What is to be said of two texts. */
    public sealed interface Target {
        /** {@return as it is shown to people} */
        String text();
    }

    /**
     * A class.
     *
     * @param name its name, such as {@code paraphrase}
     */
    public record Label(String name) implements Target {
        @Override
        public String text() {
            return name;
        }
    }

    /**
     * A value.
     *
     * @param number finite, such as a similarity
     */
    public record Value(double number) implements Target {
        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is not finite
         */
        public Value {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(
                        "the value of two texts is finite, not " + number);
            }
        }

        @Override
        public String text() {
            return Double.toString(number);
        }
    }

    /** {@return two texts of a class} */
    public static PairExample of(LabelledPair pair) {
        return new PairExample(pair.texts(), new Label(pair.label()));
    }

    /**
     * {@return the name of the class}
     *
     * @throws IllegalArgumentException if the example has a value
     */
    String label() {
        if (target instanceof Label(String name)) {
            return name;
        }
        throw new IllegalArgumentException(
                "a pair has the value %s, and the recipe learns classes; give the key data.target"
                                .formatted(target.text())
                        + " to learn values");
    }

    /**
     * {@return the value}
     *
     * @throws IllegalArgumentException if the example has a class
     */
    double value() {
        if (target instanceof Value(double number)) {
            return number;
        }
        throw new IllegalArgumentException(
                "a pair has the class '%s', and the recipe learns values; leave the key data.target"
                                .formatted(target.text())
                        + " out to learn classes");
    }
}
