package dev.unroll.tasks.model;

import java.util.LinkedHashMap;
import java.util.Map;

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
}
