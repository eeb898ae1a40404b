package dev.unroll.decode;

/**
 * One draw from a distribution, by inverting its cumulative sum. Weights are probabilities but for
 * a common factor: the largest is 1.
 */
final class NucleusSampler {

    /** The nucleus is looked for among so many tokens first, then among four times as many. */
    private static final int FIRST_LOOK = 64;

    private NucleusSampler() {}

    /**
     * The token that the uniform number stands for.
     *
     * @param row [vocabulary], log-probabilities, not all negative infinity
     * @param options with a temperature above 0
     * @param uniform in [0, 1)
     */
    static int token(float[] row, Sampling options, double uniform) {
        double temperature = options.temperature();
        if (options.topK() < row.length) {
            TopKHeap kept = TopKHeap.of(row, options.topK());
            double[] weights = weights(kept, temperature); // [kept]
            int nucleus = nucleus(weights, options.topP() * sum(weights, weights.length));
            return (int) kept.place(pick(weights, nucleus, uniform));
        }
        double[] all = weights(row, temperature); // [vocabulary]
        if (options.topP() == 1) {
            return pick(all, all.length, uniform);
        }
        double share = options.topP() * sum(all, all.length);
        int look = Math.min(FIRST_LOOK, row.length);
        while (true) { // ends at the latest with all tokens
            TopKHeap kept = TopKHeap.of(row, look);
            double[] weights = weights(kept, temperature); // [kept]
            if (look == row.length || sum(weights, weights.length) >= share) {
                return (int) kept.place(pick(weights, nucleus(weights, share), uniform));
            }
            look = look < row.length / 4 ? 4 * look : row.length;
        }
    }

    private static double[] weights(float[] row, double temperature) {
        float greatest = row[Greedy.mostProbable(row)];
        double[] weights = new double[row.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(((double) row[i] - greatest) / temperature);
        }
        return weights;
    }

    private static double[] weights(TopKHeap kept, double temperature) {
        double[] weights = new double[kept.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp((kept.value(i) - kept.value(0)) / temperature);
        }
        return weights;
    }

    private static double sum(double[] weights, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
        }
        return sum;
    }

    /** {@return the number of weights, from the first on, that reach the share} */
    private static int nucleus(double[] weights, double share) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            if (sum >= share) {
                return i + 1;
            }
        }
        return weights.length; // rounding kept the sum from reaching it
    }

    /** Where, among the first so many weights, the uniform share of their sum falls. */
    private static int pick(double[] weights, int count, double uniform) {
        double target = uniform * sum(weights, count);
        double sum = 0;
        int last = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
            if (weights[i] > 0) {
                last = i;
                if (sum > target) {
                    break;
                }
            }
        }
        return last;
    }
}
