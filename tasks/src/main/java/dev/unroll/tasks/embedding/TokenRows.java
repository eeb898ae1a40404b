package dev.unroll.tasks.embedding;

import dev.unroll.backend.WeightStorage;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tokens;
import org.jspecify.annotations.Nullable;

/** A network that gives a row for each token of a text, with its layers packed for few rows. */
sealed interface TokenRows {

    /** The rows of the tokens, [tokens, width]. */
    Sequences of(Tokens tokens, int[] types);

    /** Numbers in a row. */
    int width();

    /** The most tokens of a text. */
    int longest();

    /** The rows of a network; its embeddings are looked up, not multiplied, and are not packed. */
    static TokenRows of(Model network) {
        return switch (network) {
            case BertEncoder e -> new Bidirectional(packed(e));
            case TransformerLanguageModel m ->
                    new Causal(
                            new TransformerLanguageModel(
                                    m.embedding(),
                                    packed(m.layers()),
                                    m.contextLength(),
                                    m.output()));
            default ->
                    throw new PretrainedException(
                            "vectors of texts are computed by encoders and language models, not by"
                                    + " an encoder and a decoder");
        };
    }

    private static BertEncoder packed(BertEncoder encoder) {
        Linear projection = encoder.projection();
        @Nullable Linear packed =
                projection == null ? null : Parameters.map(projection, Parameter::packed);
        return new BertEncoder(
                encoder.words(),
                encoder.positions(),
                encoder.types(),
                encoder.norm(),
                encoder.dropout(),
                packed,
                packed(encoder.layers()));
    }

    /** These rows by a network whose layers' matrices are stored in this form alone. */
    TokenRows stored(WeightStorage storage);

    private static <M> M stored(M layers, WeightStorage storage) {
        return Parameters.map(
                layers,
                p ->
                        p.shape().rank() == 2
                                ? Parameter.owning(p.value().toArray(), p.shape().dims())
                                        .packedAlone(storage)
                                : p);
    }

    private static TransformerEncoder packed(TransformerEncoder layers) {
        return Parameters.map(layers, Parameter::packed);
    }

    /** Every token sees every other. */
    record Bidirectional(BertEncoder encoder) implements TokenRows {
        @Override
        public TokenRows stored(WeightStorage storage) {
            Linear projection = encoder.projection();
            return new Bidirectional(
                    new BertEncoder(
                            encoder.words(),
                            encoder.positions(),
                            encoder.types(),
                            encoder.norm(),
                            encoder.dropout(),
                            projection == null ? null : TokenRows.stored(projection, storage),
                            TokenRows.stored(encoder.layers(), storage)));
        }

        @Override
        public Sequences of(Tokens tokens, int[] types) {
            return encoder.forward(tokens, types, Mode.INFERENCE);
        }

        @Override
        public int width() {
            return encoder.width();
        }

        @Override
        public int longest() {
            return encoder.longest();
        }
    }

    /** A token sees those before it. */
    record Causal(TransformerLanguageModel model) implements TokenRows {
        @Override
        public TokenRows stored(WeightStorage storage) {
            return new Causal(
                    new TransformerLanguageModel(
                            model.embedding(),
                            TokenRows.stored(model.layers(), storage),
                            model.contextLength(),
                            model.output()));
        }

        @Override
        public Sequences of(Tokens tokens, int[] types) {
            return model.forward(tokens, Mode.INFERENCE);
        }

        @Override
        public int width() {
            return model.embedding().embedding().width();
        }

        @Override
        public int longest() {
            return model.contextLength();
        }
    }
}
