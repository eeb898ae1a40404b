package dev.unroll.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The point that a training has reached. Together with the weights and the optimiser's state, a
 * training goes on from it to the same bits as if it had never stopped, since batches and noise are
 * pure functions of the seed and of these numbers.
 *
 * @param step number of training steps done
 * @param epoch number of the epoch that the next step belongs to, from 0
 * @param batch number of the next batch within that epoch
 * @param monitored values of the monitored metric, one for each validation, oldest first
 */
public record Progress(long step, int epoch, int batch, List<Double> monitored) {
    /** The beginning of a training. */
    public static final Progress START = new Progress(0, 0, 0, List.of());

    public Progress {
        monitored = List.copyOf(monitored);
        if (step < 0 || epoch < 0 || batch < 0) {
            throw new IllegalArgumentException(
                    "progress: step %d, epoch %d, batch %d".formatted(step, epoch, batch));
        }
    }

    Progress stepped() {
        return new Progress(step + 1, epoch, batch + 1, monitored);
    }

    Progress nextEpoch() {
        return new Progress(step, epoch + 1, 0, monitored);
    }

    Progress validated(double value) {
        List<Double> more = new ArrayList<>(monitored);
        more.add(value);
        return new Progress(step, epoch, batch, more);
    }
}
