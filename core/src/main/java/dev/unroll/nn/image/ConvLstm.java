package dev.unroll.nn.image;

import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tensor.Tensor;

/**
 * Convolutional long short-term memory (Shi et al. 2015, eq. 3, without the peepholes, whose
 * weights would fix the size of the images); ∗ is convolution.
 *
 * <pre>
 *   i = σ(Wxi∗x + Whi∗h + bi)       f = σ(Wxf∗x + Whf∗h + bf)
 *   g = tanh(Wxg∗x + Whg∗h + bg)    o = σ(Wxo∗x + Who∗h + bo)
 *   c′ = f ⊙ c + i ⊙ g              h′ = o ⊙ tanh(c′)
 * </pre>
 *
 * @param wx input to 4·hidden channels, gates side by side: i, f, g, o; with bias
 * @param wh hidden to 4·hidden channels; without bias
 */
public record ConvLstm(Convolution wx, Convolution wh) implements ConvolutionalCell {

    public ConvLstm {
        ConvolutionalCells.requireSameSize("ConvLSTM", wx, 4 * wh.in());
        ConvolutionalCells.requireSameSize("ConvLSTM", wh, 4 * wh.in());
    }

    /** A square kernel, odd; weights as in {@link Lstm#of}, by the inputs of a place. */
    public static ConvLstm of(int input, int hidden, int kernel, Seed seed) {
        return new ConvLstm(
                ConvolutionalCells.convolution(
                        kernel, input, 4 * hidden, hidden, Lstm.bias(hidden), seed.at("wx")),
                ConvolutionalCells.convolution(
                        kernel, hidden, 4 * hidden, hidden, null, seed.at("wh")));
    }

    @Override
    public Tensor project(Tensor x) {
        return wx.forward(x);
    }

    @Override
    public CellState next(Tensor projected, CellState s) {
        Tensor gates = projected.plus(wh.forward(s.h()));
        Lstm.observe(this, gates);
        return Lstm.next(gates, s.c());
    }

    @Override
    public int hidden() {
        return wh.in();
    }

    @Override
    public int memory() {
        return hidden();
    }
}
