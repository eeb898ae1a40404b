package dev.unroll.tasks.frames;

import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.metrics.Segmentation;
import java.util.List;

/**
 * The metrics of labelled frames, each 0 to 1.
 *
 * @param accuracy share of frames that is right
 * @param macroF1 mean of the classes' F1 over frames
 * @param edit how alike the order of segments is; see {@link Segmentation}
 * @param f1At10 F1 of segments that overlap by 10 %
 * @param f1At25 the same by 25 %
 * @param f1At50 the same by 50 %
 */
public record FrameMetrics(
        double accuracy, double macroF1, double edit, double f1At10, double f1At25, double f1At50) {

    /** Of videos, each its frames' classes. */
    static FrameMetrics of(List<String> classes, List<int[]> truth, List<int[]> predicted) {
        Confusion confusion = confusion(classes, truth, predicted);
        Segmentation segments = Segmentation.of(truth, predicted);
        return new FrameMetrics(
                confusion.accuracy(),
                confusion.macroF1(),
                segments.edit(),
                segments.f1At10(),
                segments.f1At25(),
                segments.f1At50());
    }

    static Confusion confusion(List<String> classes, List<int[]> truth, List<int[]> predicted) {
        Confusion confusion = Confusion.none(classes);
        for (int i = 0; i < truth.size(); i++) {
            confusion = confusion.plus(Confusion.of(classes, truth.get(i), predicted.get(i)));
        }
        return confusion;
    }
}
