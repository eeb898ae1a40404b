package dev.unroll.decode;

import java.util.ArrayList;
import java.util.List;

/** Takes a batch of sentences step by step through the network and checks what it answers. */
final class SearchLoop<A> {

    /** The most that rounding adds to the logarithm of a probability of one. */
    private static final float ROUNDING = 1e-3f;

    /** Makes the sentence with the given number, of at most the given length. */
    @FunctionalInterface
    interface Begin<A> {
        Sentence<A> sentence(int number, int startToken, int endToken, int maxLength);
    }

    /** The arguments of {@link Search#search}. */
    @SuppressWarnings("ArrayRecordComponent")
    record Request(NextToken next, int startToken, int endToken, int[] maxLengths) {}

    /** Asks the network. */
    @FunctionalInterface
    private interface Ask<A> {
        A answers(Step step, int[] parents, int[] tokens);
    }

    /**
     * Where a search is.
     *
     * @param number from 0
     * @param owners [rows], the sentence of each
     * @param endToken must be among the network's tokens
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Step(int number, int[] owners, int endToken) {}

    private final Ask<A> ask;
    private final int endToken;

    private SearchLoop(Ask<A> ask, int endToken) {
        this.ask = ask;
        this.endToken = endToken;
    }

    /** Searches with whole rows [rows][vocabulary]. */
    static List<List<Hypothesis>> whole(Request request, Begin<float[][]> begin) {
        return search(
                request,
                (step, parents, tokens) -> rows(request.next, step, parents, tokens),
                begin);
    }

    /** Searches with so many of the likeliest tokens of each row. */
    static List<List<Hypothesis>> ranked(Request request, int count, Begin<TopK> begin) {
        return search(
                request,
                (step, parents, tokens) -> {
                    if (request.next instanceof RankedNextToken ranked) {
                        TopK best = ranked.topK(parents, tokens, count);
                        check(best, count, step);
                        return best;
                    }
                    return TopK.of(rows(request.next, step, parents, tokens), count);
                },
                begin);
    }

    private static <A> List<List<Hypothesis>> search(Request request, Ask<A> ask, Begin<A> begin) {
        int startToken = request.startToken;
        int endToken = request.endToken;
        int[] maxLengths = request.maxLengths;
        check(startToken, "start");
        check(endToken, "end");
        List<Sentence<A>> sentences = new ArrayList<>();
        for (int i = 0; i < maxLengths.length; i++) {
            if (maxLengths[i] < 1) {
                throw new IllegalArgumentException(
                        "search: the maximum length of sentence %d is %d; it counts the end token"
                                        .formatted(i, maxLengths[i])
                                + " and must be at least 1");
            }
            sentences.add(begin.sentence(i, startToken, endToken, maxLengths[i]));
        }
        new SearchLoop<>(ask, endToken).run(sentences);
        return sentences.stream().map(Sentence::hypotheses).toList();
    }

    private static void check(int token, String name) {
        if (token < 0) {
            throw new IllegalArgumentException(
                    "search: the %s token is %d; a token is at least 0".formatted(name, token));
        }
    }

    private void run(List<Sentence<A>> sentences) {
        int count = count(sentences);
        for (int step = 0; count > 0; step++) {
            int[] parents = new int[count]; // [rows]
            int[] tokens = new int[count]; // [rows]
            int[] owners = new int[count]; // [rows], the sentence of each
            int row = 0;
            for (int i = 0; i < sentences.size(); i++) {
                for (LiveHypothesis open : sentences.get(i).open()) {
                    parents[row] = open.parent();
                    tokens[row] = open.trail().token();
                    owners[row++] = i;
                }
            }
            A answers = ask.answers(new Step(step, owners, endToken), parents, tokens);
            int first = 0;
            for (Sentence<A> sentence : sentences) {
                int taken = sentence.open().size();
                if (taken > 0) {
                    sentence.advance(answers, first);
                    first += taken;
                }
            }
            count = count(sentences);
        }
    }

    private static int count(List<? extends Sentence<?>> sentences) {
        int rows = 0;
        for (Sentence<?> sentence : sentences) {
            rows += sentence.open().size();
        }
        return rows;
    }

    private static float[][] rows(NextToken next, Step step, int[] parents, int[] tokens) {
        float[][] rows = next.after(parents, tokens); // [rows][vocabulary]
        check(rows.length, step);
        int vocabulary = rows[0].length;
        checkEnd(vocabulary, step);
        for (int row = 0; row < rows.length; row++) {
            check(rows[row], vocabulary, row, step);
        }
        return rows;
    }

    private static void check(int rows, Step step) {
        if (rows != step.owners.length) {
            throw new IllegalStateException(
                    "search: step %d asked for %d rows of log-probabilities, the network gave %d"
                            .formatted(step.number, step.owners.length, rows));
        }
    }

    private static void checkEnd(int vocabulary, Step step) {
        if (step.endToken >= vocabulary) {
            throw new IllegalStateException(
                    "search: the network gave log-probabilities of %d tokens, too few for end token"
                                    .formatted(vocabulary)
                            + " %d; do network and search share one vocabulary?"
                                    .formatted(step.endToken));
        }
    }

    private static void check(float[] row, int vocabulary, int number, Step step) {
        if (row.length != vocabulary) {
            throw wrong(
                    step,
                    number,
                    "a row of %d tokens beside one of %d; all rows have the vocabulary's size"
                            .formatted(row.length, vocabulary));
        }
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : row) {
            greatest = Math.max(greatest, value); // NaN, once met, stays
        }
        checkGreatest(greatest, step, number);
    }

    private static void check(TopK best, int count, Step step) {
        checkEnd(best.vocabulary(), step);
        int wanted = Math.min(count, best.vocabulary());
        int all = step.owners.length * wanted;
        if (best.count() != wanted || best.logs().length != all || best.tokens().length != all) {
            throw new IllegalStateException(
                    "search: step %d asked for the %d likeliest tokens of %d rows, the network gave %d"
                                    .formatted(
                                            step.number, wanted, step.owners.length, best.count())
                            + " a row, %d logarithms and %d tokens in all"
                                    .formatted(best.logs().length, best.tokens().length));
        }
        for (int row = 0; row < step.owners.length; row++) {
            checkGreatest(best.logs()[row * best.count()], step, row);
        }
    }

    private static void checkGreatest(float greatest, Step step, int row) {
        if (Float.isNaN(greatest)) {
            throw wrong(step, row, "NaN; look for a training that diverged or broken weights");
        }
        if (greatest == Float.NEGATIVE_INFINITY) {
            throw wrong(step, row, "negative infinity for every token; one must be possible");
        }
        if (greatest > ROUNDING) {
            throw wrong(
                    step,
                    row,
                    greatest + "; a log-probability is at most 0, take the log-softmax of logits");
        }
    }

    private static IllegalStateException wrong(Step step, int row, String given) {
        return new IllegalStateException(
                "search: sentence %d, step %d (both from 0): the network gave %s"
                        .formatted(step.owners[row], step.number, given));
    }
}
