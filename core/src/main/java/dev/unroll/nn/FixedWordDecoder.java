package dev.unroll.nn;

import dev.unroll.backend.KeyLists;
import dev.unroll.tensor.FixedLinear;
import dev.unroll.tensor.Likeliest;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link TransformerWordDecoder} for decoding, its weights laid out for a few rows at a time. */
record FixedWordDecoder(
        TransformerWordDecoder model, List<FixedDecoderLayer> layers, FixedLinear output) {
    /** Steps there is room for at first. */
    private static final int STEPS = 8;

    static FixedWordDecoder of(TransformerWordDecoder model) {
        return new FixedWordDecoder(
                model,
                model.decoder().layers().stream().map(FixedDecoderLayer::of).toList(),
                FixedLinear.of(
                        model.output().weight().value().transpose(),
                        model.output().bias().value()));
    }

    EncoderDecoder.Decoding decode(Sequences memory) {
        return new Cached(memory);
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
            Embedding words = model.target();
            Tensor scaled = words.forward(tokens).times((float) Math.sqrt(words.width()));
            Tensor x = model.positions().addTo(scaled, here);
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
            return MemoryScope.run(
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
