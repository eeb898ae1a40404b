package dev.unroll.tasks.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of frames with one label, as long as it can be.
 *
 * @param label the class, a number from 0
 * @param from the first frame
 * @param to the frame after the last
 */
public record LabelSegment(int label, int from, int to) {

    /**
     * {@return the segments of a video, in order; together they are all of its frames}
     *
     * @param labels of the frames
     */
    public static List<LabelSegment> of(int[] labels) {
        List<LabelSegment> segments = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= labels.length; i++) {
            if (i == labels.length || labels[i] != labels[from]) {
                segments.add(new LabelSegment(labels[from], from, i));
                from = i;
            }
        }
        return segments;
    }

    /**
     * {@return the frames in both as a part of the frames in either, 0 to 1}
     *
     * @param that a segment of the same video
     */
    public double overlap(LabelSegment that) {
        int common = Math.max(0, Math.min(to, that.to) - Math.max(from, that.from));
        return (double) common / (to - from + that.to - that.from - common);
    }
}
