package dev.unroll.tasks.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Metrics of whole segments, which a few frames at their borders hardly change (Lea et al. 2017,
 * "Temporal Convolutional Networks for Action Segmentation and Detection", section 4; computed over
 * several videos as by Farha and Gall 2019, "MS-TCN"). No class is left out as background.
 *
 * @param edit the mean over videos of 1 − d / max(segments), where d is the Levenshtein distance of
 *     the two lists of segments' labels; 0 to 1
 * @param f1At10 F1 of segments, all videos together: a predicted segment is right if the right
 *     segment of its label that it overlaps most was not found before and shares at least 10 % of
 *     the frames that either has; 0 to 1
 * @param f1At25 the same with 25 %
 * @param f1At50 the same with 50 %
 */
public record Segmentation(double edit, double f1At10, double f1At25, double f1At50) {

    /**
     * Of videos, each its frames' labels.
     *
     * @param truth the right labels
     * @param predicted as many videos of as many frames
     * @return the measures over all videos
     * @throws IllegalArgumentException if there is no video, a video has no frame, or they are not
     *     as many
     */
    public static Segmentation of(List<int[]> truth, List<int[]> predicted) {
        if (truth.isEmpty() || truth.size() != predicted.size()) {
            throw new IllegalArgumentException(
                    "Segmentation: %d videos with right labels and %d with predicted ones; "
                                    .formatted(truth.size(), predicted.size())
                            + "at least one, and as many, are needed");
        }
        double edit = 0;
        for (int i = 0; i < truth.size(); i++) {
            if (truth.get(i).length == 0 || truth.get(i).length != predicted.get(i).length) {
                throw new IllegalArgumentException(
                        "Segmentation: video %d has %d right labels and %d predicted ones; "
                                        .formatted(i, truth.get(i).length, predicted.get(i).length)
                                + "at least one, and as many, are needed");
            }
            edit += edit(LabelSegment.of(truth.get(i)), LabelSegment.of(predicted.get(i)));
        }
        return new Segmentation(
                edit / truth.size(),
                f1(truth, predicted, 0.10),
                f1(truth, predicted, 0.25),
                f1(truth, predicted, 0.50));
    }

    private static double edit(List<LabelSegment> truth, List<LabelSegment> predicted) {
        int[] distance = new int[predicted.size() + 1]; // of the truth so far to each beginning
        Arrays.setAll(distance, j -> j);
        for (int i = 1; i <= truth.size(); i++) {
            int diagonal = distance[0];
            distance[0] = i;
            for (int j = 1; j <= predicted.size(); j++) {
                boolean same = truth.get(i - 1).label() == predicted.get(j - 1).label();
                int changed = diagonal + (same ? 0 : 1);
                diagonal = distance[j];
                distance[j] = Math.min(changed, 1 + Math.min(distance[j], distance[j - 1]));
            }
        }
        return 1 - (double) distance[predicted.size()] / Math.max(truth.size(), predicted.size());
    }

    private static double f1(List<int[]> truth, List<int[]> predicted, double overlap) {
        long found = 0;
        long all = 0;
        for (int i = 0; i < truth.size(); i++) {
            List<LabelSegment> right = LabelSegment.of(truth.get(i));
            List<LabelSegment> guesses = LabelSegment.of(predicted.get(i));
            found += found(right, guesses, overlap);
            all += right.size() + guesses.size();
        }
        return 2.0 * found / all; // precision found / guesses, recall found / right
    }

    private static int found(List<LabelSegment> right, List<LabelSegment> guesses, double overlap) {
        boolean[] taken = new boolean[right.size()];
        int found = 0;
        for (LabelSegment guess : guesses) {
            int best = -1;
            double most = 0;
            for (int k = 0; k < right.size(); k++) {
                if (right.get(k).label() == guess.label() && guess.overlap(right.get(k)) > most) {
                    best = k;
                    most = guess.overlap(right.get(k));
                }
            }
            if (best >= 0 && most >= overlap && !taken[best]) {
                taken[best] = true;
                found++;
            }
        }
        return found;
    }
}
