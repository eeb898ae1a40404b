package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.transformer.TransformerDecoder;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A network that reads one sequence and writes another of any length (Sutskever et al. 2014): an
 * encoder, and a decoder that knows what the encoder made of the source. The factories here give
 * both the same size. An encoder and a decoder of different kinds, widths, depths and vocabularies
 * are put together by the constructor; the decoder is built for the encoder's width:
 *
 * <pre>{@code
 * Encoder encoder = RecurrentSourceEncoder.of(Gru::of, readShape, sourceVocabulary, seed.at("in"));
 * SequenceDecoder decoder =
 *         TransformerSequenceDecoder.of(
 *                 shape, layers, encoder.width(), targetVocabulary, seed.at("out"));
 * EncoderDecoder model = new EncoderDecoder(encoder, decoder);
 * }</pre>
 *
 * @param encoder reads the source
 * @param decoder writes the target
 */
public record EncoderDecoder(Encoder encoder, SequenceDecoder decoder) implements Model {

    /**
     * The Transformer (Vaswani et al. 2017) of a shape.
     *
     * @param sharedVocabulary one embedding reads and writes (then both vocabularies are one), and
     *     is the output's weight too
     */
    public static EncoderDecoder transformer(
            TransformerShape shape,
            int encoderLayers,
            int decoderLayers,
            int sourceVocabulary,
            int targetVocabulary,
            boolean sharedVocabulary,
            Seed seed) {
        requireOne(sharedVocabulary, sourceVocabulary, targetVocabulary);
        Positions positions = shape.positions(seed.at("positions"));
        Embedding target = shape.embedding(targetVocabulary, seed.at("target"));
        Embedding source =
                sharedVocabulary ? target : shape.embedding(sourceVocabulary, seed.at("source"));
        Dropout dropout = Dropout.of(shape.dropout(), seed.at("dropout"));
        return new EncoderDecoder(
                new TransformerSourceEncoder(
                        TokenEmbedding.of(source, positions, dropout.at(0)),
                        TransformerEncoder.of(
                                shape.bothWays(), encoderLayers, positions, seed.at("encoder"))),
                new TransformerSequenceDecoder(
                        TokenEmbedding.of(target, positions, dropout.at(1)),
                        TransformerDecoder.of(shape, decoderLayers, positions, seed.at("decoder")),
                        Output.tied(target)));
    }

    /**
     * Two recurrent networks (Sutskever et al. 2014; Cho et al. 2014), with attention where the
     * shape has an alignment (Luong et al. 2015).
     *
     * @param sharedVocabulary one embedding reads and writes
     */
    public static EncoderDecoder recurrent(
            CellFactory cells,
            RecurrentShape shape,
            int sourceVocabulary,
            int targetVocabulary,
            boolean sharedVocabulary,
            Seed seed) {
        requireOne(sharedVocabulary, sourceVocabulary, targetVocabulary);
        RecurrentSequenceDecoder decoder =
                RecurrentSequenceDecoder.of(cells, shape, shape.read(), targetVocabulary, seed);
        RecurrentSourceEncoder encoder =
                sharedVocabulary
                        ? RecurrentSourceEncoder.of(cells, shape, decoder.embedding(), seed)
                        : RecurrentSourceEncoder.of(cells, shape, sourceVocabulary, seed);
        return new EncoderDecoder(encoder, decoder);
    }

    private static void requireOne(boolean shared, int source, int target) {
        if (shared && source != target) {
            throw new IllegalArgumentException(
                    "one embedding cannot serve vocabularies of %d and %d"
                            .formatted(source, target));
        }
    }

    /**
     * The mean cross-entropy of a batch: that of its {@link #logits}, which are never all held.
     *
     * @param source what is read
     * @param before what the decoder reads: each target with the start token in front
     * @param after [tokens] what it should say there: each target with the end token behind
     */
    public Tensor loss(Tokens source, Tokens before, int[] after, Mode mode) {
        return decoder.loss(encoder.encode(source, mode), before, after, mode);
    }

    /**
     * The decoder's rows for every place of a batch.
     *
     * @param source what is read
     * @param before what the decoder reads: each target with the start token in front
     * @return [tokens of before, vocabulary], numbers whose softmax is the distribution of what
     *     follows
     */
    public Tensor logits(Tokens source, Tokens before, Mode mode) {
        return decoder.logits(encoder.encode(source, mode), before, mode);
    }

    /** Reads sources and stands before the first token of each answer. */
    public Decoding decode(Tokens source) {
        return decoder.decode(encoder.encode(source, Mode.INFERENCE));
    }
}
