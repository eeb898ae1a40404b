package dev.unroll.watch;

import java.util.Arrays;
import java.util.Map;

/**
 * How the gradient flows back through the steps of a sequence in one layer. Index k of an array is
 * the step that k others follow in its sequence: 0 is the last step that the layer reads. Norms are
 * root mean squares over the sequences of the batch that have such a step.
 *
 * @param layer its path in the model
 * @param input norm of the gradient with respect to the input of the step
 * @param state norm of the gradient that flows back through the hidden state h into the step
 *     before; empty for a layer without one
 * @param memory the same through the memory c; empty for a cell without one
 * @param gain norm of the gradient with respect to the state before the step (h and c together),
 *     divided by that with respect to the state after it: what the step keeps of the gradient; not
 *     a number where nothing flows
 * @param radii spectral radius of each recurrent matrix, by its name in the layer
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record SequenceFlow(
        String layer,
        double[] input,
        double[] state,
        double[] memory,
        double[] gain,
        Map<String, Double> radii) {
    public SequenceFlow {
        radii = Map.copyOf(radii);
    }

    /** {@return whether the layer passes a state from step to step} */
    public boolean recurrent() {
        return gain.length > 0;
    }

    /**
     * {@return the share of the gradient that is left after it has gone back some steps from the
     * end} It is the product of the gains; where the loss depends on the last state only, it equals
     * the norm of the gradient of that many steps before, divided by the norm at the last state.
     *
     * @param steps at most; fewer where the sequences are shorter
     */
    public double kept(int steps) {
        double kept = 1;
        for (int k = 0; k < Math.min(steps, gain.length); k++) {
            if (Double.isNaN(gain[k])) {
                break;
            }
            kept *= gain[k];
        }
        return kept;
    }

    /**
     * {@return how much of the gradient reaches the farther half of the inputs: the largest norm
     * among them, divided by the largest of all} It is 1 where the loss looks at each step by
     * itself; not a number where no input has a gradient.
     */
    public double felt() {
        double all = Arrays.stream(input).max().orElse(0);
        double far = Arrays.stream(input).skip(input.length / 2).max().orElse(0);
        return all > 0 ? far / all : Double.NaN;
    }

    /** {@return the geometric mean of the gains over some steps from the end} */
    public double meanGain(int steps) {
        int most = Math.min(steps, gain.length);
        return most == 0 ? Double.NaN : Math.pow(kept(most), 1.0 / most);
    }
}
