package dev.unroll.decode;

import java.util.List;

/** A sentence with a single hypothesis, extended by one chosen token at a time. */
final class PathSentence implements Sentence {

    /** Chooses a token. */
    @FunctionalInterface
    interface Choice {

        /**
         * The token to append, whose log-probability is not negative infinity.
         *
         * @param logProbabilities [vocabulary]
         * @param step the number of tokens already there
         */
        int token(float[] logProbabilities, int step);
    }

    private final int endToken;
    private final int maxLength;
    private final Choice choice;
    private Open path;
    private boolean done;
    private boolean finished;

    PathSentence(int number, int startToken, int endToken, int maxLength, Choice choice) {
        this.endToken = endToken;
        this.maxLength = maxLength;
        this.choice = choice;
        this.path = new Open(number, Trail.start(startToken), 0);
    }

    @Override
    public List<Open> open() {
        return done ? List.of() : List.of(path);
    }

    @Override
    public void advance(float[][] rows, int first) {
        float[] row = rows[first]; // [vocabulary]
        Trail trail = path.trail();
        int token = choice.token(row, trail.length());
        double sum = path.logProbability() + Math.min(0, row[token]);
        finished = token == endToken;
        path = new Open(first, finished ? trail : trail.then(token), sum);
        done = finished || path.trail().length() == maxLength;
    }

    @Override
    public List<Hypothesis> hypotheses() {
        double sum = path.logProbability();
        return List.of(new Hypothesis(path.trail().tokens(), sum, sum, finished));
    }
}
