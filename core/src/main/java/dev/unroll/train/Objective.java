package dev.unroll.train;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The goal of a training: the parameters to be trained, the batches and the loss, and where wanted
 * the metrics on a validation set.
 *
 * @param <B> a batch
 */
public interface Objective<B> {

    /**
     * The parameters to be trained, by name; {@code Parameters.of(model)} lists those of a model.
     */
    Map<String, Parameter> parameters();

    /**
     * The batches of an epoch, a pure function of its number: a resumed training asks again for the
     * epoch in which it was interrupted.
     *
     * @param epoch from 0
     */
    List<B> batches(int epoch);

    /**
     * The loss of a batch: a tensor of one number. The label smoothing is the mode's; whatever else
     * makes training harder belongs to {@link Mode.Training} alone. In {@link Mode#INFERENCE} the
     * loss is the plain one, so that it can be compared between trainings.
     */
    Tensor loss(B batch, Mode mode);

    /** The number of tokens of a batch, for the speed shown; 0 where it means nothing. */
    default int tokens(B batch) {
        return 0;
    }

    /**
     * How much the loss of a batch counts beside those of other batches of the same step, where a
     * training {@linkplain Training#accumulate accumulates} gradients: the number of targets, if
     * the loss is their mean. All alike if not overridden.
     */
    default double weight(B batch) {
        return 1;
    }

    /**
     * The learning rate of a parameter is the training's times this: lower, such as 0.1, for layers
     * that were trained before (Howard and Ruder 2018, section 3.2), and 0 for what stays as it is.
     * 1 if not overridden.
     *
     * @param parameter one of the names of {@link #parameters}
     */
    default double rate(String parameter) {
        return 1;
    }

    /**
     * Computes the metrics on examples that the model is not trained on. A loss among them is the
     * plain one, or its equivalent where answers are judged in another way, as masks are.
     *
     * @return metrics by name, always in the same order, as they are shown and logged; none if
     *     there is no validation
     */
    default Map<String, Double> validate() {
        return Map.of();
    }
}
