package dev.unroll.nn.attention;

import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The weights of linear attention written out, of one head in one sequence. */
final class LinearWeights {
    private LinearWeights() {}

    /**
     * g(s+1)·…·g(t) · q(t)·k(s), each row divided by its sum.
     *
     * @param q φ of some queries, [queries, d]
     * @param k φ of all keys, [keys, d]
     * @param sums of ln g from the first token to each, [keys, 1]; null where nothing decays
     * @param places of the queries among the keys
     * @param causal whether later keys have no weight
     * @return [queries, keys]
     */
    static Tensor of(Tensor q, Tensor k, @Nullable Tensor sums, int[] places, boolean causal) {
        Tensor weights = q.matmul(k.transpose());
        if (causal) {
            Tensor seen = seen(places, k.dim(0));
            if (sums != null) {
                Tensor between = sums.gather(places).minus(sums.transpose()).times(seen);
                weights = weights.times(between.exp());
            }
            weights = weights.times(seen);
        }
        Tensor total =
                weights.sum(1).reshape(places.length, 1).plus(LinearAttentionOperations.EPSILON);
        return weights.dividedBy(total);
    }

    /**
     * Sums of ln g from the first token to each.
     *
     * @param logDecays [tokens, 1], or [1, 1] for the same one at every token
     * @return [tokens, 1]
     */
    static Tensor sums(Tensor logDecays, int tokens) {
        int[] all = new int[tokens];
        for (int t = 0; t < tokens; t++) {
            all[t] = t;
        }
        return seen(all, tokens).matmul(logDecays.plus(Tensor.zeros(tokens, 1)));
    }

    /** 1 where a key is not later than a query. */
    private static Tensor seen(int[] places, int keys) {
        float[] seen = new float[places.length * keys];
        for (int i = 0; i < places.length; i++) {
            for (int s = 0; s <= places[i]; s++) {
                seen[i * keys + s] = 1;
            }
        }
        return Tensor.of(seen, places.length, keys);
    }
}
