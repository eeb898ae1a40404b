package dev.unroll.nn.attention;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.mask.HeadMasks;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Observer;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Gather;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.ScaledDotProduct;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/**
 * Attention of a recurrent decoder: how well each state of the encoder fits a state of the decoder,
 * and the mean of the encoder's states weighted by that (the context).
 *
 * <pre>
 *   weights = softmax over the source of score(h, s)       context = Σ weights · s
 * </pre>
 */
public interface Alignment {

    /** The kinds of score. */
    enum Kind {
        /** {@link Dot} */
        DOT,
        /** {@link General} */
        GENERAL,
        /** {@link Additive} */
        ADDITIVE
    }

    /**
     * An alignment of a kind.
     *
     * @param decoder width of the decoder's states
     * @param encoder width of the rows attended to
     * @throws IllegalArgumentException if the kind is DOT and the widths differ
     */
    static Alignment of(Kind kind, int decoder, int encoder, Seed seed) {
        return switch (kind) {
            case DOT -> {
                if (decoder != encoder) {
                    throw new IllegalArgumentException(
                            "dot attention multiplies states of one width, and the decoder's have %d numbers, the rows attended to %d: use GENERAL or ADDITIVE, or make the widths equal"
                                    .formatted(decoder, encoder));
                }
                yield new Dot();
            }
            case GENERAL -> new General(seed.at("weight").glorot(decoder, encoder));
            case ADDITIVE ->
                    new Additive(
                            Linear.withoutBias(decoder, decoder, seed.at("query")),
                            Linear.of(encoder, decoder, seed.at("key")),
                            seed.at("score").glorot(decoder, 1));
        };
    }

    /**
     * The contexts: queries [to, decoder] attend to states [from, encoder] of their own sequences;
     * gives [to, encoder].
     */
    Tensor context(Sequences queries, Sequences states);

    /** {@link #context}, whose weights are shown to the observer if there is one. */
    default Tensor observedContext(Sequences queries, Sequences states) {
        Observer observer = Observation.current();
        if (observer != null) {
            ObservedAttention.tell(observer, this, queries, states);
        }
        return context(queries, states);
    }

    /**
     * The attention weight of each state for each query.
     *
     * @param states of one sequence, rows [from, encoder]
     * @return [to, from], each row sums to 1
     */
    Tensor attentionWeights(Sequences queries, Sequences states);

    /** score(h, s) = h·s (Luong et al. 2015, eq. 8). */
    record Dot() implements Alignment {
        @Override
        public Tensor context(Sequences queries, Sequences states) {
            if (queries.width() != states.width()) {
                throw new IllegalArgumentException(
                        "dot attention: states of %d and %d numbers; use GENERAL"
                                .formatted(queries.width(), states.width()));
            }
            int width = states.width();
            AttentionShape shape =
                    new AttentionShape(
                            queries.layout().offsets(),
                            states.layout().offsets(),
                            new int[queries.layout().batch()],
                            new AttentionHeads(1, 1, width, width, 1),
                            HeadMasks.NONE);
            return ScaledDotProduct.attend(queries.rows(), states.rows(), states.rows(), shape);
        }

        @Override
        public Tensor attentionWeights(Sequences queries, Sequences states) {
            return queries.rows().matmul(states.rows().transpose()).softmax();
        }
    }

    /**
     * score(h, s) = h·W·s (Luong et al. 2015, eq. 8).
     *
     * @param weight [decoder, encoder]
     */
    record General(Parameter weight) implements Alignment {
        @Override
        public Tensor context(Sequences queries, Sequences states) {
            return new Dot().context(queries.with(queries.rows().matmul(weight)), states);
        }

        @Override
        public Tensor attentionWeights(Sequences queries, Sequences states) {
            return new Dot().attentionWeights(queries.with(queries.rows().matmul(weight)), states);
        }
    }

    /**
     * score(h, s) = v·tanh(h·W + s·U + b) (Bahdanau et al. 2015, appendix A.1.2).
     *
     * @param query W [decoder, inside]
     * @param key U and b [encoder, inside]
     * @param score v [inside, 1]
     */
    record Additive(Linear query, Linear key, Parameter score) implements Alignment {
        @Override
        public Tensor context(Sequences queries, Sequences states) {
            Pairs pairs = Pairs.of(queries.layout(), states.layout());
            Tensor weighted =
                    states.rows().gather(pairs.state()).times(weights(queries, states, pairs));
            return Gather.sumInto(weighted, pairs.query(), queries.layout().tokens());
        }

        @Override
        public Tensor attentionWeights(Sequences queries, Sequences states) {
            Pairs pairs = Pairs.of(queries.layout(), states.layout());
            return weights(queries, states, pairs)
                    .reshape(queries.layout().tokens(), states.layout().tokens());
        }

        /** [pairs, 1] */
        private Tensor weights(Sequences queries, Sequences states, Pairs pairs) {
            Tensor q = query.forward(queries.rows()).gather(pairs.query()); // [pairs, inside]
            Tensor k = key.forward(states.rows()).gather(pairs.state()); // [pairs, inside]
            Tensor scores = q.plus(k).tanh().matmul(score); // [pairs, 1]
            return Softmax.overSequences(scores, pairs.byQuery());
        }
    }

    /**
     * Every query with every state of its sequence.
     *
     * @param query [pairs]
     * @param state [pairs]
     * @param byQuery the pairs of each query
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Pairs(int[] query, int[] state, Layout byQuery) {
        static Pairs of(Layout queries, Layout states) {
            int[] lengths = new int[queries.tokens()];
            int[] sequence = queries.sequences();
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = states.length(sequence[i]);
            }
            Layout byQuery = Layout.of(lengths);
            int[] query = byQuery.sequences();
            int[] state = byQuery.positions();
            for (int p = 0; p < state.length; p++) {
                state[p] += states.offsets()[sequence[query[p]]];
            }
            return new Pairs(query, state, byQuery);
        }
    }
}
