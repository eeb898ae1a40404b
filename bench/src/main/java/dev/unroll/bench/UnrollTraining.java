package dev.unroll.bench;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Clip;
import dev.unroll.train.Optimiser;
import dev.unroll.train.OptimiserState;
import java.util.Map;
import java.util.function.Function;

/** Our side of a training: whole steps, as {@link dev.unroll.train.Training} takes them. */
public final class UnrollTraining implements Contestant {
    /** The settings of both sides: Adam with the paper's numbers, gradients clipped to norm 1. */
    public static final double RATE = 1e-3;

    private final Map<String, Parameter> parameters;
    private final Function<Mode, Tensor> loss;
    private final Optimiser optimiser = Adam.standard();
    private final OptimiserState state;
    private long step;

    public UnrollTraining(Map<String, Parameter> parameters, Function<Mode, Tensor> loss) {
        this.parameters = parameters;
        this.loss = loss;
        this.state = OptimiserState.of(optimiser, parameters);
    }

    @Override
    public double run() {
        Mode mode = new Mode.Training(1, ++step);
        return MemoryScope.run(
                () -> {
                    Gradients gradients = Gradients.of(() -> loss.apply(mode));
                    optimiser.step(parameters, gradients, state, RATE, Clip.norm(1), step);
                    return (double) gradients.loss();
                });
    }
}
