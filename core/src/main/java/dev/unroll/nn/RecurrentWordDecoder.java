package dev.unroll.nn;

import dev.unroll.tensor.FixedLinear;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Likeliest;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent network that writes. It starts from a state that is made of what was read. Without an
 * alignment it sees a summary of that again before every word (Cho et al. 2014); with one each of
 * its states looks at all rows that were read (Luong et al. 2015):
 *
 * <pre>
 *   h̃ = tanh([context; h]·Wc)       logits = h̃·Wᵀ + b
 * </pre>
 *
 * @param target a row for each token
 * @param dropout on embeddings, states and before the output: places 1, 2 and 3
 * @param bridges from what was read to the first states, one a layer
 * @param decoder reads forward
 * @param alignment none: all that it knows is the summary
 * @param combine Wc, from [context; h] to the output's width
 * @param output its weight may be the embedding's
 */
public record RecurrentWordDecoder(
        Embedding target,
        Dropout dropout,
        List<Linear> bridges,
        Recurrent decoder,
        @Nullable Alignment alignment,
        Linear combine,
        Output output)
        implements WordDecoder {

    /**
     * A decoder of a size.
     *
     * @param read numbers in a row of what is looked at
     */
    public static RecurrentWordDecoder of(
            CellFactory cells,
            RecurrentEncoderDecoder.Shape shape,
            int read,
            int vocabulary,
            Seed seed) {
        int hidden = shape.hidden();
        boolean attends = shape.alignment().isPresent();
        Embedding target = Embedding.of(vocabulary, shape.width(), 0.1, seed.at("target"));
        List<Linear> bridges = new ArrayList<>();
        for (int l = 0; l < shape.layers(); l++) {
            bridges.add(Linear.of(read, hidden, seed.at("bridge").at(l)));
        }
        return new RecurrentWordDecoder(
                target,
                Dropout.of(shape.dropout(), seed.at("dropout")),
                bridges,
                Recurrent.of(
                        cells,
                        attends ? shape.width() : shape.width() + hidden,
                        hidden,
                        shape.layers(),
                        false,
                        shape.dropout(),
                        seed.at("decoder")),
                shape.alignment()
                        .map(kind -> Alignment.of(kind, hidden, read, seed.at("alignment")))
                        .orElse(null),
                Linear.of((attends ? read : hidden) + hidden, shape.width(), seed.at("combine")),
                Output.tied(target));
    }

    /**
     * What is known before the first word.
     *
     * @param states what is looked at
     * @param first where the decoder starts from
     * @param summary of it, [batch, hidden]
     */
    record Known(Sequences states, Recurrent.States first, Tensor summary) {}

    /**
     * Gets ready to write.
     *
     * @param states what is looked at
     * @param ends for each layer, [batch, read]: what its first state is made of
     */
    Known known(Sequences states, List<Tensor> ends) {
        List<CellState> first = new ArrayList<>();
        Tensor top = Tensor.zeros(0);
        for (int l = 0; l < decoder.layers(); l++) {
            top = bridges.get(l).forward(ends.get(l)).tanh(); // [batch, hidden]
            first.add(decoder.forward().get(l).startFrom(top));
        }
        return new Known(states, new Recurrent.States(first, List.of()), top);
    }

    /** Every layer starts from the mean of the rows (Xu et al. 2015, section 3.1.2). */
    private Known known(Sequences memory) {
        Tensor mean = Ends.mean(memory);
        return known(memory, Collections.nCopies(decoder.layers(), mean));
    }

    /** The decoder's input: the word before, and without attention the summary. */
    private Tensor input(Tensor embedded, Tensor summary, int[] sequences) {
        return alignment == null ? Tensor.concat(1, embedded, summary.gather(sequences)) : embedded;
    }

    /** h̃ = tanh([context; h]·Wc): [to, width]. */
    private Tensor combined(Sequences h, Known known) {
        Tensor context =
                alignment == null
                        ? known.summary().gather(h.layout().sequences())
                        : alignment.context(h, known.states());
        return combine.forward(Tensor.concat(1, context, h.rows())).tanh();
    }

    /** The states after each word. */
    private Sequences states(Known known, Tokens before, Mode mode) {
        Sequences y = dropout.at(1).forward(target.forward(before), mode);
        Sequences x = y.with(input(y.rows(), known.summary(), y.layout().sequences()));
        return decoder.unroll(x, known.first(), mode).outputs();
    }

    /** The rows before the output: [to, width]. */
    Tensor decoded(Known known, Tokens before, Mode mode) {
        Sequences h = states(known, before, mode);
        Tensor seen = combined(dropout.at(2).forward(h, mode), known);
        return dropout.at(3).forward(seen, mode);
    }

    @Override
    public Tensor loss(Sequences memory, Tokens before, int[] after, Mode mode) {
        return output.loss(decoded(known(memory), before, mode), after, mode);
    }

    @Override
    public Tensor logits(Sequences memory, Tokens before, Mode mode) {
        return output.logits(decoded(known(memory), before, mode));
    }

    @Override
    public Writer writer() {
        FixedLinear words = words();
        return memory -> decode(known(memory), words);
    }

    @Override
    public Tensor looks(Sequences memory, Tokens before) {
        int from = memory.layout().tokens();
        Sequences h = states(known(memory), before, Mode.INFERENCE);
        return alignment == null
                ? Tensor.full(1f / from, h.layout().tokens(), from)
                : alignment.weights(h, memory);
    }

    /** The output, its weights laid out for few rows. */
    FixedLinear words() {
        return FixedLinear.of(output.weight().value().transpose(), output.bias().value());
    }

    EncoderDecoder.Decoding decode(Known known, FixedLinear words) {
        return new Stepwise(known, words);
    }

    /** Decoding with the hidden state passed from word to word. */
    private final class Stepwise implements EncoderDecoder.Decoding {
        private final Known known;
        private final RowsOfSentences rows;
        private final FixedLinear words;
        private Recurrent.States states;

        Stepwise(Known known, FixedLinear words) {
            this.known = known;
            this.rows = new RowsOfSentences(known.states().layout().batch());
            this.states = known.first();
            this.words = words;
        }

        private Tensor logits(int[] parents, int[] tokens) {
            Layout bySentence = rows.after(parents);
            Tensor x = input(target.forward(tokens), known.summary(), rows.sentences());
            states = decoder.step(x, states.gather(parents), Mode.INFERENCE);
            Tensor seen = combined(new Sequences(states.top(), bySentence), known);
            return words.forward(seen);
        }

        @Override
        public Tensor after(int[] parents, int[] tokens) {
            return logits(parents, tokens).logSoftmax();
        }

        @Override
        public Likeliest likeliest(int[] parents, int[] tokens, int count) {
            return Likeliest.of(logits(parents, tokens), count);
        }
    }
}
