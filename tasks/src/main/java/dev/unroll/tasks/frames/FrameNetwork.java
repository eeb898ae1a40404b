package dev.unroll.tasks.frames;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.tasks.model.ArgMax;
import dev.unroll.tensor.MemoryScope;
import java.util.Arrays;
import java.util.List;

/**
 * A network and how it is asked about a whole video: in overlapping pieces, whose probabilities are
 * averaged where they overlap, and then over some frames on each side.
 *
 * @param model a class for each row
 * @param classes how many
 * @param window frames of a piece
 * @param average frames on each side
 */
record FrameNetwork(SequenceLabeller model, int classes, int window, int average) {

    /** Frames that go through the network together where single videos are asked about. */
    static final int TOGETHER = 4_096;

    /**
     * The probabilities of all classes.
     *
     * @param video what is seen of it, [frames, width]
     * @param together the most frames that go through the network together; a piece is not parted
     * @return [frames, classes]; each row sums to 1
     */
    double[][] probabilities(float[][] video, int together) {
        double[][] sums = new double[video.length][classes];
        List<FrameWindows.Window> windows = FrameWindows.overlapping(video.length, window);
        int pieces = Math.max(1, together / window);
        for (int from = 0; from < windows.size(); from += pieces) {
            List<FrameWindows.Window> some =
                    windows.subList(from, Math.min(windows.size(), from + pieces));
            float[] found = MemoryScope.run(() -> probabilities(video, some));
            int at = 0;
            for (FrameWindows.Window piece : some) {
                for (int t = piece.from(); t < piece.to(); t++) {
                    for (int c = 0; c < classes; c++) {
                        sums[t][c] += found[at++];
                    }
                }
            }
        }
        return averaged(normed(sums));
    }

    private float[] probabilities(float[][] video, List<FrameWindows.Window> windows) {
        List<float[][]> pieces =
                windows.stream().map(w -> Arrays.copyOfRange(video, w.from(), w.to())).toList();
        return model.logits(FrameWindows.endToEnd(pieces), Mode.INFERENCE).softmax().toArray();
    }

    private double[][] averaged(double[][] rows) {
        if (average == 0) {
            return rows;
        }
        double[][] means = new double[rows.length][classes];
        for (int t = 0; t < rows.length; t++) {
            int to = Math.min(rows.length - 1, t + average);
            for (int u = Math.max(0, t - average); u <= to; u++) {
                for (int c = 0; c < classes; c++) {
                    means[t][c] += rows[u][c];
                }
            }
        }
        return normed(means);
    }

    private static double[][] normed(double[][] rows) {
        for (double[] row : rows) {
            double sum = 0;
            for (double value : row) {
                sum += value;
            }
            for (int c = 0; c < row.length; c++) {
                row[c] /= sum;
            }
        }
        return rows;
    }

    /** The likeliest class of each frame; the first of equals. */
    static int[] likeliest(double[][] probabilities) {
        return Arrays.stream(probabilities)
                .mapToInt(row -> ArgMax.of(row.length, c -> row[c]))
                .toArray();
    }
}
