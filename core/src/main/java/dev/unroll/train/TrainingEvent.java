package dev.unroll.train;

import java.util.Map;

/** What happens in a training, for whoever shows or keeps it. */
public sealed interface TrainingEvent {

    /**
     * A step was done.
     *
     * @param loss of its batch
     * @param gradientNorm before clipping
     * @param rate learning rate
     * @param tokens in the batch
     * @param batches in this epoch
     */
    record Stepped(
            Progress progress,
            double loss,
            double gradientNorm,
            double rate,
            int tokens,
            int batches)
            implements TrainingEvent {}

    /**
     * The model was measured.
     *
     * @param figures by name
     * @param best whether the deciding one is the best so far
     */
    record Measured(Progress progress, Map<String, Double> figures, boolean best)
            implements TrainingEvent {}

    /** The training is over. */
    record Ended(Progress progress, Reason reason) implements TrainingEvent {}

    /** Why a training ended. */
    enum Reason {
        /** The last epoch or step is done. */
        COMPLETE,
        /** The time is up. */
        OUT_OF_TIME,
        /** No new best for as long as patience lasts. */
        NO_BETTER,
        /** Somebody asked it to stop; it can go on. */
        INTERRUPTED
    }
}
