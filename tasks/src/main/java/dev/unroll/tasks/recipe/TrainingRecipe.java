package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import dev.unroll.train.OnNan;
import dev.unroll.train.Optimiser;
import dev.unroll.train.Schedule;
import dev.unroll.train.Training;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The training of a model.
 *
 * @param seed of everything that is drawn
 * @param batchTokens tokens in a batch; of source and target together, where there are two
 * @param accumulate each step follows the gradients of so many batches together, in the memory of
 *     one
 * @param examples of the training set that are learnt from, drawn by the seed: for the course of a
 *     learning curve; all if left out
 * @param epochs at most
 * @param minutes at most; no limit if left out
 * @param learningRate the highest one
 * @param classWeights how much each class counts in the loss, of tasks with classes: {@code
 *     balanced}, or their weights by name; all alike if left out
 * @param labelSmoothing share of the target distribution that is spread over all classes
 * @param optimiser one of {@link OptimiserAndScheduleKinds#OPTIMISERS}
 * @param schedule of the learning rate, one of {@link OptimiserAndScheduleKinds#SCHEDULES}
 * @param clip limits on gradients
 * @param onNan what to do when numbers are NaN or infinite: {@code stop}, {@code skip} the batch,
 *     or go {@code back} to the last good weights and on with later batches
 * @param checkpoint when to save a point to go on from, besides each validation
 * @param validation metrics on the validation set, and which weights are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingRecipe(
        @Default("1") long seed,
        @Default("4096") int batchTokens,
        @Default("1") int accumulate,
        @Nullable Integer examples,
        @Default("10") int epochs,
        @Nullable Double minutes,
        @Default("0.001") double learningRate,
        @Nullable ClassWeights classWeights,
        @Default("0") double labelSmoothing,
        @Default("{kind: adam}") Optimiser optimiser,
        @Default("{kind: constant}") Schedule schedule,
        @Default("{norm: 1}") ClipRecipe clip,
        @Default("stop") OnNan onNan,
        @Default("{minutes: 10}") CheckpointRecipe checkpoint,
        @Default("{}") ValidationRecipe validation) {
    public TrainingRecipe {
        Checks.atLeast("training.batchTokens", 1, batchTokens);
        Checks.atLeast("training.accumulate", 1, accumulate);
        if (examples != null) {
            Checks.atLeast("training.examples", 1, examples);
        }
        Checks.atLeast("training.epochs", 1, epochs);
        if (minutes != null) {
            Checks.positive("training.minutes", minutes);
        }
        Checks.positive("training.learningRate", learningRate);
        Checks.share("training.labelSmoothing", labelSmoothing);
    }

    /**
     * Refuses to monitor a metric that is not among those that a task computes, and weights of
     * classes where there is no accuracy.
     */
    public void requireMonitor(Metric... computed) {
        List<Metric> metrics = List.of(computed);
        if (classWeights != null && !metrics.contains(Metric.ACCURACY)) {
            throw new RecipeException(
                    "'training.classWeights' is for tasks that choose among classes, and this one"
                            + " does not");
        }
        if (!metrics.contains(validation.monitor())) {
            throw new RecipeException(
                    "'training.validation.monitor': the metrics of this task are %s, not %s"
                            .formatted(
                                    metrics.stream()
                                            .map(Metric::written)
                                            .collect(Collectors.joining(", ")),
                                    validation.monitor().written()));
        }
    }

    /** The training it describes. */
    public Training toTraining() {
        Training training =
                Training.of(optimiser, learningRate)
                        .schedule(schedule)
                        .clip(clip.toClip())
                        .seed(seed)
                        .labelSmoothing(labelSmoothing)
                        .accumulate(accumulate)
                        .epochs(epochs)
                        .onNan(onNan)
                        .validateEvery(validation.every())
                        .monitor(validation.toMonitor());
        if (minutes != null) {
            training = training.time(Duration.ofMillis((long) (minutes * 60_000)));
        }
        return validation.patience() == null ? training : training.patience(validation.patience());
    }
}
