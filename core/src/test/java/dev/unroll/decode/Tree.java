package dev.unroll.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tiny language whose every probability is known: what follows depends on the sentence and on all
 * tokens so far. Small enough to write down every sentence it has, which is the truth that searches
 * are held against.
 */
record Tree(int vocabulary, Law law) {

    static final int START = 1;
    static final int END = 0;

    /** What follows in a sentence after these tokens, the start token left out. */
    @FunctionalInterface
    interface Law {
        float[] after(int sentence, int[] tokens);
    }

    /** Random probabilities, some of them zero, that look at the whole history. */
    static Tree random(int vocabulary, long seed) {
        return new Tree(
                vocabulary,
                (sentence, tokens) -> {
                    double[] weights = new double[vocabulary];
                    long place = 31L * Arrays.hashCode(tokens) + 1_000_003L * sentence;
                    SplittableRandom random = new SplittableRandom(seed ^ (place << 16));
                    for (int v = 0; v < vocabulary; v++) {
                        double u = random.nextDouble();
                        weights[v] = u < 0.1 && v != END ? 0 : Math.exp(3 * u);
                    }
                    return logarithms(weights);
                });
    }

    /** A Markov chain: row t holds the probabilities of what follows token t. */
    static Tree chain(double[]... table) {
        return new Tree(
                table.length,
                (_, tokens) -> {
                    int last = tokens.length == 0 ? START : tokens[tokens.length - 1];
                    return logarithms(table[last]);
                });
    }

    static float[] logarithms(double... weights) {
        double sum = Arrays.stream(weights).sum();
        float[] logarithms = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            logarithms[i] = (float) Math.log(weights[i] / sum);
        }
        return logarithms;
    }

    /** The same language with its sentences numbered from another one on. */
    Tree from(int first) {
        return new Tree(vocabulary, (sentence, tokens) -> law.after(first + sentence, tokens));
    }

    Network network() {
        return new Network(this);
    }

    /** Every ended sentence of at most so many tokens, the end counted, the best score first. */
    List<Hypothesis> all(int sentence, int maxLength, Beam beam) {
        List<Hypothesis> all = new ArrayList<>();
        collect(sentence, new int[0], 0, maxLength, beam, all);
        all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return all;
    }

    private void collect(
            int sentence, int[] tokens, double sum, int maxLength, Beam beam, List<Hypothesis> to) {
        float[] row = law.after(sentence, tokens);
        int length = tokens.length + 1;
        for (int v = 0; v < vocabulary; v++) {
            double extended = sum + row[v];
            if (v == END && extended > Double.NEGATIVE_INFINITY) {
                double score = extended / Math.pow((5.0 + length) / 6.0, beam.lengthPenalty());
                to.add(new Hypothesis(tokens, extended, score, true));
            } else if (extended > Double.NEGATIVE_INFINITY && length < maxLength) {
                collect(sentence, append(tokens, v), extended, maxLength, beam, to);
            }
        }
    }

    private static int[] append(int[] tokens, int token) {
        int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
        longer[tokens.length] = token;
        return longer;
    }

    /** The language as a network with a state: it knows a row's past only through its parent. */
    static final class Network implements NextToken {

        private record State(int sentence, int[] tokens) {}

        private final Tree tree;
        private final List<Integer> rowsAsked = new ArrayList<>();
        private List<State> states = List.of();

        private Network(Tree tree) {
            this.tree = tree;
        }

        /** The number of rows in each call so far. */
        List<Integer> rowsAsked() {
            return rowsAsked;
        }

        @Override
        public float[][] after(int[] parents, int[] tokens) {
            List<State> following = new ArrayList<>();
            float[][] rows = new float[parents.length][];
            for (int r = 0; r < rows.length; r++) {
                State state;
                if (rowsAsked.isEmpty()) {
                    state = new State(parents[r], new int[0]);
                } else {
                    State parent = states.get(parents[r]);
                    state = new State(parent.sentence, append(parent.tokens, tokens[r]));
                }
                following.add(state);
                rows[r] = tree.law.after(state.sentence, state.tokens);
            }
            states = following;
            rowsAsked.add(rows.length);
            return rows;
        }
    }
}
