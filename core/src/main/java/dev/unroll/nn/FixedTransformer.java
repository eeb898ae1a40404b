package dev.unroll.nn;

import dev.unroll.backend.KeyLists;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.List;

/**
 * {@link TransformerEncoderDecoder} for decoding, its weights laid out for a few rows at a time.
 */
record FixedTransformer(
        TransformerEncoderDecoder model, List<FixedEncoderLayer> encoder, FixedWordDecoder decoder)
        implements EncoderDecoder.Writer {
    /** Pairs of tokens from which on a list of them takes more memory than it is worth. */
    private static final long MOST_PAIRS = 1 << 22;

    static FixedTransformer of(TransformerEncoderDecoder model) {
        return new FixedTransformer(
                model,
                model.encoder().layers().stream().map(FixedEncoderLayer::of).toList(),
                FixedWordDecoder.of(model.words()));
    }

    @Override
    public EncoderDecoder.Decoding decode(Tokens source) {
        return decoder.decode(new Sequences(encoded(source), source.layout()));
    }

    /** What {@link TransformerEncoderDecoder#encode} makes of a source: [tokens, width]. */
    private Tensor encoded(Tokens source) {
        long pairs = 0;
        for (int length : source.layout().lengths()) {
            pairs += (long) length * length;
        }
        if (pairs > MOST_PAIRS) {
            return model.encode(source, Mode.INFERENCE).rows();
        }
        int[] at = source.layout().positions();
        KeyLists lists = Paths.whole(source.layout().sequences(), source.layout());
        Tensor x = embedded(model.source(), source.ids(), at);
        for (FixedEncoderLayer layer : encoder) {
            x = layer.forward(x, at, lists);
        }
        return model.encoder().normed(x);
    }

    private Tensor embedded(Embedding embedding, int[] tokens, int[] at) {
        Tensor x = embedding.forward(tokens).times((float) Math.sqrt(embedding.width()));
        return model.positions().addTo(x, at);
    }
}
