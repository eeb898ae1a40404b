package dev.unroll.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in one observed pass, forward and back, over one batch.
 *
 * @param step of the training that the batch belongs to; 0 outside a training
 * @param loss of the batch
 * @param gradientNorm Euclidean norm of the gradients of all parameters together, before clipping
 * @param clipping of the steps since the last diagnosis; null outside a training
 * @param parameters each with the norms of its weights and gradient
 * @param sequences recurrent layers, and Transformer layers, with the gradients by time step
 * @param activations of gates and units
 * @param heads of attention
 */
public record Diagnosis(
        long step,
        double loss,
        double gradientNorm,
        @Nullable Clipping clipping,
        List<ParameterFlow> parameters,
        List<SequenceFlow> sequences,
        List<ActivationShares> activations,
        List<HeadFocus> heads) {
    public Diagnosis {
        parameters = List.copyOf(parameters);
        sequences = List.copyOf(sequences);
        activations = List.copyOf(activations);
        heads = List.copyOf(heads);
    }

    /** {@return the same with the clipping of a training's steps} */
    public Diagnosis with(Clipping other) {
        return new Diagnosis(
                step, loss, gradientNorm, other, parameters, sequences, activations, heads);
    }

    /** {@return the findings, the worst first; one that says healthy if there are no others} */
    public List<Verdict> verdicts() {
        return Verdict.of(this);
    }

    /** {@return the findings in a line, with their numbers} */
    public String summary() {
        return Summary.line(this);
    }

    /**
     * Clipping of gradients by their norm.
     *
     * @param steps how many were counted
     * @param clipped of them, those whose gradients were scaled down
     * @param factor the median of the factors of the clipped ones; 1 if there are none
     */
    public record Clipping(long steps, long clipped, double factor) {

        /** {@return the share of steps that were clipped, 0 to 1} */
        public double share() {
            return steps == 0 ? 0 : (double) clipped / steps;
        }
    }

    /**
     * A parameter.
     *
     * @param name in the model
     * @param shape sizes of its dimensions
     * @param weight Euclidean norm of its numbers
     * @param gradient Euclidean norm of its gradient before clipping; 0 if the loss does not depend
     *     on it
     * @param update Euclidean norm of what the step changed; null where no step was done
     */
    public record ParameterFlow(
            String name,
            List<Integer> shape,
            double weight,
            double gradient,
            @Nullable Double update) {
        public ParameterFlow {
            shape = List.copyOf(shape);
        }

        /** {@return whether it is a matrix or has more dimensions, unlike biases and gains} */
        public boolean matrix() {
            return shape.size() > 1;
        }
    }

    /**
     * The values that a function was applied to.
     *
     * @param layer its path in the model
     * @param name within the layer, such as {@code forget gate}
     * @param function such as {@code sigmoid}
     * @param low share of values at the function's lower end: a sigmoid of at most 0.05, a tanh of
     *     at most −0.95, a ReLU of 0, of others a slope below 0.01
     * @param high share at its upper end: a sigmoid of at least 0.95, a tanh of at least 0.95
     * @param units how many a row has
     * @param dead units of a ReLU that were 0 for every row, of others those whose slope was below
     *     0.01 for every row; a sigmoid or a tanh has none
     */
    public record ActivationShares(
            String layer,
            String name,
            String function,
            double low,
            double high,
            int units,
            int dead) {

        /** {@return the share of units that are dead, 0 to 1} */
        public double deadShare() {
            return units == 0 ? 0 : (double) dead / units;
        }
    }

    /**
     * One head of attention.
     *
     * @param layer its path in the model
     * @param head from 0
     * @param entropy mean over the queries of −Σ w·ln w / ln(keys that the query sees): 0 where
     *     each looks at one key, 1 where each looks at all alike; not a number if no query sees two
     *     keys
     * @param meanScore mean absolute score before the softmax; not a number where a layer does not
     *     say
     * @param largestScore the largest absolute score, likewise
     */
    public record HeadFocus(
            String layer, int head, double entropy, double meanScore, double largestScore) {}
}
