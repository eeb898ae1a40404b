package dev.unroll.nn.models;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.List;

/**
 * A decoder-only Transformer (Radford et al. 2018): layers of causal self-attention, then the
 * scores of the next token.
 *
 * @param embedding of the tokens
 * @param layers of self-attention
 * @param contextLength the most tokens of a sequence; learnt positions end there
 * @param output its weight may be the embedding's
 */
public record TransformerLanguageModel(
        TokenEmbedding embedding, TransformerEncoder layers, int contextLength, Output output)
        implements LanguageModel {
    /** Steps there is room for at first, behind the prompts. */
    private static final int STEPS = 64;

    public TransformerLanguageModel {
        if (contextLength < 1) {
            throw new IllegalArgumentException("contextLength: at least 1, not " + contextLength);
        }
    }

    /** A model of a shape, with the embedding as the output's weight. */
    public static TransformerLanguageModel of(
            TransformerShape shape, int layers, int vocabulary, Seed seed) {
        Positions positions = shape.positions(seed.at("positions"));
        Embedding embedding = shape.embedding(vocabulary, seed.at("embedding"));
        return new TransformerLanguageModel(
                TokenEmbedding.of(
                        embedding, positions, Dropout.of(shape.dropout(), seed.at("dropout"))),
                TransformerEncoder.of(shape, layers, positions, seed.at("layers")),
                shape.maxLength(),
                Output.tied(embedding));
    }

    /** The rows before the output, [tokens, width]. */
    public Sequences forward(Tokens tokens, Mode mode) {
        return layers.forward(embedding.forward(tokens, mode), Masks.CAUSAL, mode);
    }

    @Override
    public Tensor loss(Tokens before, int[] after, Mode mode) {
        return output.loss(forward(before, mode).rows(), after, mode);
    }

    @Override
    public Decoding decode(Tokens prompts) {
        return new Cached(prompts);
    }

    /** Decoding with what the layers keep; a prompt is read in one go. */
    private final class Cached implements Decoding {
        private final List<SelfAttention.Past> pasts;
        private final BeamHistory history;

        Cached(Tokens prompts) {
            Layout layout = prompts.layout();
            pasts = layers.pasts(layout.batch(), layout.tokens() + STEPS * layout.batch());
            history = new BeamHistory(layout, layers.lookups().and(Masks.CAUSAL));
            MemoryScope.run(
                    () ->
                            layers.prefill(
                                    embedding.forward(prompts, Mode.INFERENCE),
                                    Masks.CAUSAL,
                                    pasts),
                    this::state);
        }

        @Override
        public Tensor logits(int[] parents, int[] tokens) {
            BeamHistory.Step step = history.append(parents);
            Tokens more = new Tokens(tokens, Layout.even(tokens.length, 1));
            Sequences x = embedding.at(more, step.positions());
            return output.logits(layers.step(x, step, pasts).rows());
        }

        @Override
        public List<Tensor> state() {
            return pasts.stream().flatMap(past -> past.memory().stream()).toList();
        }
    }
}
