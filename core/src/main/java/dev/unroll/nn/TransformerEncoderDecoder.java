package dev.unroll.nn;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * The Transformer (Vaswani et al. 2017).
 *
 * @param source a row for each token that is read
 * @param target a row for each token that is written; may be the same object
 * @param positions added to both
 * @param dropout on both
 * @param output its weight may be the target embedding's
 */
public record TransformerEncoderDecoder(
        Embedding source,
        Embedding target,
        Positions positions,
        Dropout dropout,
        TransformerEncoder encoder,
        TransformerDecoder decoder,
        Output output)
        implements EncoderDecoder {

    /**
     * A Transformer of a shape.
     *
     * @param sharedVocabulary one embedding reads and writes (then both vocabularies are one), and
     *     is the output's weight too
     */
    public static TransformerEncoderDecoder of(
            TransformerShape shape,
            int encoderLayers,
            int decoderLayers,
            int sourceVocabulary,
            int targetVocabulary,
            boolean sharedVocabulary,
            Seed seed) {
        if (sharedVocabulary && sourceVocabulary != targetVocabulary) {
            throw new IllegalArgumentException(
                    "one embedding cannot serve vocabularies of %d and %d"
                            .formatted(sourceVocabulary, targetVocabulary));
        }
        double deviation = 1 / Math.sqrt(shape.width());
        Positions positions =
                Positions.of(
                        shape.positions(), shape.width(), shape.maxLength(), seed.at("positions"));
        Embedding target =
                Embedding.of(targetVocabulary, shape.width(), deviation, seed.at("target"));
        Embedding source =
                sharedVocabulary
                        ? target
                        : Embedding.of(
                                sourceVocabulary, shape.width(), deviation, seed.at("source"));
        return new TransformerEncoderDecoder(
                source,
                target,
                positions,
                Dropout.of(shape.dropout(), seed.at("dropout")),
                TransformerEncoder.of(shape, encoderLayers, positions, seed.at("encoder")),
                TransformerDecoder.of(shape, decoderLayers, positions, seed.at("decoder")),
                Output.tied(target));
    }

    /** Rows scaled by √width (Vaswani et al. 2017, section 3.4), and where they stand. */
    private Sequences embedded(Embedding embedding, Tokens tokens, Dropout own, Mode mode) {
        Sequences x = embedding.forward(tokens);
        Sequences scaled = x.with(x.rows().times((float) Math.sqrt(embedding.width())));
        return own.forward(positions.addTo(scaled), mode);
    }

    /** What the encoder makes of a source: [tokens, width]. */
    public Sequences encode(Tokens tokens, Mode mode) {
        return encoder.forward(embedded(source, tokens, dropout.at(0), mode), Mask.NONE, mode);
    }

    /** The decoder's rows before the output: [tokens to, width]. */
    public Sequences decoded(Tokens before, Sequences memory, Mode mode) {
        return decoder.forward(embedded(target, before, dropout.at(1), mode), memory, mode);
    }

    @Override
    public Tensor loss(Tokens read, Tokens before, int[] after, Mode mode) {
        return output.loss(decoded(before, encode(read, mode), mode).rows(), after, mode);
    }

    @Override
    public Tensor logits(Tokens read, Tokens before, Mode mode) {
        return output.logits(decoded(before, encode(read, mode), mode).rows());
    }

    /** The same weights, as a network that only writes. */
    TransformerWordDecoder words() {
        return new TransformerWordDecoder(target, positions, dropout.at(1), decoder, output);
    }

    @Override
    public Writer writer() {
        return FixedTransformer.of(this);
    }
}
