package dev.unroll.tasks.frames;

import java.util.List;

/**
 * The predicted class of each frame of a video.
 *
 * @param labels the likeliest class of each frame
 * @param probabilities of that class, 0 to 1, one a frame
 */
public record FrameLabels(List<String> labels, List<Double> probabilities) {

    public FrameLabels {
        labels = List.copyOf(labels);
        probabilities = List.copyOf(probabilities);
    }
}
