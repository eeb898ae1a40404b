package dev.unroll.watch;

import dev.unroll.tensor.Tensor;
import dev.unroll.watch.Diagnosis.HeadFocus;
import org.jspecify.annotations.Nullable;

/** Sums the entropy and the scores of one attention head. */
final class HeadCounter {
    private final String layer;
    private final int head;
    private double entropy;
    private long queries;
    private double scores;
    private double largest;
    private long pairs;

    HeadCounter(String layer, int head) {
        this.layer = layer;
        this.head = head;
    }

    /**
     * @param before [queries, keys], not a number where a key is hidden; null if they are not known
     * @param after [queries, keys]
     */
    void add(@Nullable Tensor before, Tensor after) {
        int keys = after.dim(1);
        float[] w = after.toArray();
        float[] s = before == null ? new float[w.length] : before.toArray();
        for (int q = 0; q < after.dim(0); q++) {
            int seen = 0;
            double sum = 0;
            for (int k = q * keys; k < (q + 1) * keys; k++) {
                if (!Float.isNaN(s[k]) && !Float.isInfinite(s[k])) {
                    seen++;
                    scores += Math.abs(s[k]);
                    largest = Math.max(largest, Math.abs(s[k]));
                    sum -= w[k] > 0 ? w[k] * Math.log(w[k]) : 0;
                }
            }
            pairs += before == null ? 0 : seen;
            if (seen > 1) {
                entropy += sum / Math.log(seen);
                queries++;
            }
        }
    }

    HeadFocus focus() {
        return new HeadFocus(
                layer,
                head,
                queries == 0 ? Double.NaN : entropy / queries,
                pairs == 0 ? Double.NaN : scores / pairs,
                pairs == 0 ? Double.NaN : largest);
    }
}
