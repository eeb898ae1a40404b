package dev.unroll.tasks;

import java.util.List;

/**
 * A trained model that answers inputs, loaded from a run's folder. A predictor is immutable and
 * safe to use from many threads at once, and there is nothing to close. It is valid until the
 * model's weights change: after a training was resumed, load the run again.
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
