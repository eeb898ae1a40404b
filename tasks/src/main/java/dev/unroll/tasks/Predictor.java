package dev.unroll.tasks;

import java.util.List;

/**
 * What a run's folder is good for: answers inputs with outputs. Immutable and safe to use from many
 * threads at once; there is nothing to close. Good until the model's weights change: whoever trains
 * a run on loads it again.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public interface Predictor<I, O> {

    /**
     * {@return the answer to one input}
     *
     * @param input to be answered
     */
    default O predict(I input) {
        return predictAll(List.of(input)).getFirst();
    }

    /**
     * Answers many inputs, with the same answers as one by one, and sooner.
     *
     * @param inputs to be answered
     * @return the answers, in the order of the inputs
     */
    List<O> predictAll(List<I> inputs);
}
