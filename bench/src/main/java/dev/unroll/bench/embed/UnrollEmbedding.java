package dev.unroll.bench.embed;

import dev.unroll.backend.WeightStorage;
import dev.unroll.bench.Contestant;
import dev.unroll.nn.Parameters;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tokens;
import java.util.List;

/** Our side: the sentences laid end to end. */
final class UnrollEmbedding implements Contestant {
    private final MiniLm model;
    private final Tokens tokens;

    UnrollEmbedding(Sentences sentences) {
        this(sentences, WeightStorage.F32);
    }

    UnrollEmbedding(Sentences sentences, WeightStorage storage) {
        this(Parameters.map(MiniLm.load(), parameter -> parameter.packed(storage)), sentences);
    }

    /**
     * @param model with packed weights
     */
    UnrollEmbedding(MiniLm model, Sentences sentences) {
        this.model = model;
        this.tokens = Tokens.of(List.of(sentences.ids()));
    }

    /** The mean of each sentence's rows, of length 1. */
    float[][] vectors() {
        float[] rows = MemoryScope.run(() -> model.forward(tokens).toArray());
        int[] offsets = tokens.layout().offsets();
        float[][] vectors = new float[offsets.length - 1][rows.length / tokens.ids().length];
        for (int s = 0; s < vectors.length; s++) {
            double length = 0;
            for (int j = 0; j < vectors[s].length; j++) {
                for (int i = offsets[s]; i < offsets[s + 1]; i++) {
                    vectors[s][j] += rows[i * vectors[s].length + j];
                }
                length += vectors[s][j] * vectors[s][j];
            }
            for (int j = 0; j < vectors[s].length; j++) {
                vectors[s][j] /= (float) Math.sqrt(length);
            }
        }
        return vectors;
    }

    /** Sum of the squares of the first number of every row, as the other side's. */
    @Override
    public double run() {
        float[] out = MemoryScope.run(() -> model.forward(tokens).toArray());
        int width = out.length / tokens.ids().length;
        double sum = 0;
        for (int i = 0; i < out.length; i += width) {
            sum += out[i] * out[i];
        }
        return sum;
    }
}
