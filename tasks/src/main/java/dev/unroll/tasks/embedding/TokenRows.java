package dev.unroll.tasks.embedding;

import dev.unroll.backend.WeightStorage;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tokens;
import java.util.function.UnaryOperator;

/** A network that gives a row for each token of a text, with its layers packed for few rows. */
sealed interface TokenRows {

    /** The rows of the tokens, [tokens, width]. */
    Sequences of(Tokens tokens, int[] types);

    /** Numbers in a row. */
    int width();

    /** The most tokens of a text. */
    int longest();

    /** The network that computes them. */
    Model network();

    /** The rows of a network, which is kept as it is beside its packed matrices. */
    static TokenRows of(Model network) {
        return of(network, Parameter::packed);
    }

    /** These rows by a network whose layers' matrices are stored in this form alone. */
    default TokenRows stored(WeightStorage storage) {
        return of(
                network(),
                p ->
                        p.shape().rank() == 2
                                ? Parameter.owning(p.value().toArray(), p.shape().dims())
                                        .packedAlone(storage)
                                : p);
    }

    /**
     * The rows of a network.
     *
     * @param kept the form of a layer's parameter; embeddings are looked up, not multiplied, and
     *     stay as they are
     */
    private static TokenRows of(Model network, UnaryOperator<Parameter> kept) {
        return switch (network) {
            case BertEncoder e -> {
                Linear projection = e.projection();
                yield new Bidirectional(
                        new BertEncoder(
                                e.words(),
                                e.positions(),
                                e.types(),
                                e.norm(),
                                e.dropout(),
                                projection == null ? null : Parameters.map(projection, kept),
                                Parameters.map(e.layers(), kept)));
            }
            case TransformerLanguageModel m ->
                    new Causal(
                            new TransformerLanguageModel(
                                    m.embedding(),
                                    Parameters.map(m.layers(), kept),
                                    m.contextLength(),
                                    m.output()));
            default ->
                    throw new PretrainedException(
                            "vectors of texts are computed by encoders and language models, not by"
                                    + " an encoder and a decoder");
        };
    }

    /** Every token sees every other. */
    record Bidirectional(BertEncoder network) implements TokenRows {
        @Override
        public Sequences of(Tokens tokens, int[] types) {
            return network.forward(tokens, types, Mode.INFERENCE);
        }

        @Override
        public int width() {
            return network.width();
        }

        @Override
        public int longest() {
            return network.longest();
        }
    }

    /** A token sees those before it. */
    record Causal(TransformerLanguageModel network) implements TokenRows {
        @Override
        public Sequences of(Tokens tokens, int[] types) {
            return network.forward(tokens, Mode.INFERENCE);
        }

        @Override
        public int width() {
            return network.embedding().embedding().width();
        }

        @Override
        public int longest() {
            return network.contextLength();
        }
    }
}
