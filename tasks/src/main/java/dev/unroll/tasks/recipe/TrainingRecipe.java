package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.train.Adam;
import dev.unroll.train.Clip;
import dev.unroll.train.Monitor;
import dev.unroll.train.Optimiser;
import dev.unroll.train.Schedule;
import dev.unroll.train.Sgd;
import dev.unroll.train.Training;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a model is taught.
 *
 * @param seed of everything that is drawn
 * @param batchTokens tokens in a batch; of source and target together, where there are two
 * @param epochs at most
 * @param minutes at most
 * @param patience measurements without a new best
 * @param measureEvery steps between measurements; 0: after each epoch
 * @param deciding figure that tells which weights are best, of those that the task measures
 * @param average how many of the last measured weights are averaged in the end; 1: the best alone
 * @param optimiser which
 * @param momentum of sgd
 * @param beta1 of adam
 * @param beta2 of adam
 * @param epsilon of adam
 * @param decay of the weights
 * @param schedule of the learning rate
 * @param rate the highest learning rate
 * @param warmup steps until then
 * @param factor by which a plateau lowers the rate
 * @param plateau measurements without a new best before it does
 * @param clip limit of the gradients' norm; 0 for none
 * @param clipValue limit of each gradient; 0 for none
 * @param smoothing of the labels
 */
