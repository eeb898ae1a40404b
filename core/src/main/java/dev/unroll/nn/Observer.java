package dev.unroll.nn;

import dev.unroll.backend.UnaryFunction;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Told by layers what they compute inside, while it is bound by {@link Observation#of}. Layers are
 * named by the object itself: an observer that knows the model's parameters finds its path by those
 * that the layer holds.
 */
public interface Observer {

    /**
     * The values that a function is about to be applied to.
     *
     * @param layer that applies it
     * @param name of the values within the layer, such as {@code forget gate}
     * @param function such as {@code Unary.SIGMOID}
     * @param before [rows, units]
     */
    void activation(Object layer, String name, UnaryFunction function, Tensor before);

    /**
     * The attention of one head in one sequence of the batch.
     *
     * @param layer that attends
     * @param head from 0
     * @param scores before the softmax, [queries, keys]; not a number where a key is hidden; null
     *     where a layer does not say, and no key is hidden
     * @param weights after it, [queries, keys]; 0 where a key is hidden
     */
    void attention(Object layer, int head, @Nullable Tensor scores, Tensor weights);

    /** {@return the number of sequences of a batch whose attention should be shown} */
    int attentionSequences();

    /**
     * Rows that a layer reads, where each position of a sequence is a row.
     *
     * @return the same rows, to be used in their place
     */
    Sequences rows(Object layer, Sequences rows);

    /**
     * A recurrent layer is about to be unrolled over a batch.
     *
     * @param cell the layer
     * @param matrices by name, those that a state is multiplied by to give a part of the next one,
     *     each [hidden, hidden]
     * @return told each step
     */
    Steps unrolling(Object cell, Map<String, Tensor> matrices);

    /** The place in a recurrence that a tensor belongs to. */
    enum Flow {
        /** The input of the step. */
        INPUT,
        /** The hidden state that goes into the step. */
        STATE_BEFORE,
        /** The memory that goes into the step. */
        MEMORY_BEFORE,
        /** The hidden state after the step, as the layers above and the next step use it. */
        STATE_AFTER,
        /** The memory after the step. */
        MEMORY_AFTER
    }

    /** The steps of one unrolling. */
    @FunctionalInterface
    interface Steps {
        /** Nobody looks. */
        Steps UNSEEN = (flow, step, x) -> x;

        /**
         * A tensor of a step.
         *
         * @param step from 0, in the order in which the layer reads
         * @param x a row for each sequence that has not ended, the longest first
         * @return the same numbers, to be used in its place
         */
        Tensor at(Flow flow, int step, Tensor x);
    }
}
