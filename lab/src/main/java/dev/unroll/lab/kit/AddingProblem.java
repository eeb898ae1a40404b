package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Random;

/**
 * A batch of the adding problem (Hochreiter and Schmidhuber 1997, section 5.4): each step has a
 * number in [0, 1) and a mark; two numbers are marked, one in each half, and their sum is asked for
 * at the end. Always answering 1 has a mean squared error of 1/6.
 *
 * @param inputs rows [batch·length, 2]: number and mark
 * @param sums [batch, 1]
 */
public record AddingProblem(Sequences inputs, Tensor sums) {

    /** A batch made from a seed. */
    public static AddingProblem of(int batch, int length, long seed) {
        Random random = new Random(seed);
        float[] rows = new float[batch * length * 2];
        float[] sums = new float[batch];
        for (int s = 0; s < batch; s++) {
            int first = random.nextInt(length / 2);
            int second = length / 2 + random.nextInt(length - length / 2);
            for (int t = 0; t < length; t++) {
                int row = (s * length + t) * 2;
                rows[row] = random.nextFloat();
                if (t == first || t == second) {
                    rows[row + 1] = 1;
                    sums[s] += rows[row];
                }
            }
        }
        return new AddingProblem(
                new Sequences(Tensor.of(rows, batch * length, 2), Layout.even(batch, length)),
                Tensor.of(sums, batch, 1));
    }

    /** {@return the mean squared error of answers [batch, 1]} */
    public Tensor loss(Tensor answers) {
        return answers.minus(sums).square().mean();
    }

    /** {@return the mean squared error on 500 new sequences after a training in batches of 32} */
    public static double errorAfter(Fit fit, Network network, int length, Seed seed) {
        fit.train(
                network,
                step -> {
                    AddingProblem batch = of(32, length, seed.at((int) step).key());
                    return batch.loss(network.answer(batch.inputs));
                });
        AddingProblem test = of(500, length, seed.at("test").key());
        return test.loss(network.answer(test.inputs)).item();
    }
}
