package dev.unroll.train;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What is learnt: a model's parameters, its batches and its loss.
 *
 * @param <B> a batch
 */
public interface Lesson<B> {

    /** The parameters, by name. */
    Map<String, Parameter> parameters();

    /** The batches of an epoch; the same for the same number. */
    List<B> batches(int epoch);

    /**
     * The loss of a batch: one number. The label smoothing is the mode's; whatever else makes
     * training harder belongs to {@link Mode.Training} alone. In {@link Mode#INFERENCE} the loss is
     * the plain one, so that it can be compared between trainings.
     */
    Tensor loss(B batch, Mode mode);

    /** How much work a batch is, in tokens. */
    int tokens(B batch);

    /**
     * Measures the model on what it does not learn from. A loss among the figures is the plain one,
     * or what stands for it where answers are judged in another way, as masks are.
     *
     * @return figures by name, in an order that is always the same, as they are told and logged
     */
    Map<String, Double> measure();
}
