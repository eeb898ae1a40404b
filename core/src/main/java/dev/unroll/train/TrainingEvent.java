package dev.unroll.train;

import java.util.Map;

/** An event of a training, for listeners that show or log it. */
public sealed interface TrainingEvent {

    /**
     * A step was done.
     *
     * @param loss of its batch
     * @param gradientNorm before clipping
     * @param clipping factor by which the gradients were multiplied to limit their norm; 1 if they
     *     were not
     * @param learningRate of the step
     * @param tokens in the batch; 0 if they are not counted
     * @param batches in this epoch
     */
    record Stepped(
            Progress progress,
            double loss,
            double gradientNorm,
            double clipping,
            double learningRate,
            int tokens,
            int batches)
            implements TrainingEvent {}

    /**
     * The metrics on the validation set were computed.
     *
     * @param metrics by name
     * @param best whether the monitored metric is the best so far
     */
    record Validated(Progress progress, Map<String, Double> metrics, boolean best)
            implements TrainingEvent {}

    /**
     * Numbers were NaN or infinite, and the training goes on as {@link OnNan} says.
     *
     * @param progress without the batch that is passed over
     * @param why what was not finite
     * @param how {@link OnNan#SKIP} or {@link OnNan#BACK}
     */
    record Recovered(Progress progress, NonFiniteException why, OnNan how)
            implements TrainingEvent {}

    /** The training is over. */
    record Ended(Progress progress, Reason reason) implements TrainingEvent {}

    /** Why a training ended. */
    enum Reason {
        /** The last epoch or step is done. */
        COMPLETE,
        /** The time is up. */
        OUT_OF_TIME,
        /** No new best value of the monitored metric for as long as patience lasts. */
        NO_BETTER,
        /** Somebody asked it to stop; it can go on. */
        INTERRUPTED
    }
}
