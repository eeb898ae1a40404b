package dev.unroll.tasks.frames;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.metrics.Segmentation;
import java.util.List;

/**
 * The metrics of labelled frames, each 0 to 1.
 *
 * @param accuracy share of frames that is right
 * @param macroF1 mean of the classes' F1 over frames
 * @param segments the metrics of whole segments; as JSON they stand beside the others
 */
public record FrameMetrics(double accuracy, double macroF1, @JsonUnwrapped Segmentation segments) {

    /** Of videos, each its frames' classes. */
    static FrameMetrics of(List<String> classes, List<int[]> truth, List<int[]> predicted) {
        Confusion confusion = confusion(classes, truth, predicted);
        return new FrameMetrics(
                confusion.accuracy(), confusion.macroF1(), Segmentation.of(truth, predicted));
    }

    static Confusion confusion(List<String> classes, List<int[]> truth, List<int[]> predicted) {
        Confusion confusion = Confusion.none(classes);
        for (int i = 0; i < truth.size(); i++) {
            confusion = confusion.plus(Confusion.of(classes, truth.get(i), predicted.get(i)));
        }
        return confusion;
    }
}
