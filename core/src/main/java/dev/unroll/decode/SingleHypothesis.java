package dev.unroll.decode;

import java.util.List;

/** A sentence with a single hypothesis, extended by one chosen token at a time. */
final class SingleHypothesis<A> implements Sentence<A> {

    /**
     * A token and the logarithm of its probability, not negative infinity.
     *
     * @param token what to append
     * @param logProbability above 0 by rounding alone
     */
    record Chosen(int token, float logProbability) {}

    /** Chooses a token. */
    @FunctionalInterface
    interface Choice<A> {

        /**
         * The token to append.
         *
         * @param answers for the whole batch
         * @param row of this sentence
         * @param number of this sentence in the batch
         * @param step the number of tokens already there
         */
        Chosen choose(A answers, int row, int number, int step);
    }

    /** Begins sentences whose tokens are chosen in one way. */
    static <A> SearchLoop.Begin<A> choosing(Choice<A> choice) {
        return (number, start, end, maxLength) ->
                new SingleHypothesis<>(number, start, end, maxLength, choice);
    }

    private final int number;
    private final int endToken;
    private final int maxLength;
    private final Choice<A> choice;
    private LiveHypothesis path;
    private boolean done;
    private boolean finished;

    private SingleHypothesis(
            int number, int startToken, int endToken, int maxLength, Choice<A> choice) {
        this.number = number;
        this.endToken = endToken;
        this.maxLength = maxLength;
        this.choice = choice;
        this.path = new LiveHypothesis(number, TokenChain.start(startToken), 0);
    }

    @Override
    public List<LiveHypothesis> open() {
        return done ? List.of() : List.of(path);
    }

    @Override
    public void advance(A answers, int first) {
        TokenChain trail = path.trail();
        Chosen chosen = choice.choose(answers, first, number, trail.length());
        double sum = path.logProbability() + Math.min(0, chosen.logProbability());
        finished = chosen.token() == endToken;
        path = new LiveHypothesis(first, finished ? trail : trail.then(chosen.token()), sum);
        done = finished || path.trail().length() == maxLength;
    }

    @Override
    public List<Hypothesis> hypotheses() {
        double sum = path.logProbability();
        return List.of(new Hypothesis(path.trail().tokens(), sum, sum, finished));
    }
}
