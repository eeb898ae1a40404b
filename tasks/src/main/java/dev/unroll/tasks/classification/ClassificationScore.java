package dev.unroll.tasks.classification;

import dev.unroll.data.LabelledText;
import dev.unroll.tasks.metrics.Calibration;
import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.model.ClassNames;
import java.util.List;
import java.util.Locale;

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
        ClassNames classes = ClassNames.of(classifier.classes());
        int[] truth = classes.numbers("text", texts.stream().map(LabelledText::label).toList());
        long start = System.nanoTime();
        List<Classification> answers =
                classifier.predictAll(texts.stream().map(LabelledText::text).toList());
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
                texts.size(),
                seconds);
    }

    /** For people; English, whatever the machine's locale. */
    String text() {
        return String.format(
                Locale.ROOT,
                """
                accuracy           %.4f
                macro-F1           %.4f
                calibration error  %.4f
                %s
                %,d texts in %.1f s
                """,
                accuracy,
                macroF1,
                calibrationError,
                confusion.table(),
                texts,
                seconds);
    }
}
