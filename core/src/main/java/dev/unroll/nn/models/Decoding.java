package dev.unroll.nn.models;

import dev.unroll.decode.RankedNextToken;
import dev.unroll.decode.TopK;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A network that writes, one token at a time, with the state of every hypothesis kept from step to
 * step: hidden states, or cached keys and values. A search of {@code dev.unroll.decode} drives it;
 * an instance serves one search.
 */
public interface Decoding extends RankedNextToken {

    /**
     * Appends a token to each row.
     *
     * @param parents [rows], the row of the call before that each continues; in the first call the
     *     number of the sequence. Rows of one sequence stand together, in the sequences' order.
     * @param tokens [rows]
     * @return [rows, vocabulary], numbers whose softmax is the distribution of the token after it
     */
    Tensor logits(int[] parents, int[] tokens);

    /** The tensors that the next step reads, and that therefore outlive the memory of this one. */
    List<Tensor> state();

    @Override
    default float[][] after(int[] parents, int[] tokens) {
        return MemoryScope.run(
                () -> {
                    Tensor logs = logits(parents, tokens).logSoftmax(); // [rows, vocabulary]
                    float[] all = logs.toArray();
                    int vocabulary = logs.dim(1);
                    float[][] rows = new float[parents.length][];
                    Arrays.setAll(
                            rows,
                            r -> Arrays.copyOfRange(all, r * vocabulary, (r + 1) * vocabulary));
                    return rows;
                },
                this::state);
    }

    @Override
    default TopK topK(int[] parents, int[] tokens, int count) {
        return MemoryScope.run(
                () -> {
                    Tensor logits = logits(parents, tokens);
                    int given = Math.min(count, logits.dim(1));
                    float[] logs = new float[parents.length * given];
                    int[] best = new int[logs.length];
                    Softmax.largest(logits, given, logs, best);
                    return new TopK(given, logits.dim(1), logs, best);
                },
                this::state);
    }
}
