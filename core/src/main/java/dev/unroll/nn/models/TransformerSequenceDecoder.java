package dev.unroll.nn.models;

import dev.unroll.backend.CacheIndex;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.TransformerDecoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * The writing half of the Transformer (Vaswani et al. 2017): its layers attend back to what was
 * written and across at the rows of a memory.
 *
 * @param embedding of the tokens that are written
 * @param layers of self-attention and cross-attention
 * @param output its weight may be the embedding's
 */
public record TransformerSequenceDecoder(
        TokenEmbedding embedding, TransformerDecoder layers, Output output)
        implements SequenceDecoder {
    /** Steps there is room for at first. */
    private static final int STEPS = 8;

    /** A decoder of a shape; the rows of its memory have the shape's width. */
    public static TransformerSequenceDecoder of(
            TransformerShape shape, int layers, int vocabulary, Seed seed) {
        return of(shape, layers, shape.width(), vocabulary, seed);
    }

    /**
     * A decoder of a shape.
     *
     * @param read numbers in a row of the memory, such as {@link Encoder#width}
     */
    public static TransformerSequenceDecoder of(
            TransformerShape shape, int layers, int read, int vocabulary, Seed seed) {
        Positions positions = shape.positions(seed.at("positions"));
        Embedding embedding = shape.embedding(vocabulary, seed);
        return new TransformerSequenceDecoder(
                TokenEmbedding.of(
                        embedding, positions, Dropout.of(shape.dropout(), seed.at("dropout"))),
                TransformerDecoder.of(shape, layers, read, positions, seed.at("decoder")),
                Output.tied(embedding));
    }

    @Override
    public Tensor forward(Memory memory, Tokens before, Mode mode) {
        return layers.forward(embedding.forward(before, mode), memory.rows(), mode).rows();
    }

    @Override
    public int longest() {
        return embedding.positions().longest();
    }

    @Override
    public Decoding decode(Memory memory) {
        return new Cached(memory.rows());
    }

    /** The attention weights of the last layer, the mean of its heads. */
    @Override
    public Tensor attentionWeights(Memory memory, Tokens before) {
        Sequences y = embedding.forward(before, Mode.INFERENCE);
        Tensor weights = Tensor.zeros(0);
        for (DecoderLayer layer : layers.layers()) {
            weights = layer.attentionWeights(y, memory.rows());
            y = layer.forward(y, memory.rows(), Mode.INFERENCE);
        }
        return weights;
    }

    /** Decoding with what the layers keep. */
    private final class Cached implements Decoding {
        private final Layout read;
        private final List<DecoderLayer.Cache> caches;
        private final RowOwners rows;
        private final BeamHistory history;

        Cached(Sequences memory) {
            int batch = memory.layout().batch();
            read = memory.layout();
            caches = layers.layers().stream().map(l -> l.cache(memory, batch * STEPS)).toList();
            rows = new RowOwners(batch);
            history = new BeamHistory(batch, layers.lookups().and(Masks.CAUSAL));
        }

        @Override
        public Tensor logits(int[] parents, int[] tokens) {
            Layout bySentence = rows.after(parents);
            BeamHistory.Step step = history.append(parents);
            CacheIndex across = BeamHistory.whole(rows.sentences(), read);
            Sequences x = embedding.at(new Tokens(tokens, bySentence), step.positions());
            return output.logits(layers.step(x, step, across, caches).rows());
        }

        @Override
        public List<Tensor> state() {
            List<Tensor> kept = new ArrayList<>();
            caches.forEach(cache -> kept.addAll(cache.own().memory()));
            return kept;
        }
    }
}
