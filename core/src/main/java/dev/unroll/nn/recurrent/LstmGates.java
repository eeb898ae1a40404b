package dev.unroll.nn.recurrent;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Observation.Gate;
import java.util.ArrayList;
import java.util.List;

/**
 * The gates of an {@link LstmVariant}: the function of the input gate, and the gates that are left
 * out (Greff et al. 2017). A gate that is left out is 1, always open, and has no weights.
 *
 * @param input the function of the input gate i
 * @param forget whether there is a forget gate f; without it the memory only adds up, as in the
 *     LSTM of Hochreiter and Schmidhuber (1997)
 * @param output whether there is an output gate o
 */
public record LstmGates(Input input, boolean forget, boolean output) {

    /** All three gates with the logistic function: the gates of {@link Lstm}. */
    public static final LstmGates STANDARD = new LstmGates(Input.SIGMOID, true, true);

    /** i = 1: every candidate is added in full (NIG of Greff et al.). */
    public static final LstmGates WITHOUT_INPUT_GATE = STANDARD.input(Input.OPEN);

    /** f = 1: nothing is forgotten, the form of 1997 (NFG of Greff et al.). */
    public static final LstmGates WITHOUT_FORGET_GATE = new LstmGates(Input.SIGMOID, false, true);

    /** o = 1: the whole memory is shown (NOG of Greff et al.). */
    public static final LstmGates WITHOUT_OUTPUT_GATE = new LstmGates(Input.SIGMOID, true, false);

    /** i = 1 − f: as much is added as is forgotten (CIFG of Greff et al., who write f = 1 − i). */
    public static final LstmGates COUPLED = STANDARD.input(Input.COUPLED);

    /** What the input gate may be; z is its sum x·Wxi + h·Whi + bi. */
    public enum Input {
        /** i = σ(z), between 0 and 1 */
        SIGMOID,
        /** i = max(z, 0), which has no upper end */
        RELU,
        /** i = tanh z, between −1 and 1: it can also turn the candidate's sign */
        TANH,
        /** i = log(1 + eᶻ), a smooth ReLU */
        SOFTPLUS,
        /** i = 1: left out */
        OPEN,
        /** i = 1 − f: without weights of its own */
        COUPLED;

        boolean hasWeights() {
            return this != OPEN && this != COUPLED;
        }

        private Unary function() {
            return switch (this) {
                case SIGMOID -> Unary.SIGMOID;
                case RELU -> Unary.RELU;
                case TANH -> Unary.TANH;
                case SOFTPLUS -> Unary.SOFTPLUS;
                case OPEN, COUPLED -> throw new IllegalStateException(this + " has no weights");
            };
        }
    }

    public LstmGates {
        if (input == Input.COUPLED && !forget) {
            throw new IllegalArgumentException(
                    "lstm: an input gate that is coupled is 1 − f, and without a forget gate f is 1,"
                            + " so that nothing would ever be remembered; keep the forget gate");
        }
    }

    /** {@return these gates with another input gate} */
    public LstmGates input(Input other) {
        return new LstmGates(other, forget, output);
    }

    /** {@return the gates that have weights, and the candidate, in the order of their weights} */
    List<Gate> parts() {
        List<Gate> parts = new ArrayList<>();
        if (input.hasWeights()) {
            parts.add(new Gate("input gate", input.function()));
        }
        if (forget) {
            parts.add(new Gate("forget gate", Unary.SIGMOID));
        }
        parts.add(new Gate("candidate", Unary.TANH));
        if (output) {
            parts.add(new Gate("output gate", Unary.SIGMOID));
        }
        return parts;
    }

    /** {@return how many sums x·W + h·W + b a step computes} */
    int sums() {
        return parts().size();
    }

    /** {@return which of them is the forget gate's} */
    int forgetSum() {
        return input.hasWeights() ? 1 : 0;
    }
}
