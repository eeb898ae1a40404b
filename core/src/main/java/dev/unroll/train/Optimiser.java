package dev.unroll.train;

import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A rule by which parameters follow their gradients. An optimiser is a value and holds no state;
 * the tensors that it carries from step to step are an {@link OptimiserState}, passed along.
 *
 * <p>An optimiser of your own is its {@link #formula} and the names of its state. An optimiser with
 * a fused kernel overrides {@link #update} as well and computes the same.
 */
public interface Optimiser {

    /**
     * The names of the tensors that are kept for each parameter, each of the parameter's shape and
     * 0 at first; empty if nothing is remembered.
     */
    List<String> state();

    /**
     * The next weights of one parameter, in tensor operations.
     *
     * @param weights of any shape
     * @param gradient of the same shape, clipped
     * @param state the parameter's state; the formula replaces what it remembers
     * @return the new weights, of the same shape
     */
    Tensor formula(Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step);

    /**
     * Changes one parameter in place.
     *
     * @param gradient of the parameter's shape, not clipped yet
     */
    default void update(
            Parameter parameter, Tensor gradient, OptimiserState.Slots state, Step step) {
        Tensor next = formula(parameter.value(), step.clipped(gradient), state, step);
        OptimiserState.replace(parameter, next, "the formula's weights");
    }

    /**
     * The settings of one step of one parameter.
     *
     * @param number of the step, from 1
     * @param learningRate of the step
     * @param scale factor of the gradient, by which its norm is clipped
     * @param limit ± of each number of the gradient after that; infinity for none
     * @param decays whether the parameter's weights decay: those of one dimension, which are biases
     *     and gains of norms, do not
     */
    record Step(long number, double learningRate, double scale, double limit, boolean decays) {

        /** The weight decay of this parameter: the optimiser's, or 0. */
        public double decay(double decay) {
            return decays ? decay : 0;
        }

        /** The gradient, scaled and cut. */
        public Tensor clipped(Tensor gradient) {
            Tensor scaled = gradient.times((float) scale);
            return limit == Double.POSITIVE_INFINITY
                    ? scaled
                    : scaled.minimum(Tensor.scalar((float) limit))
                            .maximum(Tensor.scalar((float) -limit));
        }
    }

    /**
     * {@link #step(Map, Gradients, OptimiserState, ToDoubleFunction, Clip, long)} with one rate.
     */
    default double step(
            Map<String, Parameter> parameters,
            Gradients gradients,
            OptimiserState state,
            double learningRate,
            Clip clip,
            long step) {
        return step(parameters, gradients, state, name -> learningRate, clip, step);
    }

    /**
     * Changes all parameters in place that have a gradient and are not frozen.
     *
     * @param parameters by name
     * @param state made by {@link OptimiserState#of} for these parameters; changed in place
     * @param learningRate of each parameter, by its name
     * @param step number of this step, from 1
     * @return the norm of the gradients before clipping
     * @throws NonFiniteException if a gradient is not a number or infinite; nothing has changed
     */
    default double step(
            Map<String, Parameter> parameters,
            Gradients gradients,
            OptimiserState state,
            ToDoubleFunction<String> learningRate,
            Clip clip,
            long step) {
        double norm = gradients.norm(new LinkedHashSet<>(parameters.values()));
        if (!Double.isFinite(norm)) {
            throw NonFiniteException.ofGradients(norm, step, parameters, gradients);
        }
        double scale = clip.factor(norm);
        parameters.forEach(
                (name, parameter) -> {
                    if (gradients.has(parameter) && !parameter.isFrozen()) {
                        boolean decays = parameter.shape().rank() > 1;
                        update(
                                parameter,
                                gradients.of(parameter),
                                state.of(name),
                                new Step(
                                        step,
                                        learningRate.applyAsDouble(name),
                                        scale,
                                        clip.limit(),
                                        decays));
                    }
                });
        return norm;
    }
}
