package dev.unroll.nn.recurrent;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/**
 * The minimal long short-term memory, minLSTM (Feng et al. 2024, "Were RNNs all we needed?",
 * section 3.2, in its vanilla form): an {@link Lstm} whose gates do not see the state, without
 * output gate, memory and tanh. Its two gates are divided by their sum, so that the size of the
 * state does not depend on the length of the sequence.
 *
 * <pre>
 *   f = σ(x·Wf + bf)      i = σ(x·Wi + bi)      n = x·Wn + bn
 *   f̂ = f / (f + i)       î = i / (f + i)       h′ = f̂ ⊙ h + î ⊙ n
 * </pre>
 *
 * <p>The paper writes f′, i′ and h̃ for f̂, î and n. Where both gates are below 10⁻³⁰, all of the
 * state is replaced. The paper's second form, which computes logarithms of the states and keeps the
 * states positive by a function of n (appendix B), is not offered.
 *
 * @param w [input, 3·hidden], side by side: f, i, n
 * @param b [3·hidden]; the forget gate starts more open than the input gate
 */
public record MinLstm(Parameter w, Parameter b) implements LinearCell {
    /** Two gates that are closed to the last bit do not divide 0 by 0. */
    private static final float CLOSED = 1e-30f;

    /**
     * Weights evenly from ±1/√input, as PyTorch has them in a linear layer; bias 0, 1 on the forget
     * gate, as in {@link Lstm}.
     */
    public static MinLstm of(int input, int hidden, Seed seed) {
        Sizes.check("minlstm", "input", input, "hidden", hidden);
        double bound = 1 / Math.sqrt(input);
        float[] bias = new float[3 * hidden];
        Arrays.fill(bias, 0, hidden, 1);
        return new MinLstm(
                seed.at("w").uniform(bound, input, 3 * hidden), Parameter.of(bias, 3 * hidden));
    }

    @Override
    public Terms terms(Tensor gates) {
        Tensor[] sums = gates.split(3); // 3 × [rows, hidden]
        Observation.activation(this, "forget gate", Unary.SIGMOID, sums[0]);
        Observation.activation(this, "input gate", Unary.SIGMOID, sums[1]);
        Tensor f = sums[0].sigmoid();
        Tensor i = sums[1].sigmoid();
        Tensor keep = f.dividedBy(f.plus(i).plus(CLOSED));
        return new Terms(keep, keep.complement().times(sums[2])); // î = 1 − f̂
    }

    @Override
    public int hidden() {
        return b.size() / 3;
    }
}
