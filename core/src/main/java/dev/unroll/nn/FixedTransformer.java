package dev.unroll.nn;

import dev.unroll.backend.KeyLists;
import dev.unroll.tensor.FixedLinear;
import dev.unroll.tensor.Likeliest;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.ShortLived;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link TransformerEncoderDecoder} for decoding, its weights laid out for a few rows at a time.
 */
record FixedTransformer(
        TransformerEncoderDecoder model,
        List<FixedEncoderLayer> encoder,
        List<FixedDecoderLayer> layers,
        FixedLinear output)
        implements EncoderDecoder.Writer {
    /** Pairs of tokens from which on a list of them takes more memory than it is worth. */
    private static final long MOST_PAIRS = 1 << 22;

    /** Steps there is room for at first. */
    private static final int STEPS = 8;

    static FixedTransformer of(TransformerEncoderDecoder model) {
        return new FixedTransformer(
                model,
                model.encoder().layers().stream().map(FixedEncoderLayer::of).toList(),
                model.decoder().layers().stream().map(FixedDecoderLayer::of).toList(),
                FixedLinear.of(
                        model.output().weight().value().transpose(),
                        model.output().bias().value()));
    }

    @Override
    public EncoderDecoder.Decoding decode(Tokens source) {
        return new Cached(new Sequences(encoded(source), source.layout()));
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

    /** Decoding with keys and values kept. */
    private final class Cached implements EncoderDecoder.Decoding {
        private final List<FixedAttention.Seen> memory = new ArrayList<>();
        private final List<FixedAttention.Seen> past = new ArrayList<>();
        private final Sequences encoded;
        private final RowsOfSentences rows;
        private final Paths paths;
        private int position;

        Cached(Sequences encoded) {
            this.encoded = encoded;
            int tokens = encoded.layout().tokens();
            int batch = encoded.layout().batch();
            int[] at = encoded.layout().positions();
            for (FixedDecoderLayer layer : layers) {
                FixedAttention.Seen seen = layer.cross().nothing(tokens);
                layer.cross().see(encoded.rows(), at, seen);
                memory.add(seen);
                past.add(layer.attention().nothing(batch * STEPS));
            }
            rows = new RowsOfSentences(batch);
            paths = new Paths(batch);
        }

        private Tensor logits(int[] parents, int[] tokens) {
            rows.after(parents);
            KeyLists own = paths.after(parents);
            KeyLists across = Paths.whole(rows.sentences(), encoded.layout());
            int[] here = new int[tokens.length];
            Arrays.fill(here, position++);
            Tensor x = embedded(model.target(), tokens, here);
            for (int l = 0; l < layers.size(); l++) {
                x = layers.get(l).step(x, here, past.get(l), own, memory.get(l), across);
            }
            return output.forward(model.decoder().normed(x));
        }

        @Override
        public Tensor after(int[] parents, int[] tokens) {
            return logits(parents, tokens).logSoftmax();
        }

        @Override
        public Likeliest likeliest(int[] parents, int[] tokens, int count) {
            return ShortLived.run(
                    () -> Likeliest.of(logits(parents, tokens), count), this::keptOfPast);
        }

        private List<Tensor> keptOfPast() {
            List<Tensor> kept = new ArrayList<>();
            for (FixedAttention.Seen seen : past) {
                kept.add(seen.keys().memory());
                kept.add(seen.values().memory());
            }
            return kept;
        }
    }
}
