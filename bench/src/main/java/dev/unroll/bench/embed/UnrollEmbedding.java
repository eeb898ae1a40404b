package dev.unroll.bench.embed;

import dev.unroll.bench.Contestant;
import dev.unroll.nn.Parameters;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tokens;
import java.util.List;

/** Our side: the sentences laid end to end. */
final class UnrollEmbedding implements Contestant {
    private final MiniLm model = Parameters.map(MiniLm.load(), Parameter::packed);
    private final Tokens tokens;

    UnrollEmbedding(Sentences sentences) {
        this.tokens = Tokens.of(List.of(sentences.ids()));
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
