package dev.unroll.tasks.frames;

import dev.unroll.tasks.model.ClassNames;
import java.util.Arrays;
import java.util.List;

/**
 * A video with a label for each frame.
 *
 * @param frames their numbers
 * @param labels one a frame
 */
public record LabelledVideo(FrameRows frames, List<String> labels) {

    public LabelledVideo {
        labels = List.copyOf(labels);
        if (labels.size() != frames.frames()) {
            throw new IllegalArgumentException(
                    "video %s: %d frames and %d labels; a label a frame is needed"
                            .formatted(frames.name(), frames.frames(), labels.size()));
        }
    }

    /** The number of frames. */
    public int size() {
        return labels.size();
    }

    /** Some of its frames. */
    public LabelledVideo part(int from, int to) {
        return new LabelledVideo(
                new FrameRows(frames.name(), Arrays.copyOfRange(frames.rows(), from, to)),
                labels.subList(from, to));
    }

    /**
     * The classes of its frames.
     *
     * @throws IllegalArgumentException if one is not among them
     */
    int[] numbers(ClassNames classes) {
        return classes.numbers("video %s: frame".formatted(frames.name()), labels);
    }
}
