package dev.unroll.tasks.task;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Training on examples that are each in one batch an epoch.
 *
 * @param <X> an example, encoded
 * @param <B> a batch
 */
public interface SupervisedObjective<X, B> extends Objective<B> {

    /** The model to be trained. */
    Object model();

    /** The recipe of the training. */
    Recipe recipe();

    /** The settings of the training. */
    default TrainingRecipe training() {
        return recipe().training();
    }

    /** The training set. */
    List<X> train();

    /** The validation set. */
    List<X> validation();

    /**
     * The examples of each batch, by their places in the list.
     *
     * @param budget tokens of a batch
     */
    int[][] groups(List<X> examples, int budget, long seed, int epoch);

    /**
     * Some examples as a batch.
     *
     * @param examples all of them
     * @param group the places of those in the batch
     * @param epoch of the training; empty for validation
     */
    B batch(List<X> examples, int[] group, OptionalInt epoch);

    /** The number of targets of a batch, over which its loss is the mean. */
    int targets(B batch);

    @Override
    default Map<String, Parameter> parameters() {
        return Parameters.of(model());
    }

    @Override
    default List<B> batches(int epoch) {
        int[][] groups = groups(train(), training().batchTokens(), training().seed(), epoch);
        return Arrays.stream(groups)
                .map(group -> batch(train(), group, OptionalInt.of(epoch)))
                .toList();
    }

    /** The validation set in batches. */
    default List<B> validationBatches() {
        int[][] groups = groups(validation(), training().batchTokens(), 0, 0);
        return Arrays.stream(groups)
                .map(group -> batch(validation(), group, OptionalInt.empty()))
                .toList();
    }

    @Override
    default int tokens(B batch) {
        return targets(batch);
    }

    @Override
    default double weight(B batch) {
        return targets(batch);
    }

    /** The mean loss of a target of the validation set; 0 if that is empty. */
    default double validationLoss() {
        double sum = 0;
        long targets = 0;
        for (B batch : validationBatches()) {
            double loss = MemoryScope.run(() -> (double) loss(batch, Mode.INFERENCE).item());
            sum += loss * targets(batch);
            targets += targets(batch);
        }
        return sum / Math.max(1, targets);
    }
}
