package dev.unroll.nn;

import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A learnt row of numbers for each token.
 *
 * @param weight [vocabulary, width]
 */
public record Embedding(Parameter weight) {

    /** Rows from the normal distribution with the given deviation. */
    public static Embedding of(int vocabulary, int width, double deviation, Seed seed) {
        return new Embedding(seed.at("weight").normal(deviation, vocabulary, width));
    }

    /** ids [tokens] give [tokens, width]. */
    public Tensor forward(int... ids) {
        return weight.value().gather(ids);
    }

    /** Token numbers give rows. */
    public Sequences forward(Tokens tokens) {
        return new Sequences(forward(tokens.ids()), tokens.layout());
    }

    /** Numbers in a row. */
    public int width() {
        return weight.shape().dim(1);
    }

    /** Number of tokens. */
    public int vocabulary() {
        return weight.shape().dim(0);
    }
}
