package dev.unroll.bench.attention;

import dev.unroll.backend.CacheIndex;
import dev.unroll.bench.Contestant;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;
import java.util.List;

/** Our attention of one token more after another to a key-value cache. */
final class UnrollDecoding implements Contestant {
    /** Tokens of a run. */
    static final int TOKENS = 16;

    private final HeadMasks masks;
    private final int length;
    private final Tensor keys;
    private final Tensor values;
    private final Tensor q;
    private final Tensor k;
    private final Tensor v;
    private KeyValueCache cache;
    private BeamHistory history;
    private final boolean compared;
    private int written;

    UnrollDecoding(Pattern pattern, int length) {
        compared = pattern == Pattern.CAUSAL;
        this.masks = pattern.masks.and(Masks.CAUSAL);
        this.length = length;
        keys = UnrollAttention.rows(2, length);
        values = UnrollAttention.rows(3, length);
        q = UnrollAttention.rows(5, 1);
        k = UnrollAttention.rows(6, 1);
        v = UnrollAttention.rows(7, 1);
        cache = cache();
        history = new BeamHistory(Layout.of(length), masks);
    }

    private KeyValueCache cache() {
        KeyValueCache full = new KeyValueCache(Rows.WIDTH, Rows.WIDTH, length + TOKENS);
        full.append(keys, values);
        return full;
    }

    /** Goes back to the length from which writing begins, now and then. */
    private void restart() {
        written = 0;
        cache = cache();
        history = new BeamHistory(Layout.of(length), masks);
    }

    @Override
    public double run() {
        if (written >= length / 8 && cache.rows() >= length) { // a window's cache does not grow
            restart();
        }
        double number = 0;
        for (int t = 0; t < TOKENS; t++) {
            float[] y = MemoryScope.run(this::token, () -> cache.memory());
            number += t == 0 ? y[0] : 0;
        }
        written += TOKENS;
        return compared ? number : 0;
    }

    private float[] token() {
        BeamHistory.Step step = history.append(new int[1]);
        List<CacheIndex> seen = step.seen();
        step.forget(cache);
        cache.append(k, v);
        return cache.attend(q, seen, Rows.heads()).toArray();
    }
}
