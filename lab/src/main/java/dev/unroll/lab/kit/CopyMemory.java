package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;

/**
 * A batch of copy memory (Arjovsky et al. 2016, section 4.1): some symbols, then a long blank, then
 * a signal after which the symbols must be said again. Without memory the best loss is
 * symbols·ln(kinds) / (length of the whole).
 *
 * @param inputs rows [batch·length, kinds + 2]
 * @param targets [batch·length]: blank until the signal, then the symbols
 */
public record CopyMemory(Sequences inputs, int[] targets) {
    /** Kinds of symbols; the next number is the blank, the one after it the signal. */
    public static final int KINDS = 8;

    /** Numbers in a row of the input, and in an answer. */
    public static final int WIDTH = KINDS + 2;

    /**
     * A batch made from a seed.
     *
     * @param symbols to be remembered
     * @param blank steps between them and the signal
     */
    public static CopyMemory of(int batch, int symbols, int blank, long seed) {
        Random random = new Random(seed);
        int length = 2 * symbols + blank;
        int[][] ids = new int[batch][length];
        int[] targets = new int[batch * length];
        Arrays.fill(targets, KINDS);
        for (int s = 0; s < batch; s++) {
            Arrays.fill(ids[s], KINDS);
            ids[s][symbols + blank - 1] = KINDS + 1;
            for (int i = 0; i < symbols; i++) {
                ids[s][i] = random.nextInt(KINDS);
                targets[s * length + symbols + blank + i] = ids[s][i];
            }
        }
        return new CopyMemory(OneHot.of(WIDTH, ids), targets);
    }

    /** {@return the mean cross-entropy of answers [batch·length, WIDTH], in nats} */
    public Tensor loss(Tensor answers) {
        return CrossEntropy.mean(answers, targets, 0);
    }

    /** {@return the loss of an answer that remembers nothing} */
    public static double withoutMemory(int symbols, int blank) {
        return symbols * Math.log(KINDS) / (2 * symbols + blank);
    }

    /**
     * {@return the mean cross-entropy on some new sequences, in nats, after a training in batches
     * of 32}
     *
     * @param symbols to be remembered
     * @param blank steps between them and the signal
     * @param tests how many new sequences
     */
    public static double lossAfter(
            Fit fit, Network network, int symbols, int blank, int tests, Seed seed) {
        fit.train(
                network,
                step -> {
                    CopyMemory batch = of(32, symbols, blank, seed.at((int) step).key());
                    return batch.loss(network.answers(batch.inputs));
                });
        CopyMemory test = of(tests, symbols, blank, seed.at("test").key());
        return test.loss(network.answers(test.inputs)).item();
    }
}
