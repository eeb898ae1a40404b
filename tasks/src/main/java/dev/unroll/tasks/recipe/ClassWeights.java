package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much the loss of a class counts beside that of the others: what a rare class is learnt by.
 *
 * @param balanced whether each class counts as much as any other in all: a target of class c counts
 *     n / (k·n_c), for n targets of k classes, of which n_c are of class c (King and Zeng 2001)
 * @param given the weights by the classes' names, above 0; a class that is not among them has 1
 */
public record ClassWeights(boolean balanced, Map<String, Double> given) {
    private static final String KEY = "training.classWeights";
    private static final String BALANCED = "balanced";

    public ClassWeights {
        given = Map.copyOf(given);
    }

    /** As a recipe has it: {@code balanced}, or classes with their weights. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ClassWeights of(Object written) {
        if (BALANCED.equals(written)) {
            return new ClassWeights(true, Map.of());
        }
        if (!(written instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new RecipeException(
                    "'%s' is %s, or classes with their weights such as {pos: 5}, not %s"
                            .formatted(KEY, BALANCED, written));
        }
        Map<String, Double> given = new LinkedHashMap<>();
        map.forEach((name, weight) -> given.put(String.valueOf(name), weight(name, weight)));
        return new ClassWeights(false, given);
    }

    private static double weight(Object name, Object weight) {
        if (!(weight instanceof Number number)
                || !(number.doubleValue() > 0)
                || !Double.isFinite(number.floatValue())) {
            throw new RecipeException(
                    "'%s.%s' is a number above 0, not %s".formatted(KEY, name, weight));
        }
        return number.doubleValue();
    }

    @JsonValue
    Object written() {
        return balanced ? BALANCED : given;
    }

    /** Refuses weights of a class that there is not. */
    public void requireNames(Collection<String> classes) {
        for (String name : given.keySet()) {
            if (!classes.contains(name)) {
                throw new RecipeException(
                        "'%s' has '%s', which is no class; the classes are %s"
                                .formatted(KEY, name, classes));
            }
        }
    }
}
