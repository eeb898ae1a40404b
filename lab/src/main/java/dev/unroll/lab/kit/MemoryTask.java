package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/**
 * A task that needs memory, and what a network without any loses at it.
 *
 * @param name one word
 * @param input numbers in a row of the input
 * @param output numbers in an answer
 * @param blind the least loss of an answer that does not depend on the input
 * @param batches where examples come from
 */
public record MemoryTask(String name, int input, int output, double blind, Batches batches) {

    /** The sum of two marked numbers; see {@link AddingProblem}. */
    public static final MemoryTask ADDING =
            new MemoryTask(
                    "adding",
                    2,
                    1,
                    1 / 6.0,
                    (count, length, seed) -> {
                        AddingProblem batch = AddingProblem.of(count, length, seed.key());
                        return new Batch(batch.inputs(), batch::loss);
                    });

    /** The last marked symbol, where one in five is marked; see {@link Recall}. */
    public static final MemoryTask RECALL =
            new MemoryTask(
                    "recall",
                    Recall.WIDTH,
                    Recall.SYMBOLS,
                    Math.log(Recall.SYMBOLS),
                    (count, length, seed) -> {
                        Recall batch = Recall.of(count, length, 0.2, seed);
                        return new Batch(
                                batch.inputs(), y -> CrossEntropy.mean(y, batch.answers(), 0));
                    });

    /** Which of two symbols is the more frequent one; for odd lengths. */
    public static final MemoryTask MAJORITY =
            new MemoryTask(
                    "majority",
                    2,
                    2,
                    Math.log(2),
                    (count, length, seed) -> {
                        int[][] ids = OneHot.draw(2, count, length, seed);
                        int[] more =
                                Arrays.stream(ids)
                                        .mapToInt(
                                                row ->
                                                        2 * Arrays.stream(row).sum() > length
                                                                ? 1
                                                                : 0)
                                        .toArray();
                        return new Batch(OneHot.of(2, ids), y -> CrossEntropy.mean(y, more, 0));
                    });

    /** Where examples come from. */
    @FunctionalInterface
    public interface Batches {
        /** {@return new examples} */
        Batch of(int count, int length, Seed seed);
    }

    /** From answers [batch, output] to a number. */
    @FunctionalInterface
    public interface Loss {
        /** {@return the mean loss} */
        Tensor of(Tensor answers);
    }

    /**
     * Some examples.
     *
     * @param inputs rows [batch·length, input]
     * @param loss of answers to them
     */
    public record Batch(Sequences inputs, Loss loss) {
        /** {@return the loss of a network's answers} */
        public Tensor loss(Network network) {
            return loss.of(network.answer(inputs));
        }
    }

    /**
     * Trains a cell, with a linear layer behind its last state.
     *
     * @return the loss for new examples as a share of {@link #blind}
     */
    public double train(Cell cell, int length, Fit fit, Seed seed) {
        Network network = Network.of((in, h, s) -> cell, input, cell.hidden(), output, seed);
        fit.train(network, step -> batches.of(32, length, seed.at((int) step)).loss(network));
        return batches.of(400, length, seed.at("test")).loss(network).item() / blind;
    }
}
