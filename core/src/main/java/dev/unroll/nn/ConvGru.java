package dev.unroll.nn;

import dev.unroll.backend.Window;
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
        implements ConvolutionalCell<Tensor> {

    public ConvGru {
        check("ConvGRU", wx, 3 * gates.in());
        check("ConvGRU", gates, 2 * gates.in());
        check("ConvGRU", candidate, gates.in());
    }

    /** A square kernel, odd; weights as in {@link Gru#of}, by the inputs of a place. */
    public static ConvGru of(int input, int hidden, int kernel, Seed seed) {
        Window window = Window.square(kernel).same();
        double bound = 1 / Math.sqrt((double) window.size() * hidden);
        return new ConvGru(
                new Convolution(
                        seed.at("wx").uniform(bound, kernel, kernel, input, 3 * hidden),
                        Parameter.full(0, 3 * hidden),
                        window,
                        1),
                new Convolution(
                        seed.at("gates").uniform(bound, kernel, kernel, hidden, 2 * hidden),
                        null,
                        window,
                        1),
                new Convolution(
                        seed.at("candidate").uniform(bound, kernel, kernel, hidden, hidden),
                        null,
                        window,
                        1));
    }

    @Override
    public Tensor look(Tensor x) {
        return wx.forward(x);
    }

    @Override
    public Tensor next(Tensor seen, Tensor h) {
        Tensor[] xs = seen.split(3); // 3 × [batch, height, width, hidden]
        Tensor[] hs = gates.forward(h).split(2);
        Tensor r = xs[0].plus(hs[0]).sigmoid();
        Tensor z = xs[1].plus(hs[1]).sigmoid();
        Tensor n = xs[2].plus(candidate.forward(r.times(h))).tanh();
        return n.minus(z.times(n)).plus(z.times(h));
    }

    @Override
    public Tensor output(Tensor h) {
        return h;
    }

    @Override
    public Tensor start(int batch, int height, int width) {
        return Tensor.zeros(batch, height, width, hidden());
    }

    @Override
    public int hidden() {
        return gates.in();
    }

    /** The state must keep its size, so that every step can follow another. */
    static void check(String name, Convolution convolution, int out) {
        Window window = convolution.window();
        boolean keeps = window.rows(window.height()) == window.height();
        keeps &= window.columns(window.width()) == window.width();
        keeps &= window.down() == 1 && window.across() == 1;
        if (convolution.out() != out || !keeps) {
            throw new IllegalArgumentException(
                    "%s: %d channels through %s; %d are needed, and the picture keeps its size"
                            .formatted(name, convolution.out(), window, out));
        }
    }
}
