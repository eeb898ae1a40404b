package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.List;

/**
 * A recurrent network that says what comes next (Mikolov et al. 2010).
 *
 * @param embedding a row for each token
 * @param dropout on the rows and before the output
 * @param layers that read forward
 * @param output from the top state to the vocabulary
 */
public record RecurrentLanguageModel(
        Embedding embedding, Dropout dropout, Recurrent layers, Output output)
        implements LanguageModel {
    public RecurrentLanguageModel {
        if (layers.bidirectional()) {
            throw new IllegalArgumentException(
                    "a language model must not see what comes next; use layers that read forward");
        }
    }

    /** A model of a size. */
    public static RecurrentLanguageModel of(
            CellFactory cells,
            int vocabulary,
            int width,
            int hidden,
            int layers,
            double dropout,
            Seed seed) {
        return new RecurrentLanguageModel(
                Embedding.of(vocabulary, width, 0.1, seed.at("embedding")),
                Dropout.of(dropout, seed.at("dropout")),
                Recurrent.of(cells, width, hidden, layers, false, dropout, seed.at("layers")),
                Output.of(vocabulary, hidden, seed.at("output")));
    }

    /** The top layer's states and every layer's last. */
    public Recurrent.Unrolled forward(Tokens tokens, Recurrent.States first, Mode mode) {
        return layers.unroll(
                embedding.rows(tokens, dropout.at(0), mode), tokens.layout(), first, mode);
    }

    /** From zero states on. */
    @Override
    public Tensor loss(Tokens before, int[] after, Mode mode) {
        Recurrent.States first = layers.start(before.layout().batch());
        Tensor h = forward(before, first, mode).outputs().rows();
        return output.loss(dropout.at(1).forward(h, mode), after, mode);
    }

    @Override
    public int contextLength() {
        return UNLIMITED;
    }

    @Override
    public Decoding decode(Tokens prompts) {
        Recurrent.States first = layers.start(prompts.layout().batch());
        return new Stepwise(forward(prompts, first, Mode.INFERENCE).last());
    }

    /** The hidden state passed from token to token. */
    private final class Stepwise implements Decoding {
        private Recurrent.States states;

        Stepwise(Recurrent.States states) {
            this.states = states;
        }

        @Override
        public Tensor logits(int[] parents, int[] tokens) {
            Tensor x = embedding.forward(tokens);
            states = layers.step(x, states.gather(parents), Mode.INFERENCE);
            return output.logits(states.top());
        }

        @Override
        public List<Tensor> state() {
            return states.tensors();
        }
    }
}
