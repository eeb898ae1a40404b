package dev.unroll.train;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Updates;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * How parameters follow their gradients. An optimiser is a value; what it remembers from step to
 * step are {@link Moments}, passed along.
 */
public sealed interface Optimiser {

    /** The weights' decay a step, as a share of the learning rate. */
    double decay();

    /** Changes one parameter in place. */
    void update(
            Parameter parameter,
            Tensor gradient,
            Moments.Pair moments,
            double rate,
            double decay,
            double scale,
            double limit,
            long step);

    /**
     * Changes all parameters in place. Weights of one dimension, which are biases and gains of
     * norms, do not decay.
     *
     * @param parameters by name
     * @param step number of this step, from 1
     * @return the norm of the gradients before clipping
     * @throws ArithmeticException if a gradient is not a number or infinite; nothing has changed
     */
    default double step(
            Map<String, Parameter> parameters,
            Gradients gradients,
            Moments moments,
            double rate,
            Clip clip,
            long step) {
        double norm = gradients.norm(new LinkedHashSet<>(parameters.values()));
        if (!Double.isFinite(norm)) {
            throw new ArithmeticException(
                    "step %d: the norm of the gradients is %s; lower the learning rate or clip"
                            .formatted(step, norm));
        }
        double scale = clip.scale(norm);
        parameters.forEach(
                (name, parameter) -> {
                    if (gradients.has(parameter)) {
                        double decay = parameter.shape().rank() > 1 ? decay() : 0;
                        update(
                                parameter,
                                gradients.of(parameter),
                                moments.of(name),
                                rate,
                                decay,
                                scale,
                                clip.value(),
                                step);
                    }
                });
        return norm;
    }

    /**
     * What an optimiser remembers, by the parameter's name.
     *
     * @param pairs two tensors of each parameter's shape
     */
    record Moments(Map<String, Pair> pairs) {
        /** Mean and mean square, or velocity and nothing. */
        public record Pair(Tensor first, Tensor second) {}

        /** Zeros. */
        public static Moments of(Map<String, Parameter> parameters) {
            Map<String, Pair> pairs = new LinkedHashMap<>();
            parameters.forEach(
                    (name, p) ->
                            pairs.put(
                                    name,
                                    new Pair(
                                            Tensor.zeros(p.shape().dims()),
                                            Tensor.zeros(p.shape().dims()))));
            return new Moments(pairs);
        }

        Pair of(String name) {
            Pair pair = pairs.get(name);
            if (pair == null) {
                throw new IllegalArgumentException("no moments for parameter " + name);
            }
            return pair;
        }
    }

    /**
     * Gradient descent with momentum.
     *
     * @param momentum share of the last step that is taken again; 0 for none
     * @param nesterov look ahead (Sutskever et al. 2013, eq. 3 and 4)
     * @param decay of the weights
     */
    record Sgd(double momentum, boolean nesterov, double decay) implements Optimiser {
        public Sgd {
            if (!(momentum >= 0 && momentum < 1) || !(decay >= 0)) {
                throw new IllegalArgumentException(
                        "sgd: momentum in [0, 1) and decay from 0, not %s and %s"
                                .formatted(momentum, decay));
            }
        }

        @Override
        public void update(
                Parameter parameter,
                Tensor gradient,
                Moments.Pair moments,
                double rate,
                double decayHere,
                double scale,
                double limit,
                long step) {
            Backends.current()
                    .updates()
                    .momentum(
                            new Updates.Momentum(
                                    (float) rate,
                                    (float) momentum,
                                    nesterov,
                                    (float) decayHere,
                                    (float) scale,
                                    (float) limit),
                            parameter.value().view(),
                            gradient.view(),
                            moments.first().view());
        }
    }

    /**
     * Adam (Kingma and Ba 2015); with decay AdamW, whose decay is apart from the gradient
     * (Loshchilov and Hutter 2019).
     *
     * @param beta1 decay of the mean
     * @param beta2 decay of the mean square
     * @param epsilon added to the root
     * @param decay of the weights
     */
    record Adam(double beta1, double beta2, double epsilon, double decay) implements Optimiser {
        public Adam {
            if (!(beta1 >= 0 && beta1 < 1)
                    || !(beta2 >= 0 && beta2 < 1)
                    || !(epsilon > 0)
                    || !(decay >= 0)) {
                throw new IllegalArgumentException(
                        "adam: betas in [0, 1), epsilon above 0, decay from 0, not %s, %s, %s, %s"
                                .formatted(beta1, beta2, epsilon, decay));
            }
        }

        /** The paper's settings. */
        public static Adam standard() {
            return new Adam(0.9, 0.999, 1e-8, 0);
        }

        @Override
        public void update(
                Parameter parameter,
                Tensor gradient,
                Moments.Pair moments,
                double rate,
                double decayHere,
                double scale,
                double limit,
                long step) {
            Backends.current()
                    .updates()
                    .adam(
                            new Updates.Adam(
                                    (float) rate,
                                    (float) beta1,
                                    (float) beta2,
                                    (float) epsilon,
                                    (float) decayHere,
                                    (float) scale,
                                    (float) limit,
                                    step),
                            parameter.value().view(),
                            gradient.view(),
                            moments.first().view(),
                            moments.second().view());
        }
    }
}
