package dev.unroll.backend;

import dev.unroll.random.Noise;

/**
 * Dropout on attention weights in training (Srivastava et al. 2014, on the weights as in Devlin et
 * al. 2019): after the softmax, a weight becomes 0 with the probability {@code rate}, and the
 * others are divided by 1 − rate. The noise is addressed, so that the derivative draws the same
 * again.
 *
 * @param key of the noise: the same key, the same noise
 * @param rate share of zeroes, in [0, 1)
 */
public record AttentionDropout(long key, float rate) {
    /** No weight becomes 0. */
    public static final AttentionDropout NONE = new AttentionDropout(0, 0);

    /**
     * Neighbouring queries of a sequence whose noise has one key. The places of the noise are
     * {@code QUERIES·key + query mod QUERIES}, so that vectors of 4, 8 or 16 queries draw theirs
     * together.
     */
    public static final int QUERIES = 16;

    public AttentionDropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("attention dropout is in [0, 1), not " + rate);
        }
    }

    /** Whether any weight can become 0. */
    public boolean acts() {
        return rate > 0;
    }

    /** The key of the noise of the {@link #QUERIES} queries of a sequence and head around one. */
    public long key(int sequence, int head, int query) {
        return Noise.key(Noise.key(Noise.key(key, sequence), head), query / QUERIES);
    }

    /**
     * The factor of the attention weight of a query and a key: 0 if it is dropped, else 1/(1 −
     * rate).
     */
    public float factor(int sequence, int head, int query, int key) {
        if (!acts()) {
            return 1;
        }
        int place = QUERIES * key + query % QUERIES;
        return Noise.uniform(key(sequence, head, query), place) >= rate ? 1 / (1 - rate) : 0;
    }
}
