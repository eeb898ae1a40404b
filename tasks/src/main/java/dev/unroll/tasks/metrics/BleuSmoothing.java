package dev.unroll.tasks.metrics;

/**
 * Smoothing of BLEU, so that one length of n-grams without a match does not make the whole score 0
 * (Chen and Cherry 2014, "A Systematic Comparison of Smoothing Techniques for Sentence-Level
 * BLEU").
 */
public sealed interface BleuSmoothing {

    /** {@return the name in sacreBLEU's signatures} */
    String signature();

    /** Nothing: the score is 0. */
    record None() implements BleuSmoothing {
        @Override
        public String signature() {
            return "none";
        }
    }

    /**
     * A small number takes the place of 0 matches (method 1).
     *
     * @param matches above 0; 0.1 in the paper
     */
    record Floor(double matches) implements BleuSmoothing {
        /** Checks that the matches are above 0. */
        public Floor {
            requirePositive("Floor: matches", matches);
        }

        @Override
        public String signature() {
            return "floor[" + Decimal.of(matches, 2) + "]";
        }
    }

    /**
     * Matches and totals of every length but 1 grow by k (method 2).
     *
     * @param k above 0; 1 in the paper
     */
    record AddK(double k) implements BleuSmoothing {
        /** Checks that k is above 0. */
        public AddK {
            requirePositive("AddK: k", k);
        }

        @Override
        public String signature() {
            return "add-k[" + Decimal.of(k, 2) + "]";
        }
    }

    /** The first length without a match counts 1/2 match, the next 1/4, and so on (method 3). */
    record Exponential() implements BleuSmoothing {
        @Override
        public String signature() {
            return "exp";
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + ": must be above 0 and finite");
        }
    }
}
