package dev.unroll.nn.attention;

import dev.unroll.mask.Mask;
import dev.unroll.nn.Observer;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Shows an observer the scores and weights of attention, which the fused operation does not keep.
 * They are computed anew, without derivatives, for the first sequences of a batch and, where a
 * sequence has many queries, for some of them, evenly spread.
 */
final class ObservedAttention {
    /** Queries of a sequence at most. */
    private static final int QUERIES = 128;

    /** Keys of a sequence at most; a longer one is passed over. */
    private static final int KEYS = 8192;

    private static final float HIDDEN = 1e9f;

    private ObservedAttention() {}

    /**
     * Tells of all heads of the first sequences.
     *
     * @param queries [to, heads·d], rotated if positions are
     * @param keys [from, keyHeads·d], likewise
     */
    static void tell(
            Observer observer,
            MultiHeadAttention layer,
            Sequences queries,
            Sequences keys,
            Mask mask) {
        int d = layer.query().out() / layer.heads();
        int group = layer.heads() / layer.keyHeads();
        int sequences = Math.min(observer.attentionSequences(), queries.layout().batch());
        for (int s = 0; s < sequences; s++) {
            int[] picked = picked(queries.layout().length(s));
            int from = keys.layout().length(s);
            if (picked.length == 0 || from == 0 || from > KEYS) {
                continue;
            }
            Tensor q = constant(queries, s);
            Tensor k = constant(keys, s);
            for (int h = 0; h < layer.heads(); h++) {
                Mask own = layer.pattern().of(h, layer.heads()).and(mask);
                Tensor seen = seen(own, picked, from); // [picked, from]
                Tensor hidden = seen.plus(-1).times(HIDDEN);
                int at = h / group * d;
                Tensor qh = q.gather(picked).slice(1, h * d, (h + 1) * d); // [picked, d]
                Tensor kh = k.slice(1, at, at + d); // [from, d]
                Tensor scores = qh.matmul(kh.transpose()).times((float) (1 / Math.sqrt(d)));
                Tensor weights = scores.plus(hidden).softmax().times(seen);
                observer.attention(layer, h, scores.dividedBy(seen), weights);
            }
        }
    }

    /**
     * Tells of all heads of linear attention in the first sequences; it has no scores.
     *
     * @param queries [tokens, heads·d]
     * @param keys [tokens, keyHeads·d]
     * @param logDecays [tokens, heads] or [1, heads]; null for none
     */
    static void tell(
            Observer observer,
            LinearAttention layer,
            Sequences queries,
            Sequences keys,
            @Nullable Tensor logDecays,
            boolean causal) {
        int d = layer.query().out() / layer.heads();
        int group = layer.heads() / layer.keyHeads();
        int sequences = Math.min(observer.attentionSequences(), queries.layout().batch());
        for (int s = 0; s < sequences; s++) {
            int length = queries.layout().length(s);
            int[] picked = picked(length);
            if (length == 0 || length > KEYS) {
                continue;
            }
            Tensor q = constant(queries, s).gather(picked);
            Tensor k = constant(keys, s);
            for (int h = 0; h < layer.heads(); h++) {
                int at = h / group * d;
                Tensor weights =
                        LinearWeights.of(
                                q.slice(1, h * d, (h + 1) * d),
                                k.slice(1, at, at + d),
                                logDecays == null ? null : sums(logDecays, queries, s, h),
                                picked,
                                causal);
                observer.attention(layer, h, null, weights);
            }
        }
    }

    /** Sums of a head's logarithms of decays from a sequence's first token to each. */
    private static Tensor sums(Tensor logDecays, Sequences rows, int sequence, int head) {
        int first = rows.layout().offsets()[sequence];
        float[] all = logDecays.toArray();
        float[] sums = new float[rows.layout().length(sequence)];
        double sum = 0;
        for (int t = 0; t < sums.length; t++) {
            int row = logDecays.dim(0) == 1 ? 0 : first + t;
            sum += all[row * logDecays.dim(1) + head];
            sums[t] = (float) sum;
        }
        return Tensor.of(sums, sums.length, 1);
    }

    /** Tells of the weights of an alignment in the first sequences. */
    static void tell(Observer observer, Alignment layer, Sequences queries, Sequences states) {
        int sequences = Math.min(observer.attentionSequences(), queries.layout().batch());
        for (int s = 0; s < sequences; s++) {
            int[] picked = picked(queries.layout().length(s));
            int from = states.layout().length(s);
            if (picked.length > 0 && from > 0 && from <= KEYS) {
                Sequences q =
                        new Sequences(
                                constant(queries, s).gather(picked), Layout.of(picked.length));
                Sequences k = new Sequences(constant(states, s), Layout.of(from));
                observer.attention(layer, 0, null, layer.attentionWeights(q, k));
            }
        }
    }

    /** The rows of one sequence, without the way they were computed. */
    private static Tensor constant(Sequences rows, int sequence) {
        Layout layout = rows.layout();
        int[] offsets = layout.offsets();
        Tensor part = rows.rows().slice(0, offsets[sequence], offsets[sequence + 1]);
        return Tensor.of(part.toArray(), part.shape().dims());
    }

    private static int[] picked(int queries) {
        int[] picked = new int[Math.min(queries, QUERIES)];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = (int) ((long) i * queries / picked.length);
        }
        return picked;
    }

    private static Tensor seen(Mask mask, int[] queries, int keys) {
        float[] values = new float[queries.length * keys];
        for (int i = 0; i < queries.length; i++) {
            for (int j = 0; j < keys; j++) {
                values[i * keys + j] = mask.sees(queries[i], j) ? 1 : 0;
            }
        }
        return Tensor.of(values, queries.length, keys);
    }
}
