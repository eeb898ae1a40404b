package dev.unroll.tasks.task;

import dev.unroll.train.Objective;
import java.util.List;

/**
 * The objective of a training, and the lines that a user is told of it.
 *
 * @param objective batches, a loss and what is measured on the validation set
 * @param summary of the data, in a line
 * @param remarks what users should know before the training begins, besides the corpus' own
 */
public record TrainingSetup(Objective<?> objective, String summary, List<String> remarks) {
    public TrainingSetup {
        remarks = List.copyOf(remarks);
    }

    /** With nothing to remark. */
    public TrainingSetup(Objective<?> objective, String summary) {
        this(objective, summary, List.of());
    }
}
