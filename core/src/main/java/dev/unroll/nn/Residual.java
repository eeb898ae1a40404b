package dev.unroll.nn;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * A way around a sublayer f (He et al. 2016), with its norm.
 *
 * <pre>
 *   post-norm: y = norm(x + f(x))   (Vaswani et al. 2017)
 *   pre-norm:  y = x + f(norm(x))   (Xiong et al. 2020)
 * </pre>
 *
 * The layer computes f between the two halves: {@code y = around.out(x, f(around.in(x)), mode)}.
 */
public record Residual(boolean preNorm, Norm norm, Dropout dropout) {

    static Residual of(TransformerShape shape, Seed seed) {
        return new Residual(
                shape.preNorm(),
                Norm.of(shape.norm(), shape.width()),
                Dropout.of(shape.dropout(), seed));
    }

    /** What f sees of x, rows by themselves. */
    Tensor in(Tensor x) {
        return preNorm ? norm.forward(x) : x;
    }

    /** x and what f made of it, rows by themselves, nothing left out. */
    Tensor out(Tensor x, Tensor f) {
        Tensor sum = x.plus(f);
        return preNorm ? sum : norm.forward(sum);
    }

    /** What f sees of x. */
    public Sequences in(Sequences x) {
        return preNorm ? x.with(norm.forward(x.rows())) : x;
    }

    /** x and what f made of it. */
    public Sequences out(Sequences x, Sequences f, Mode mode) {
        Sequences sum = x.with(x.rows().plus(dropout.forward(f.rows(), mode)));
        return preNorm ? sum : sum.with(norm.forward(sum.rows()));
    }
}
