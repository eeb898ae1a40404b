package dev.unroll.tasks.data;

import java.util.List;

/**
 * A set of pairs in its three parts, which share no example.
 *
 * @param train to learn from
 * @param validation to choose by while learning
 * @param test to be judged by, once
 */
public record Splits(List<Pair> train, List<Pair> validation, List<Pair> test) {
    public Splits {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }
}
