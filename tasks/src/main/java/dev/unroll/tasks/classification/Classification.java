package dev.unroll.tasks.classification;

import dev.unroll.tasks.model.ArgMax;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The predicted class of a text.
 *
 * @param label the likeliest class
 * @param probability of that class, 0 to 1
 * @param probabilities of all classes, by name; they sum to 1
 */
public record Classification(String label, double probability, Map<String, Double> probabilities) {

    /**
     * {@return the answer to one of several texts}
     *
     * @param classes their names
     * @param probabilities [texts, classes], row by row
     * @param text which of the texts, from 0
     */
    public static Classification of(List<String> classes, float[] probabilities, int text) {
        int from = text * classes.size();
        Map<String, Double> all = new LinkedHashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            all.put(classes.get(c), (double) probabilities[from + c]);
        }
        int best = ArgMax.of(classes.size(), c -> probabilities[from + c]);
        return new Classification(
                classes.get(best), probabilities[from + best], Collections.unmodifiableMap(all));
    }
}
