package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/** Small tasks on sequences of symbols for a {@link Network}. */
public enum SymbolTask {
    /** Many to one: of 12 bits, 1 if more than half are 1. */
    MAJORITY(2, 2) {
        @Override
        Batch draw(int count, Seed seed) {
            int[][] bits = OneHot.draw(2, count, LENGTH, seed);
            int[] right = new int[count];
            Arrays.setAll(right, s -> 2 * Arrays.stream(bits[s]).sum() > LENGTH ? 1 : 0);
            return new Batch(bits, right);
        }
    },
    /** One to many: the first symbol says which of 8 words, and 11 blanks follow. */
    SPELLING(9, 4) {
        @Override
        Batch draw(int count, Seed seed) {
            int[][] dictionary = OneHot.draw(4, 8, LENGTH, new Seed(1));
            int[][] words = OneHot.draw(8, count, 1, seed);
            int[][] ids = new int[count][LENGTH];
            int[] right = new int[count * LENGTH];
            for (int s = 0; s < count; s++) {
                Arrays.fill(ids[s], 8);
                ids[s][0] = words[s][0];
                System.arraycopy(dictionary[words[s][0]], 0, right, s * LENGTH, LENGTH);
            }
            return new Batch(ids, right);
        }
    },
    /** Many to many, aligned: after each of 12 bits, 1 if the number of ones so far is odd. */
    PARITY(2, 2) {
        @Override
        Batch draw(int count, Seed seed) {
            int[][] bits = OneHot.draw(2, count, LENGTH, seed);
            int[] right = new int[count * LENGTH];
            for (int i = 0; i < right.length; i++) {
                int before = i % LENGTH == 0 ? 0 : right[i - 1];
                right[i] = before ^ bits[i / LENGTH][i % LENGTH];
            }
            return new Batch(bits, right);
        }
    };

    private static final int LENGTH = 12;

    private final int symbols;
    private final int answers;

    SymbolTask(int symbols, int answers) {
        this.symbols = symbols;
        this.answers = answers;
    }

    /**
     * Sequences with right answers.
     *
     * @param ids [count][length]
     * @param right [count], or [count·length] if each place has an answer
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(int[][] ids, int[] right) {}

    abstract Batch draw(int count, Seed seed);

    /**
     * Trains a network with 32 hidden numbers.
     *
     * @param kind as {@link Network#of} knows it
     * @return the share of its answers to new sequences that are right, in %
     */
    public double accuracy(String kind, int steps, Seed seed) {
        Network network = Network.of(kind, symbols, 32, answers, seed);
        Fit.of(steps, 1e-2)
                .train(
                        network,
                        step -> {
                            Batch batch = draw(32, seed.at((int) step));
                            return CrossEntropy.mean(answers(network, batch), batch.right, 0);
                        });
        Batch test = draw(400, seed.at("test"));
        return Share.right(answers(network, test).argMax(), test.right);
    }

    /** The last state answers if there is one answer a sequence, else each state does. */
    private Tensor answers(Network network, Batch batch) {
        var x = OneHot.of(symbols, batch.ids);
        return batch.right.length == batch.ids.length ? network.answer(x) : network.answers(x);
    }
}
