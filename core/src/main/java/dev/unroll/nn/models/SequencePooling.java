package dev.unroll.nn.models;

import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.SequenceReductions;
import dev.unroll.tensor.Gather;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/** Makes one row of the rows of each sequence: many to one. */
public interface SequencePooling {

    /** The kinds of pooling. */
    enum Kind {
        /** {@link Last} */
        LAST,
        /** {@link First} */
        FIRST,
        /** {@link Mean} */
        MEAN,
        /** {@link Attention} */
        ATTENTION
    }

    /** A pooling of rows of a width. */
    static SequencePooling of(Kind kind, int width, Seed seed) {
        return switch (kind) {
            case LAST -> new Last();
            case FIRST -> new First();
            case MEAN -> new Mean();
            case ATTENTION ->
                    new Attention(
                            Linear.of(width, width, seed.at("hidden")),
                            seed.at("query").glorot(width, 1));
        };
    }

    /**
     * One row for each sequence, [batch, width].
     *
     * @param states what an encoder gave
     * @throws IllegalArgumentException if a sequence is empty
     */
    Tensor forward(SequenceEncoder.States states);

    /** The state when all has been read, such as a recurrent network's last one. */
    record Last() implements SequencePooling {
        @Override
        public Tensor forward(SequenceEncoder.States states) {
            return states.last();
        }
    }

    /** The row of the first token. */
    record First() implements SequencePooling {
        @Override
        public Tensor forward(SequenceEncoder.States states) {
            Sequences x = states.rows();
            return x.rows().gather(SequenceReductions.first(x.layout()));
        }
    }

    /** The mean of the rows. */
    record Mean() implements SequencePooling {
        @Override
        public Tensor forward(SequenceEncoder.States states) {
            return SequenceReductions.mean(states.rows());
        }
    }

    /**
     * A mean whose weights are learnt (Yang et al. 2016, eq. 5 to 7):
     *
     * <pre>
     *   u = tanh(h·W + b)      α = softmax(u·q) over the sequence      s = Σ α·h
     * </pre>
     *
     * @param hidden W [width, width] and b
     * @param query q [width, 1]
     */
    record Attention(Linear hidden, Parameter query) implements SequencePooling {
        @Override
        public Tensor forward(SequenceEncoder.States states) {
            Sequences x = states.rows();
            SequenceReductions.requireRows(x.layout());
            return Gather.sumInto(
                    x.rows().times(weights(x)), x.layout().sequences(), x.layout().batch());
        }

        /** α, [tokens, 1]; those of a sequence sum to 1. */
        public Tensor weights(Sequences x) {
            Tensor u = hidden.forward(x.rows()).tanh(); // [tokens, width]
            return Softmax.overSequences(u.matmul(query), x.layout()); // [tokens, 1]
        }
    }
}
