package dev.unroll.decode;

import java.util.ArrayList;
import java.util.List;

/** Takes a batch of sentences step by step through the network and checks what it answers. */
final class Batch {

    /** What rounding may add to the logarithm of a probability of one. */
    private static final float ROUNDING = 1e-3f;

    /** Makes the sentence with the given number, of at most the given length. */
    @FunctionalInterface
    interface Begin {
        Sentence sentence(int number, int maxLength);
    }

    private final NextToken next;
    private final int endToken;

    private Batch(NextToken next, int endToken) {
        this.next = next;
        this.endToken = endToken;
    }

    /** The hypotheses of each sentence; the arguments are those of {@link Search#search}. */
    static List<List<Hypothesis>> search(
            NextToken next, int startToken, int endToken, int[] maxLengths, Begin begin) {
        check(startToken, "start");
        check(endToken, "end");
        List<Sentence> sentences = new ArrayList<>();
        for (int i = 0; i < maxLengths.length; i++) {
            if (maxLengths[i] < 1) {
                throw new IllegalArgumentException(
                        "search: the maximum length of sentence %d is %d; it counts the end token"
                                        .formatted(i, maxLengths[i])
                                + " and must be at least 1");
            }
            sentences.add(begin.sentence(i, maxLengths[i]));
        }
        new Batch(next, endToken).run(sentences);
        return sentences.stream().map(Sentence::hypotheses).toList();
    }

    private static void check(int token, String name) {
        if (token < 0) {
            throw new IllegalArgumentException(
                    "search: the %s token is %d; a token is at least 0".formatted(name, token));
        }
    }

    private void run(List<Sentence> sentences) {
        int count = rows(sentences);
        for (int step = 0; count > 0; step++) {
            int[] parents = new int[count]; // [rows]
            int[] tokens = new int[count]; // [rows]
            int[] owners = new int[count]; // [rows], the sentence of each
            int row = 0;
            for (int i = 0; i < sentences.size(); i++) {
                for (Open open : sentences.get(i).open()) {
                    parents[row] = open.parent();
                    tokens[row] = open.trail().token();
                    owners[row++] = i;
                }
            }
            float[][] rows = next.after(parents, tokens); // [rows][vocabulary]
            check(rows, owners, step);
            int first = 0;
            for (Sentence sentence : sentences) {
                int taken = sentence.open().size();
                if (taken > 0) {
                    sentence.advance(rows, first);
                    first += taken;
                }
            }
            count = rows(sentences);
        }
    }

    private static int rows(List<Sentence> sentences) {
        int rows = 0;
        for (Sentence sentence : sentences) {
            rows += sentence.open().size();
        }
        return rows;
    }

    private void check(float[][] rows, int[] owners, int step) {
        if (rows.length != owners.length) {
            throw new IllegalStateException(
                    "search: step %d asked for %d rows of log-probabilities, the network gave %d"
                            .formatted(step, owners.length, rows.length));
        }
        int vocabulary = rows[0].length;
        if (endToken >= vocabulary) {
            throw new IllegalStateException(
                    "search: the network gave log-probabilities of %d tokens, too few for end token"
                                    .formatted(vocabulary)
                            + " %d; do network and search share one vocabulary?"
                                    .formatted(endToken));
        }
        for (int row = 0; row < rows.length; row++) {
            check(rows[row], vocabulary, owners[row], step);
        }
    }

    private static void check(float[] row, int vocabulary, int sentence, int step) {
        if (row.length != vocabulary) {
            throw wrong(
                    sentence,
                    step,
                    "a row of %d tokens beside one of %d; all rows have the vocabulary's size"
                            .formatted(row.length, vocabulary));
        }
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : row) {
            greatest = Math.max(greatest, value); // NaN, once met, stays
        }
        if (Float.isNaN(greatest)) {
            throw wrong(sentence, step, "NaN; look for a training that diverged or broken weights");
        }
        if (greatest == Float.NEGATIVE_INFINITY) {
            throw wrong(sentence, step, "negative infinity for every token; one must be possible");
        }
        if (greatest > ROUNDING) {
            throw wrong(
                    sentence,
                    step,
                    greatest + "; a log-probability is at most 0, take the log-softmax of logits");
        }
    }

    private static IllegalStateException wrong(int sentence, int step, String given) {
        return new IllegalStateException(
                "search: sentence %d, step %d (both from 0): the network gave %s"
                        .formatted(sentence, step, given));
    }
}
