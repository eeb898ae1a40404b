package dev.unroll.own;

import dev.unroll.tensor.Tensor;
import dev.unroll.train.Optimiser;
import dev.unroll.train.OptimiserState;
import java.util.List;

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6e): an optimiser that is not Unroll's own, in one
 * file.
 *
 * <pre>
 *   v′ = ρ·v + (1 − ρ)·g²      w′ = w − η·g / (√v′ + ε)
 * </pre>
 *
 * @param rho the share of the running mean of squares that is kept, in [0, 1)
 * @param epsilon keeps the quotient finite
 */
public record RmsProp(double rho, double epsilon) implements Optimiser {
    @Override
    public List<String> state() {
        return List.of("square");
    }

    @Override
    public Tensor formula(Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step) {
        Tensor kept = state.get("square").times((float) rho);
        Tensor square = kept.plus(gradient.square().times((float) (1 - rho)));
        state.set("square", square);
        Tensor length = square.sqrt().plus((float) epsilon);
        return weights.minus(gradient.dividedBy(length).times((float) step.learningRate()));
    }
}
