package dev.unroll.nn.transformer;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Norm;
import dev.unroll.tensor.Sequences;
import java.util.function.UnaryOperator;

/**
 * The residual connection around a part f of a Transformer layer (He et al. 2016), with its norm.
 *
 * <pre>
 *   post-norm: y = norm(x + dropout(f(x)))   (Vaswani et al. 2017, section 3.1)
 *   pre-norm:  y = x + dropout(f(norm(x)))   (Xiong et al. 2020)
 * </pre>
 *
 * @param preNorm whether the norm comes before f instead of after the sum
 * @param norm along each row
 * @param dropout on the result of f
 */
public record Sublayer(boolean preNorm, Norm norm, Dropout dropout) {

    static Sublayer of(TransformerShape shape, Seed seed) {
        return new Sublayer(
                shape.block().preNorm(),
                Norm.of(shape.block().norm(), shape.width()),
                Dropout.of(shape.dropout(), seed));
    }

    /** The connection around f: x [tokens, width] gives [tokens, width]. */
    public Sequences around(Sequences x, UnaryOperator<Sequences> f, Mode mode) {
        Sequences fx = dropout.forward(f.apply(input(x)), mode);
        Sequences sum = x.with(x.rows().plus(fx.rows()));
        return preNorm ? sum : sum.with(norm.forward(sum.rows()));
    }

    /** The input of f: norm(x) where the norm comes first, else x. */
    Sequences input(Sequences x) {
        return preNorm ? x.with(norm.forward(x.rows())) : x;
    }
}
