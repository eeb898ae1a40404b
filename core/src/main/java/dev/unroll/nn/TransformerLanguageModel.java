package dev.unroll.nn;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A decoder-only Transformer (Radford et al. 2018): layers that look back, and what comes next.
 *
 * @param embedding a row for each token
 * @param positions added to the rows
 * @param dropout on them
 * @param layers that look at their own sequence
 * @param mask causal, or a window that does not see what comes after
 * @param output its weight may be the embedding's
 */
public record TransformerLanguageModel(
        Embedding embedding,
        Positions positions,
        Dropout dropout,
        TransformerEncoder layers,
        Mask mask,
        Output output)
        implements LanguageModel {
    public TransformerLanguageModel {
        if (mask.right() != 0) {
            throw new IllegalArgumentException(
                    "a language model must not see what comes next, and its mask lets it see %d"
                            .formatted(mask.right()));
        }
    }

    /** A model of a shape, with the embedding as the output's weight. */
    public static TransformerLanguageModel of(
            TransformerShape shape, int layers, int vocabulary, Mask mask, Seed seed) {
        Positions positions =
                Positions.of(
                        shape.positions(), shape.width(), shape.maxLength(), seed.at("positions"));
        Embedding embedding =
                Embedding.of(
                        vocabulary,
                        shape.width(),
                        1 / Math.sqrt(shape.width()),
                        seed.at("embedding"));
        return new TransformerLanguageModel(
                embedding,
                positions,
                Dropout.of(shape.dropout(), seed.at("dropout")),
                TransformerEncoder.of(shape, layers, positions, seed.at("layers")),
                mask,
                Output.tied(embedding));
    }

    /** The rows before the output, [tokens, width]. */
    public Sequences forward(Tokens tokens, Mode mode) {
        Sequences x = embedded(tokens, tokens.layout().positions());
        return layers.forward(dropout.forward(x, mode), mask, mode);
    }

    private Sequences embedded(Tokens tokens, int[] at) {
        Tensor x = embedding.forward(tokens.ids()).times((float) Math.sqrt(embedding.width()));
        return new Sequences(positions.addTo(x, at), tokens.layout());
    }

    @Override
    public Tensor loss(Tokens before, int[] after, Mode mode) {
        return output.loss(forward(before, mode).rows(), after, mode);
    }

    @Override
    public EncoderDecoder.Decoding decode(Tokens prompts) {
        return new Cached(prompts);
    }

    /** Keys and values kept. */
    private final class Cached implements EncoderDecoder.Decoding {
        private final List<KeysValues> past = new ArrayList<>();
        private int[] lengths;

        Cached(Tokens prompts) {
            int batch = prompts.layout().batch();
            for (EncoderLayer layer : layers.layers()) {
                past.add(layer.attention().nothing(batch));
            }
            lengths = new int[batch];
            extend(IntStream.range(0, batch).toArray(), prompts);
        }

        /** The rows of more tokens for each sequence. */
        private Tensor extend(int[] parents, Tokens more) {
            int[] starts = new int[parents.length];
            int[] ends = new int[parents.length];
            for (int r = 0; r < parents.length; r++) {
                if (parents[r] < 0 || parents[r] >= lengths.length) {
                    throw new IllegalArgumentException(
                            "row %d continues row %d of %d"
                                    .formatted(r, parents[r], lengths.length));
                }
                starts[r] = lengths[parents[r]];
                ends[r] = starts[r] + more.layout().length(r);
            }
            Sequences y = embedded(more, more.layout().positions(starts));
            for (int l = 0; l < past.size(); l++) {
                EncoderLayer.Step step = layers.layers().get(l).step(y, parents, past.get(l), mask);
                past.set(l, step.seen());
                y = step.out();
            }
            lengths = ends;
            return layers.normed(y).rows();
        }

        @Override
        public Tensor after(int[] parents, int[] tokens) {
            int[] ones = new int[tokens.length];
            Arrays.fill(ones, 1);
            Tensor rows = extend(parents, new Tokens(tokens, Layout.of(ones)));
            return output.logits(rows).logSoftmax();
        }
    }
}
