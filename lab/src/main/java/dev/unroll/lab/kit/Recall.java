package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Random;

/**
 * A batch of a memory task: each step has a symbol, the first one is marked and of the others some
 * are, and at the end the last marked symbol is asked for. What is not marked must be ignored; what
 * was kept must be replaced at each mark. A guess is right once in {@value #SYMBOLS}.
 *
 * @param inputs rows [batch·length, WIDTH]: the symbol as a single 1, and the mark
 * @param answers [batch], from 0
 */
public record Recall(Sequences inputs, int[] answers) {
    /** Kinds of symbols, and numbers in an answer. */
    public static final int SYMBOLS = 8;

    /** Numbers in a row of the input. */
    public static final int WIDTH = SYMBOLS + 1;

    /**
     * A batch made from a seed.
     *
     * @param chance of a mark at each step but the first; 0 asks for the first symbol
     */
    public static Recall of(int batch, int length, double chance, Seed seed) {
        Random random = new Random(seed.key());
        float[] rows = new float[batch * length * WIDTH];
        int[] answers = new int[batch];
        for (int s = 0; s < batch; s++) {
            for (int t = 0; t < length; t++) {
                int row = (s * length + t) * WIDTH;
                int symbol = random.nextInt(SYMBOLS);
                rows[row + symbol] = 1;
                if (t == 0 || random.nextDouble() < chance) {
                    rows[row + SYMBOLS] = 1;
                    answers[s] = symbol;
                }
            }
        }
        return new Recall(
                new Sequences(Tensor.of(rows, batch * length, WIDTH), Layout.even(batch, length)),
                answers);
    }

    /** {@return a network of 24 hidden numbers with first weights} */
    public static Network network(CellFactory cell, Seed seed) {
        return Network.of(cell, WIDTH, 24, SYMBOLS, seed);
    }

    /** {@return a network of {@link #network} that was trained} */
    public static Network trained(CellFactory cell, int length, double chance, Fit fit, Seed seed) {
        return train(network(cell, seed), length, chance, fit, seed);
    }

    /** Trains a network of any kind on new batches of 32. */
    public static Network train(Network network, int length, double chance, Fit fit, Seed seed) {
        fit.train(
                network,
                step -> {
                    Recall batch = of(32, length, chance, seed.at((int) step));
                    return CrossEntropy.mean(network.answer(batch.inputs), batch.answers, 0);
                });
        return network;
    }

    /** {@return what a network feels of each input, as {@link Felt#byDistance} has it} */
    public static double[] felt(Network network, int length, Seed seed) {
        return Felt.byDistance(network, of(32, length, 0, seed.at("felt")).inputs);
    }

    /** {@return the share of right answers to 400 new sequences, %} */
    public static double accuracy(Network network, int length, double chance, Seed seed) {
        Recall test = of(400, length, chance, seed.at("test"));
        int[] said = network.answer(test.inputs).argMax();
        int right = 0;
        for (int s = 0; s < said.length; s++) {
            right += said[s] == test.answers[s] ? 1 : 0;
        }
        return 100.0 * right / said.length;
    }
}
