package dev.unroll.tasks.classification;

import dev.unroll.data.LabelledText;
import dev.unroll.tasks.metrics.Calibration;
import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.model.ClassNames;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The metrics of a classifier.
 *
 * @param accuracy share that is right, 0 to 1
 * @param macroF1 mean of the classes' F1, 0 to 1
 * @param calibrationError expected calibration error, 0 to 1 (Guo et al. 2017)
 * @param confusion which class was taken for which
 * @param texts how many
 * @param seconds to classify them
 */
public record ClassificationScore(
        double accuracy,
        double macroF1,
        double calibrationError,
        Confusion confusion,
        int texts,
        double seconds) {

    /**
     * Classifies texts and compares with their classes.
     *
     * @throws IllegalArgumentException if a text's label is no class of the classifier's
     */
    public static ClassificationScore of(Classifier classifier, List<LabelledText> texts) {
        return of(
                ClassNames.of(classifier.classes()),
                texts.stream().map(LabelledText::label).toList(),
                () -> classifier.predictAll(texts.stream().map(LabelledText::text).toList()));
    }

    /**
     * Compares answers with the classes that are right.
     *
     * @param classes all there are
     * @param labels the right ones
     * @param classify gives as many answers, and is timed
     * @throws IllegalArgumentException if a label is none of the classes
     */
    public static ClassificationScore of(
            ClassNames classes, List<String> labels, Supplier<List<Classification>> classify) {
        int[] truth = classes.numbers("text", labels);
        long start = System.nanoTime();
        List<Classification> answers = classify.get();
        double seconds = (System.nanoTime() - start) * 1e-9;
        int[] predicted =
                answers.stream().map(Classification::label).mapToInt(classes::number).toArray();
        boolean[] right = new boolean[truth.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = truth[i] == predicted[i];
        }
        double[] sure = answers.stream().mapToDouble(Classification::probability).toArray();
        Confusion confusion = Confusion.of(classes.names(), truth, predicted);
        return new ClassificationScore(
                confusion.accuracy(),
                confusion.macroF1(),
                Calibration.of(sure, right).error(),
                confusion,
                truth.length,
                seconds);
    }

    /**
     * {@return the figures for people; in English, whatever the machine's locale}
     *
     * @param what was classified: {@code texts}
     */
    public String text(String what) {
        return String.format(
                Locale.ROOT,
                """
                accuracy           %.4f
                macro-F1           %.4f
                calibration error  %.4f
                %s
                %,d %s in %.1f s
                """,
                accuracy,
                macroF1,
                calibrationError,
                confusion.table(),
                texts,
                what,
                seconds);
    }
}
