package dev.unroll.nn;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * The writing half of the Transformer (Vaswani et al. 2017): its layers look back at what was
 * written and across at rows that something else has made.
 *
 * @param target a row for each token
 * @param positions added to them
 * @param dropout on them
 * @param decoder the layers
 * @param output its weight may be the embedding's
 */
public record TransformerWordDecoder(
        Embedding target,
        Positions positions,
        Dropout dropout,
        TransformerDecoder decoder,
        Output output)
        implements WordDecoder {

    /** A decoder of a shape; what it looks at has rows of the shape's width. */
    public static TransformerWordDecoder of(
            TransformerShape shape, int layers, int vocabulary, Seed seed) {
        Positions positions =
                Positions.of(
                        shape.positions(), shape.width(), shape.maxLength(), seed.at("positions"));
        Embedding target =
                Embedding.of(vocabulary, shape.width(), 1 / Math.sqrt(shape.width()), seed);
        return new TransformerWordDecoder(
                target,
                positions,
                Dropout.of(shape.dropout(), seed.at("dropout")),
                TransformerDecoder.of(shape, layers, positions, seed.at("decoder")),
                Output.tied(target));
    }

    /** Rows scaled by √width (Vaswani et al. 2017, section 3.4), and where they stand. */
    private Sequences embedded(Tokens tokens, Mode mode) {
        Sequences x = target.forward(tokens);
        Sequences scaled = x.with(x.rows().times((float) Math.sqrt(target.width())));
        return dropout.forward(positions.addTo(scaled), mode);
    }

    private Tensor decoded(Sequences memory, Tokens before, Mode mode) {
        return decoder.forward(embedded(before, mode), memory, mode).rows();
    }

    @Override
    public Tensor loss(Sequences memory, Tokens before, int[] after, Mode mode) {
        return output.loss(decoded(memory, before, mode), after, mode);
    }

    @Override
    public Tensor logits(Sequences memory, Tokens before, Mode mode) {
        return output.logits(decoded(memory, before, mode));
    }

    @Override
    public Writer writer() {
        return FixedWordDecoder.of(this)::decode;
    }

    /** That of the last layer, the mean of its heads. */
    @Override
    public Tensor looks(Sequences memory, Tokens before) {
        Sequences y = embedded(before, Mode.INFERENCE);
        Tensor looks = Tensor.zeros(0);
        for (DecoderLayer layer : decoder.layers()) {
            looks = layer.looks(y, memory);
            y = layer.forward(y, memory, Mode.INFERENCE);
        }
        return looks;
    }
}
