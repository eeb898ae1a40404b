package dev.unroll.tasks.classification;

import java.util.Map;

/**
 * The predicted class of a text.
 *
 * @param label the likeliest class
 * @param probability of that class, 0 to 1
 * @param probabilities of all classes, by name; they sum to 1
 */
public record Classification(String label, double probability, Map<String, Double> probabilities) {}
