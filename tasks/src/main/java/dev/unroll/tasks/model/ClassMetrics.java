package dev.unroll.tasks.model;

import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Metrics of networks that give each target a class. */
public final class ClassMetrics {
    private ClassMetrics() {}

    /** Loss, accuracy and macro-F1, in this order. */
    public static Map<String, Double> of(double loss, double accuracy, double macroF1) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.put("accuracy", accuracy);
        metrics.put("macroF1", macroF1);
        return metrics;
    }

    /**
     * Loss, accuracy and macro-F1 over some batches.
     *
     * @param logits of a batch without dropout, [targets, classes]
     * @param labels of a batch, [targets]
     */
    public static <B> Map<String, Double> of(
            ClassNames classes,
            List<B> batches,
            Function<B, Tensor> logits,
            Function<B, int[]> labels) {
        double sum = 0;
        Confusion confusion = Confusion.none(classes.names());
        for (B batch : batches) {
            int[] truth = labels.apply(batch);
            Answers answers = MemoryScope.run(() -> answers(logits.apply(batch), truth));
            sum += answers.loss() * truth.length;
            confusion = confusion.plus(Confusion.of(classes.names(), truth, answers.classes()));
        }
        return of(sum / Math.max(1, confusion.total()), confusion.accuracy(), confusion.macroF1());
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answers(double loss, int[] classes) {}

    private static Answers answers(Tensor logits, int[] labels) {
        return new Answers(CrossEntropy.mean(logits, labels, 0).item(), logits.argMax());
    }
}
