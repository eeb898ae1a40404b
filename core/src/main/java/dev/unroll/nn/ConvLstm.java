package dev.unroll.nn;

import dev.unroll.backend.Window;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/**
 * Convolutional long short-term memory (Shi et al. 2015, eq. 3, without the peepholes, whose
 * weights would fix the size of the pictures); ∗ is convolution.
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
public record ConvLstm(Convolution wx, Convolution wh)
        implements ConvolutionalCell<ConvLstm.State> {

    public ConvLstm {
        ConvGru.check("ConvLSTM", wx, 4 * wh.in());
        ConvGru.check("ConvLSTM", wh, 4 * wh.in());
    }

    /** Both [batch, height, width, hidden]. */
    public record State(Tensor h, Tensor c) {}

    /** A square kernel, odd; weights as in {@link Lstm#of}, by the inputs of a place. */
    public static ConvLstm of(int input, int hidden, int kernel, Seed seed) {
        Window window = Window.square(kernel).same();
        double bound = 1 / Math.sqrt((double) window.size() * hidden);
        float[] bias = new float[4 * hidden];
        Arrays.fill(bias, hidden, 2 * hidden, 1); // the forget gate starts open
        return new ConvLstm(
                new Convolution(
                        seed.at("wx").uniform(bound, kernel, kernel, input, 4 * hidden),
                        Parameter.of(bias, 4 * hidden),
                        window,
                        1),
                new Convolution(
                        seed.at("wh").uniform(bound, kernel, kernel, hidden, 4 * hidden),
                        null,
                        window,
                        1));
    }

    @Override
    public Tensor look(Tensor x) {
        return wx.forward(x);
    }

    @Override
    public State next(Tensor seen, State s) {
        Tensor[] z = seen.plus(wh.forward(s.h())).split(4); // 4 × [batch, height, width, hidden]
        Tensor i = z[0].sigmoid();
        Tensor f = z[1].sigmoid();
        Tensor g = z[2].tanh();
        Tensor o = z[3].sigmoid();
        Tensor c = f.times(s.c()).plus(i.times(g));
        return new State(o.times(c.tanh()), c);
    }

    @Override
    public Tensor output(State s) {
        return s.h();
    }

    @Override
    public State start(int batch, int height, int width) {
        return new State(
                Tensor.zeros(batch, height, width, hidden()),
                Tensor.zeros(batch, height, width, hidden()));
    }

    @Override
    public int hidden() {
        return wh.in();
    }
}
