package dev.unroll.tasks.frames;

import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.model.ArgMax;
import dev.unroll.tasks.model.ClassNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of a frame labeller.
 *
 * @param model its metrics
 * @param majority those of taking every frame for the commonest class of the training frames
 * @param confusion which class was taken for which
 * @param videos how many
 * @param frames of all of them
 * @param seconds to label them
 */
public record FrameScore(
        FrameMetrics model,
        FrameMetrics majority,
        Confusion confusion,
        int videos,
        int frames,
        double seconds) {

    /**
     * Labels videos and compares.
     *
     * @param learnt the training videos: they say which class is commonest
     * @throws IllegalArgumentException if there are no videos, or a label is no class of the
     *     model's
     */
    public static FrameScore of(
            FrameLabeller labeller, List<LabelledVideo> videos, List<LabelledVideo> learnt) {
        ClassNames classes = ClassNames.of(labeller.classes());
        long start = System.nanoTime();
        List<FrameLabels> answers =
                labeller.predictAll(videos.stream().map(LabelledVideo::frames).toList());
        double seconds = (System.nanoTime() - start) * 1e-9;
        int common = commonest(learnt, classes);
        List<int[]> truth = new ArrayList<>();
        List<int[]> predicted = new ArrayList<>();
        List<int[]> same = new ArrayList<>();
        for (int i = 0; i < videos.size(); i++) {
            int[] right = videos.get(i).numbers(classes);
            truth.add(right);
            predicted.add(answers.get(i).labels().stream().mapToInt(classes::number).toArray());
            int[] majority = new int[right.length];
            Arrays.fill(majority, common);
            same.add(majority);
        }
        return new FrameScore(
                FrameMetrics.of(classes.names(), truth, predicted),
                FrameMetrics.of(classes.names(), truth, same),
                FrameMetrics.confusion(classes.names(), truth, predicted),
                videos.size(),
                truth.stream().mapToInt(t -> t.length).sum(),
                seconds);
    }

    private static int commonest(List<LabelledVideo> videos, ClassNames classes) {
        long[] counts = new long[classes.size()];
        for (LabelledVideo video : videos) {
            for (int number : video.numbers(classes)) {
                counts[number]++;
            }
        }
        return ArgMax.of(counts.length, c -> counts[c]);
    }

    String text() {
        return "                  model  majority class\n"
                + row("frame accuracy", FrameMetrics::accuracy)
                + row("macro-F1", FrameMetrics::macroF1)
                + row("edit", metrics -> metrics.segments().edit())
                + row("F1@10", metrics -> metrics.segments().f1At10())
                + row("F1@25", metrics -> metrics.segments().f1At25())
                + row("F1@50", metrics -> metrics.segments().f1At50())
                + String.format(
                        Locale.ROOT,
                        "%s\n%,d frames of %d videos in %.1f s\n",
                        confusion.table(),
                        frames,
                        videos,
                        seconds);
    }

    private String row(String name, ToDoubleFunction<FrameMetrics> metric) {
        return String.format(
                Locale.ROOT,
                "%-17s%.4f  %.4f\n",
                name,
                metric.applyAsDouble(model),
                metric.applyAsDouble(majority));
    }
}
