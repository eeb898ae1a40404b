package dev.unroll.tasks.model;

import dev.unroll.decode.Ranked;
import dev.unroll.decode.RankedNextToken;
import dev.unroll.nn.EncoderDecoder;
import dev.unroll.tensor.Likeliest;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/** What a network says comes next, as a search asks for it. */
public record NextWords(EncoderDecoder.Decoding decoding) implements RankedNextToken {
    @Override
    public Ranked likeliest(int[] parents, int[] tokens, int count) {
        Likeliest best = decoding.likeliest(parents, tokens, count);
        return new Ranked(best.count(), best.vocabulary(), best.logs(), best.tokens());
    }

    @Override
    public float[][] after(int[] parents, int[] tokens) {
        Tensor logs = decoding.after(parents, tokens); // [rows, vocabulary]
        float[] all = logs.toArray();
        int vocabulary = logs.dim(1);
        float[][] rows = new float[parents.length][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(all, r * vocabulary, (r + 1) * vocabulary);
        }
        return rows;
    }
}
