package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import dev.unroll.train.Adam;
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
 * @param epochs at most
 * @param minutes at most; no limit if left out
 * @param learningRate the highest one
 * @param labelSmoothing share of the target distribution that is spread over all classes
 * @param optimiser one of {@link OptimiserAndScheduleKinds#OPTIMISERS}
 * @param schedule of the learning rate, one of {@link OptimiserAndScheduleKinds#SCHEDULES}
 * @param clip limits on gradients
 * @param validation metrics on the validation set, and which weights are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingRecipe(
        long seed,
        int batchTokens,
        int epochs,
        @Nullable Double minutes,
        double learningRate,
        double labelSmoothing,
        Optimiser optimiser,
        Schedule schedule,
        ClipRecipe clip,
        ValidationRecipe validation) {
    static final TrainingRecipe DEFAULT =
            new TrainingRecipe(null, null, null, null, null, null, null, null, null, null);

    @JsonCreator
    public TrainingRecipe(
            @Nullable Long seed,
            @Nullable Integer batchTokens,
            @Nullable Integer epochs,
            @Nullable Double minutes,
            @Nullable Double learningRate,
            @Nullable Double labelSmoothing,
            @Nullable Optimiser optimiser,
            @Nullable Schedule schedule,
            @Nullable ClipRecipe clip,
            @Nullable ValidationRecipe validation) {
        this(
                (long) Checks.or(seed, 1L),
                Checks.atLeast("training.batchTokens", 1, Checks.or(batchTokens, 4096)),
                Checks.atLeast("training.epochs", 1, Checks.or(epochs, 10)),
                minutes == null ? null : Checks.positive("training.minutes", minutes),
                Checks.positive("training.learningRate", Checks.or(learningRate, 1e-3)),
                Checks.share("training.labelSmoothing", Checks.or(labelSmoothing, 0.0)),
                Checks.or(optimiser, Adam.standard()),
                Checks.or(schedule, new Schedule.Constant(0)),
                Checks.or(clip, ClipRecipe.DEFAULT),
                Checks.or(validation, ValidationRecipe.DEFAULT));
    }

    /** This, refused if the monitored metric is not among those that a task computes. */
    TrainingRecipe monitoring(Metric... computed) {
        List<Metric> metrics = List.of(computed);
        if (!metrics.contains(validation.monitor())) {
            throw new RecipeException(
                    "'training.validation.monitor': the metrics of this task are %s, not %s"
                            .formatted(
                                    metrics.stream()
                                            .map(Metric::written)
                                            .collect(Collectors.joining(", ")),
                                    validation.monitor().written()));
        }
        return this;
    }

    /** The training it describes. */
    public Training toTraining() {
        Training training =
                Training.of(optimiser, learningRate)
                        .schedule(schedule)
                        .clip(clip.toClip())
                        .seed(seed)
                        .labelSmoothing(labelSmoothing)
                        .epochs(epochs)
                        .validateEvery(validation.every())
                        .monitor(validation.toMonitor());
        if (minutes != null) {
            training = training.time(Duration.ofMillis((long) (minutes * 60_000)));
        }
        return validation.patience() == null ? training : training.patience(validation.patience());
    }
}
