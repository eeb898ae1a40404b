package dev.unroll.train;

import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), which is {@link AdamW} without decay.
 *
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon added to the root
 */
public record Adam(double beta1, double beta2, double epsilon) implements Optimiser {
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1) || !(epsilon > 0)) {
            throw new IllegalArgumentException(
                    "adam: betas in [0, 1) and epsilon above 0, not %s, %s, %s"
                            .formatted(beta1, beta2, epsilon));
        }
    }

    /** The paper's settings. */
    public static Adam standard() {
        return new Adam(0.9, 0.999, 1e-8);
    }

    private AdamW withoutDecay() {
        return new AdamW(beta1, beta2, epsilon, 0);
    }

    @Override
    public List<String> state() {
        return withoutDecay().state();
    }

    @Override
    public Tensor formula(Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step) {
        return withoutDecay().formula(weights, gradient, state, step);
    }

    /** The formula in one pass. */
    @Override
    public void update(
            Parameter parameter, Tensor gradient, OptimiserState.Slots state, Step step) {
        withoutDecay().update(parameter, gradient, state, step);
    }
}
