package dev.unroll.tasks.data;

import java.util.List;

/**
 * A set's examples in three parts, which share no example.
 *
 * @param <E> an example
 * @param train to learn from
 * @param validation to choose by while learning; empty if the publisher has set none aside
 * @param test to be judged by, once; empty if the publisher has set none aside
 */
public record Splits<E>(List<E> train, List<E> validation, List<E> test) {
    public Splits {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }
}
