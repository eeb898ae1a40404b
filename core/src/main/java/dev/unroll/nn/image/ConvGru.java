package dev.unroll.nn.image;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * Convolutional gated recurrent unit (Ballas et al. 2016, eq. 9 to 12); ∗ is convolution. As in
 * {@link Gru}, z keeps the old state, where the paper's z takes the new one.
 *
 * <pre>
 *   r = σ(Wxr∗x + Whr∗h + br)       z = σ(Wxz∗x + Whz∗h + bz)
 *   n = tanh(Wxn∗x + Whn∗(r ⊙ h) + bn)
 *   h′ = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 *
 * @param wx input to 3·hidden channels, side by side: r, z, n; with bias
 * @param gates hidden to 2·hidden channels: r, z; without bias
 * @param candidate hidden to hidden channels: n; without bias
 */
public record ConvGru(Convolution wx, Convolution gates, Convolution candidate)
        implements ConvolutionalCell {

    public ConvGru {
        ConvolutionalCells.requireSameSize("ConvGRU", wx, 3 * gates.in());
        ConvolutionalCells.requireSameSize("ConvGRU", gates, 2 * gates.in());
        ConvolutionalCells.requireSameSize("ConvGRU", candidate, gates.in());
    }

    /** A square kernel, odd; weights as in {@link Gru#of}, by the inputs of a place. */
    public static ConvGru of(int input, int hidden, int kernel, Seed seed) {
        return new ConvGru(
                ConvolutionalCells.convolution(
                        kernel,
                        input,
                        3 * hidden,
                        hidden,
                        Parameter.full(0, 3 * hidden),
                        seed.at("wx")),
                ConvolutionalCells.convolution(
                        kernel, hidden, 2 * hidden, hidden, null, seed.at("gates")),
                ConvolutionalCells.convolution(
                        kernel, hidden, hidden, hidden, null, seed.at("candidate")));
    }

    @Override
    public Tensor project(Tensor x) {
        return wx.forward(x);
    }

    @Override
    public CellState next(Tensor projected, CellState state) {
        Tensor h = state.h();
        Tensor[] xs = projected.split(3); // 3 × [batch, height, width, hidden]
        Tensor[] hs = gates.forward(h).split(2);
        Tensor reads = xs[0].plus(hs[0]);
        Tensor keeps = xs[1].plus(hs[1]);
        Tensor r = reads.sigmoid();
        Tensor z = keeps.sigmoid();
        Tensor proposed = xs[2].plus(candidate.forward(r.times(h)));
        Tensor n = proposed.tanh();
        Observation.activation(this, "reset gate", Unary.SIGMOID, reads);
        Observation.activation(this, "update gate", Unary.SIGMOID, keeps);
        Observation.activation(this, "candidate", Unary.TANH, proposed);
        return new CellState(n.minus(z.times(n)).plus(z.times(h)));
    }

    @Override
    public int hidden() {
        return gates.in();
    }
}