public record TrainingRecipe(
        long seed,
        int batchTokens,
        int epochs,
        double minutes,
        int patience,
        int measureEvery,
        Figure deciding,
        int average,
        OptimiserKind optimiser,
        double momentum,
        double beta1,
        double beta2,
        double epsilon,
        double decay,
        ScheduleKind schedule,
        double rate,
        int warmup,
        double factor,
        int plateau,
        double clip,
        double clipValue,
        double smoothing) {
    static final TrainingRecipe DEFAULT =
            new TrainingRecipe(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, null, null, null, null, null, null, null);

    /** Figures that can decide. */
    public enum Figure {
        /** Cross-entropy on the validation set; smaller is better. */
        LOSS,
        /** BLEU on the validation set. */
        BLEU,
        /** chrF on the validation set. */
        CHRF,
        /** Share of the validation set that is right to the letter. */
        EXACT_MATCH,
        /** Share of the validation set that is right. */
        ACCURACY,
        /** Mean over the classes of precision's and recall's harmonic mean. */
        MACRO_F1,
        /** Mean intersection over union of masks. */
        JACCARD;

        /** As it stands in a recipe. */
        String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** As it stands in metrics and JSON. */
        public String key() {
            return switch (this) {
                case LOSS -> "loss";
                case BLEU -> "bleu";
                case CHRF -> "chrf";
                case EXACT_MATCH -> "exactMatch";
                case ACCURACY -> "accuracy";
                case MACRO_F1 -> "macroF1";
                case JACCARD -> "jaccard";
            };
        }
    }

    /** Optimisers by name. */
    public enum OptimiserKind {
        /** Gradient descent with momentum. */
        SGD,
        /** Adam, without decay. */
        ADAM,
        /** Adam with decoupled decay. */
        ADAMW
    }

    /** Schedules by name. */
    public enum ScheduleKind {
        /** The highest rate all the time. */
        CONSTANT,
        /** A straight fall. */
        LINEAR,
        /** Half a cosine. */
        COSINE,
        /** √(warmup/step). */
        INVERSE_SQUARE_ROOT,
        /** Falls when nothing gets better. */
        PLATEAU
    }

    @JsonCreator
    public TrainingRecipe(
            @Nullable Long seed,
            @Nullable Integer batchTokens,
            @Nullable Integer epochs,
            @Nullable Double minutes,
            @Nullable Integer patience,
            @Nullable Integer measureEvery,
            @Nullable Figure deciding,
            @Nullable Integer average,
            @Nullable OptimiserKind optimiser,
            @Nullable Double momentum,
            @Nullable Double beta1,
            @Nullable Double beta2,
            @Nullable Double epsilon,
            @Nullable Double decay,
            @Nullable ScheduleKind schedule,
            @Nullable Double rate,
            @Nullable Integer warmup,
            @Nullable Double factor,
            @Nullable Integer plateau,
            @Nullable Double clip,
            @Nullable Double clipValue,
            @Nullable Double smoothing) {
        this(
                (long) Checks.or(seed, 1L),
                Checks.atLeast("training.batchTokens", 1, Checks.or(batchTokens, 4096)),
                Checks.atLeast("training.epochs", 1, Checks.or(epochs, 10)),
                Checks.positive("training.minutes", Checks.or(minutes, 60.0 * 24 * 365)),
                Checks.atLeast("training.patience", 1, Checks.or(patience, Integer.MAX_VALUE)),
                Checks.atLeast("training.measureEvery", 0, Checks.or(measureEvery, 0)),
                Checks.or(deciding, Figure.LOSS),
                Checks.atLeast("training.average", 1, Checks.or(average, 1)),
                Checks.or(optimiser, OptimiserKind.ADAM),
                Checks.share("training.momentum", Checks.or(momentum, 0.9)),
                Checks.share("training.beta1", Checks.or(beta1, 0.9)),
                Checks.share("training.beta2", Checks.or(beta2, 0.999)),
                Checks.positive("training.epsilon", Checks.or(epsilon, 1e-8)),
                Checks.share("training.decay", Checks.or(decay, 0.0)),
                Checks.or(schedule, ScheduleKind.CONSTANT),
                Checks.positive("training.rate", Checks.or(rate, 1e-3)),
                Checks.atLeast("training.warmup", 0, Checks.or(warmup, 0)),
                Checks.share("training.factor", Checks.or(factor, 0.5)),
                Checks.atLeast("training.plateau", 1, Checks.or(plateau, 2)),
                notNegative("training.clip", Checks.or(clip, 1.0)),
                notNegative("training.clipValue", Checks.or(clipValue, 0.0)),
                Checks.share("training.smoothing", Checks.or(smoothing, 0.0)));
    }

    private static double notNegative(String key, double value) {
        if (!(value >= 0)) {
            throw new RecipeException("'%s' is from 0, not %s".formatted(key, value));
        }
        return value;
    }

    /** This, refused if what decides is not among the figures that a task measures. */
    TrainingRecipe decidedBy(Figure... measured) {
        List<Figure> figures = List.of(measured);
        if (!figures.contains(deciding)) {
            throw new RecipeException(
                    "'training.deciding': this task measures %s, not %s"
                            .formatted(
                                    figures.stream()
                                            .map(Figure::written)
                                            .collect(Collectors.joining(", ")),
                                    deciding.written()));
        }
        return this;
    }

    /** The optimiser it describes. */
    public Optimiser toOptimiser() {
        return switch (optimiser) {
            case SGD -> new Sgd(momentum, false, decay);
            case ADAM -> new Adam(beta1, beta2, epsilon, 0);
            case ADAMW -> new Adam(beta1, beta2, epsilon, decay);
        };
    }

    /**
     * The schedule it describes.
     *
     * @param steps of the whole training
     */
    public Schedule toSchedule(long steps) {
        return switch (schedule) {
            case CONSTANT -> new Schedule.Constant(rate, warmup);
            case LINEAR -> new Schedule.Linear(rate, warmup, steps);
            case COSINE -> new Schedule.Cosine(rate, warmup, steps);
            case INVERSE_SQUARE_ROOT -> new Schedule.InverseSquareRoot(rate, warmup);
            case PLATEAU -> new Schedule.Plateau(rate, warmup, factor, plateau);
        };
    }

    /** The limits on gradients it describes. */
    public Clip toClip() {
        return new Clip.Limits(
                clip == 0 ? Double.POSITIVE_INFINITY : clip,
                clipValue == 0 ? Double.POSITIVE_INFINITY : clipValue);
    }

    /** The metric that it monitors. */
    public Monitor toMonitor() {
        return new Monitor(deciding.key(), deciding != Figure.LOSS);
    }

    /**
     * The training it describes.
     *
     * @param steps of the whole training
     */
    public Training toTraining(long steps) {
        return Training.of(toOptimiser(), toSchedule(steps))
                .clip(toClip())
                .seed(seed)
                .labelSmoothing(smoothing)
                .epochs(epochs)
                .time(Duration.ofMillis((long) (minutes * 60_000)))
                .patience(patience)
                .validateEvery(measureEvery)
                .monitor(toMonitor());
    }
}
