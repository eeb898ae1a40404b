package dev.unroll.train;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Updates;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * Stochastic gradient descent with momentum.
 *
 * @param momentum share of the last step that is taken again, in [0, 1); 0 for none
 * @param nesterov whether to look ahead (Sutskever et al. 2013, eq. 3 and 4)
 * @param decay of the weights, added to the gradient
 */
public record Sgd(double momentum, boolean nesterov, double decay) implements Optimiser {
    private static final String VELOCITY = "velocity";

    public Sgd {
        if (!(momentum >= 0 && momentum < 1) || !(decay >= 0)) {
            throw new IllegalArgumentException(
                    "sgd: momentum in [0, 1) and decay from 0, not %s and %s"
                            .formatted(momentum, decay));
        }
    }

    /** Without momentum and decay. */
    public static Sgd plain() {
        return new Sgd(0, false, 0);
    }

    @Override
    public List<String> state() {
        return List.of(VELOCITY);
    }

    @Override
    public Tensor formula(Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step) {
        Tensor d = gradient.plus(weights.times((float) step.decay(decay)));
        Tensor v = state.get(VELOCITY).times((float) momentum).plus(d);
        state.set(VELOCITY, v);
        Tensor direction = nesterov ? d.plus(v.times((float) momentum)) : v;
        return weights.minus(direction.times((float) step.learningRate()));
    }

    /** The formula in one pass. */
    @Override
    public void update(
            Parameter parameter, Tensor gradient, OptimiserState.Slots state, Step step) {
        Updates.Momentum settings =
                new Updates.Momentum(
                        (float) step.learningRate(),
                        (float) momentum,
                        nesterov,
                        (float) step.decay(decay),
                        (float) step.scale(),
                        (float) step.limit());
        Backends.current()
                .updates()
                .momentum(
                        settings,
                        parameter.value().view(),
                        gradient.view(),
                        state.get(VELOCITY).view());
    }
}
