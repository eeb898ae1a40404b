package dev.unroll.train;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a training is: enough, with the weights and the moments, to go on as if nothing had
 * happened, since batches and noise are pure functions of the seed and of these numbers.
 *
 * @param step training steps done
 * @param epoch number of the epoch that the next step belongs to, from 0
 * @param batch number of the next batch within it
 * @param figures validation figures so far, oldest first; smaller is better
 */
public record Progress(long step, int epoch, int batch, List<Double> figures) {
    /** Nothing done yet. */
    public static final Progress START = new Progress(0, 0, 0, List.of());

    public Progress {
        figures = List.copyOf(figures);
        if (step < 0 || epoch < 0 || batch < 0) {
            throw new IllegalArgumentException(
                    "progress: step %d, epoch %d, batch %d".formatted(step, epoch, batch));
        }
    }

    Progress stepped() {
        return new Progress(step + 1, epoch, batch + 1, figures);
    }

    Progress nextEpoch() {
        return new Progress(step, epoch + 1, 0, figures);
    }

    Progress measured(double figure) {
        List<Double> more = new ArrayList<>(figures);
        more.add(Double.isNaN(figure) ? Double.POSITIVE_INFINITY : figure);
        return new Progress(step, epoch, batch, more);
    }

    /** The best figure so far; infinity if there is none. */
    public double best() {
        return figures.stream().mapToDouble(d -> d).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** How many measurements ago the best one was; 0 if it was the last. */
    public int sinceBest() {
        return figures.isEmpty() ? 0 : figures.size() - 1 - figures.indexOf(best());
    }
}
