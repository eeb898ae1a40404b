package dev.unroll.train;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Updates;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * Adam with a weight decay that is decoupled from the gradient (Loshchilov and Hutter 2019,
 * algorithm 2). Weights of one dimension, which are biases and gains of norms, do not decay.
 *
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon added to the root
 * @param decay of the weights
 */
public record AdamW(double beta1, double beta2, double epsilon, double decay) implements Optimiser {
    static final String MEAN = "mean";
    static final String SQUARE = "square";

    public AdamW {
        if (!(beta1 >= 0 && beta1 < 1)
                || !(beta2 >= 0 && beta2 < 1)
                || !(epsilon > 0)
                || !(decay >= 0)) {
            throw new IllegalArgumentException(
                    "adamw: betas in [0, 1), epsilon above 0, decay from 0, not %s, %s, %s, %s"
                            .formatted(beta1, beta2, epsilon, decay));
        }
    }

    /** The settings of PyTorch: a decay of 0.01. */
    public static AdamW standard() {
        return new AdamW(0.9, 0.999, 1e-8, 0.01);
    }

    @Override
    public List<String> state() {
        return List.of(MEAN, SQUARE);
    }

    @Override
    public Tensor formula(Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step) {
        Tensor m = mix(beta1, state.get(MEAN), gradient);
        Tensor v = mix(beta2, state.get(SQUARE), gradient.square());
        state.set(MEAN, m);
        state.set(SQUARE, v);
        Tensor mean = m.times((float) (1 / (1 - Math.pow(beta1, step.number()))));
        Tensor square = v.times((float) (1 / (1 - Math.pow(beta2, step.number()))));
        Tensor direction = mean.dividedBy(square.sqrt().plus((float) epsilon));
        double kept = 1 - step.learningRate() * step.decay(decay);
        return weights.times((float) kept).minus(direction.times((float) step.learningRate()));
    }

    private static Tensor mix(double beta, Tensor old, Tensor now) {
        return old.times((float) beta).plus(now.times((float) (1 - beta)));
    }

    /** The formula in one pass. */
    @Override
    public void update(
            Parameter parameter, Tensor gradient, OptimiserState.Slots state, Step step) {
        Updates.Adam settings =
                new Updates.Adam(
                        (float) step.learningRate(),
                        (float) beta1,
                        (float) beta2,
                        (float) epsilon,
                        (float) step.decay(decay),
                        (float) step.scale(),
                        (float) step.limit(),
                        step.number());
        Backends.current()
                .updates()
                .adam(
                        settings,
                        parameter.value().view(),
                        gradient.view(),
                        state.get(MEAN).view(),
                        state.get(SQUARE).view());
    }
}
