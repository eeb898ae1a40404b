package dev.unroll.nn.models;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.SequenceReductions;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent network that writes. It starts from a state that is made of what was read: of the
 * last states of a recurrent encoder (layer by layer if there are as many layers, else all of the
 * top one's), else of the mean of the rows (Xu et al. 2015, section 3.1.2), of no rows zeros.
 * Without an alignment it sees a summary of that again before every token (Cho et al. 2014); with
 * one, each of its states attends to all rows of the source (Luong et al. 2015):
 *
 * <pre>
 *   h̃ = tanh([context; h]·Wc)       logits = h̃·Wᵀ + b
 * </pre>
 *
 * @param embedding a row for each token
 * @param dropout on embeddings, states and before the output: places 1, 2 and 3
 * @param bridges from what was read to the first states, one a layer
 * @param layers read forward
 * @param alignment none: all that it knows is the summary
 * @param combine Wc, from [context; h] to the output's width
 * @param output its weight may be the embedding's
 */
public record RecurrentSequenceDecoder(
        Embedding embedding,
        Dropout dropout,
        List<Linear> bridges,
        Recurrent layers,
        @Nullable Alignment alignment,
        Linear combine,
        Output output)
        implements SequenceDecoder {

    /**
     * A decoder of a size.
     *
     * @param read numbers in a row of the memory, such as {@link Encoder#width}
     */
    public static RecurrentSequenceDecoder of(
            CellFactory cells, RecurrentShape shape, int read, int vocabulary, Seed seed) {
        int hidden = shape.hidden();
        boolean attends = shape.alignment().isPresent();
        Embedding embedding = Embedding.of(vocabulary, shape.width(), 0.1, seed.at("target"));
        List<Linear> bridges = new ArrayList<>();
        for (int l = 0; l < shape.layers(); l++) {
            bridges.add(Linear.of(read, hidden, seed.at("bridge").at(l)));
        }
        return new RecurrentSequenceDecoder(
                embedding,
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
                Output.tied(embedding));
    }

    /**
     * The rows that are attended to, and the state before the first token.
     *
     * @param rows what is attended to
     * @param first where the layers start from
     * @param summary of it, [batch, hidden]
     */
    private record Known(Sequences rows, Recurrent.States first, Tensor summary) {}

    private Known known(Memory memory) {
        List<Tensor> ends = ends(memory);
        List<CellState> first = new ArrayList<>();
        Tensor top = Tensor.zeros(0);
        for (int l = 0; l < layers.layers(); l++) {
            top = bridges.get(l).forward(ends.get(l)).tanh(); // [batch, hidden]
            first.add(layers.forward().get(l).startFrom(top));
        }
        return new Known(memory.rows(), new Recurrent.States(first, List.of()), top);
    }

    /** The rows from which the bridge makes the first state of each layer, [batch, read]. */
    private List<Tensor> ends(Memory memory) {
        int read = bridges.getFirst().in();
        if (memory.rows().width() != read) {
            throw new IllegalArgumentException(
                    "decoder: the memory's rows have %d numbers, and this decoder reads rows of %d: build it for the encoder's width, or project the rows first by a Linear from %d to %d"
                            .formatted(memory.rows().width(), read, memory.rows().width(), read));
        }
        List<Tensor> last = memory.last();
        if (last.isEmpty()) {
            Tensor mean = SequenceReductions.meanOrZeros(memory.rows());
            return Collections.nCopies(layers.layers(), mean);
        }
        return last.size() == layers.layers()
                ? last
                : Collections.nCopies(layers.layers(), last.getLast());
    }

    /** The layers' input: the token before, and without attention the summary. */
    private Tensor input(Tensor embedded, Tensor summary, int[] sequences) {
        return alignment == null ? Tensor.concat(1, embedded, summary.gather(sequences)) : embedded;
    }

    /** h̃ = tanh([context; h]·Wc): [to, width]. */
    private Tensor combined(Sequences h, Known known) {
        Tensor context =
                alignment == null
                        ? known.summary.gather(h.layout().sequences())
                        : alignment.observedContext(h, known.rows);
        Tensor z = combine.forward(Tensor.concat(1, context, h.rows()));
        Observation.activation(combine, "state", Unary.TANH, z);
        return z.tanh();
    }

    /** The states after each token. */
    private Sequences states(Known known, Tokens before, Mode mode) {
        Sequences y = dropout.at(1).forward(embedding.forward(before), mode);
        Sequences x = y.with(input(y.rows(), known.summary, y.layout().sequences()));
        return layers.unroll(x, known.first, mode).outputs();
    }

    @Override
    public Tensor forward(Memory memory, Tokens before, Mode mode) {
        Known known = known(memory);
        Sequences h = dropout.at(2).forward(states(known, before, mode), mode);
        return dropout.at(3).forward(combined(h, known), mode);
    }

    /** The alignment's weights; without one, the same for every row. */
    @Override
    public Tensor attentionWeights(Memory memory, Tokens before) {
        int from = memory.rows().layout().tokens();
        Sequences h = states(known(memory), before, Mode.INFERENCE);
        return alignment == null
                ? Tensor.full(1f / from, h.layout().tokens(), from)
                : alignment.attentionWeights(h, memory.rows());
    }

    @Override
    public Decoding decode(Memory memory) {
        return new Stepwise(known(memory));
    }

    /** Decoding with the hidden state passed from token to token. */
    private final class Stepwise implements Decoding {
        private final Known known;
        private final RowOwners rows;
        private Recurrent.States states;

        Stepwise(Known known) {
            this.known = known;
            this.rows = new RowOwners(known.rows.layout().batch());
            this.states = known.first;
        }

        @Override
        public Tensor logits(int[] parents, int[] tokens) {
            Layout bySentence = rows.after(parents);
            Tensor x = input(embedding.forward(tokens), known.summary, rows.sentences());
            states = layers.step(x, states.gather(parents), Mode.INFERENCE);
            Sequences h = new Sequences(states.top(), bySentence);
            return output.logits(combined(h, known));
        }

        @Override
        public List<Tensor> state() {
            return states.tensors();
        }
    }
}
