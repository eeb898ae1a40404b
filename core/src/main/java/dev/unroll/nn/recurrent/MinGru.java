package dev.unroll.nn.recurrent;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * The minimal gated recurrent unit, minGRU (Feng et al. 2024, "Were RNNs all we needed?", section
 * 3.1, in its vanilla form): a {@link Gru} whose gates do not see the state, without reset gate and
 * without tanh.
 *
 * <pre>
 *   z = σ(x·Wz + bz)      n = x·Wn + bn      h′ = (1 − z) ⊙ h + z ⊙ n
 * </pre>
 *
 * <p>The paper writes n as h̃. Its z is the share of the new; that of {@link Gru} is the share of
 * the old. The paper's second form, which computes logarithms of the states and keeps the states
 * positive by a function of n (appendix B), is not offered.
 *
 * @param w [input, 2·hidden], side by side: z, n
 * @param b [2·hidden]
 */
public record MinGru(Parameter w, Parameter b) implements LinearCell {

    /** Weights evenly from ±1/√input, as PyTorch has them in a linear layer; biases 0. */
    public static MinGru of(int input, int hidden, Seed seed) {
        Sizes.check("mingru", "input", input, "hidden", hidden);
        double bound = 1 / Math.sqrt(input);
        return new MinGru(
                seed.at("w").uniform(bound, input, 2 * hidden), Parameter.full(0, 2 * hidden));
    }

    @Override
    public Terms terms(Tensor gates) {
        Tensor[] sums = gates.split(2); // 2 × [rows, hidden]
        Observation.activation(this, "update gate", Unary.SIGMOID, sums[0]);
        Tensor z = sums[0].sigmoid();
        return new Terms(z.complement(), z.times(sums[1]));
    }

    @Override
    public int hidden() {
        return b.size() / 2;
    }
}
