package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.Inference;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import dev.unroll.backend.WeightStorage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class ScalarInference implements Inference {

    /**
     * Rows after rows.
     *
     * @param scales of each column where the data are whole numbers; else null
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Plain(float[] data, int in, int out, float @Nullable [] scales)
            implements FixedWeights {}

    @Override
    public FixedWeights fix(View weights, WeightStorage storage) {
        int in = weights.dim(0);
        int out = weights.dim(1);
        float[] from = floats(weights.buffer());
        float[] data = new float[in * out];
        for (int i = 0; i < in; i++) {
            for (int j = 0; j < out; j++) {
                int at = weights.offset() + i * weights.strides()[0] + j * weights.strides()[1];
                data[i * out + j] = from[at];
            }
        }
        return switch (storage) {
            case F32 -> new Plain(data, in, out, null);
            case BF16 -> {
                for (int i = 0; i < data.length; i++) {
                    data[i] = WeightStorage.ofBfloat16(WeightStorage.bfloat16(data[i]));
                }
                yield new Plain(data, in, out, null);
            }
            case INT8 -> new Plain(data, in, out, quantise(data, in, out));
        };
    }

    /** Makes whole numbers of weights. */
    private static float[] quantise(float[] data, int in, int out) {
        float[] scales = new float[out];
        for (int j = 0; j < out; j++) {
            float largest = 0;
            for (int i = 0; i < in; i++) {
                largest = Math.max(largest, Math.abs(data[i * out + j]));
            }
            if (!Float.isFinite(largest)) {
                throw new IllegalArgumentException(
                        "column %d of the weights holds %s: whole numbers with a scale need finite ones"
                                .formatted(j, largest));
            }
            scales[j] = WeightStorage.scale(largest);
            for (int i = 0; i < in; i++) {
                data[i * out + j] = WeightStorage.quantised(data[i * out + j], scales[j]);
            }
        }
        return scales;
    }

    @Override
    public void multiply(View x, FixedWeights weights, @Nullable View bias, View y) {
        if (!(weights instanceof Plain(float[] w, int in, int out, float[] scales))) {
            throw new IllegalArgumentException("weights fixed by another backend");
        }
        float[] a = floats(x.buffer());
        float[] c = floats(y.buffer());
        for (int i = 0; i < x.dim(0); i++) {
            int at = x.offset() + i * x.strides()[0];
            for (int j = 0; j < out; j++) {
                float start = bias == null ? 0 : floats(bias.buffer())[bias.offset() + j];
                float sum = scales == null ? start : 0;
                for (int k = 0; k < in; k++) {
                    sum = Math.fma(a[at + k], w[k * out + j], sum);
                }
                c[y.offset() + i * y.strides()[0] + j] =
                        scales == null ? sum : Math.fma(sum, scales[j], start);
            }
        }
    }

    @Override
    public void attend(CacheIndex keys, AttentionHeads heads, QueryKeyValue x, View y) {
        int group = heads.heads() / heads.keyHeads();
        for (int i = 0; i < keys.queries(); i++) {
            for (int h = 0; h < heads.heads(); h++) {
                attend(keys, heads, i, h, h / group, x, y);
            }
        }
    }

    private static void attend(
            CacheIndex keys,
            AttentionHeads heads,
            int i,
            int head,
            int keyHead,
            QueryKeyValue x,
            View y) {
        View q = x.q();
        View k = x.k();
        View v = x.v();
        float[] query = floats(q.buffer());
        float[] key = floats(k.buffer());
        float[] value = floats(v.buffer());
        int from = keys.offsets()[i];
        int count = keys.offsets()[i + 1] - from;
        int queryAt = q.offset() + i * q.strides()[0] + head * heads.width();
        double[] weights = new double[count];
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < count; j++) {
            int row = keys.rows()[from + j];
            int keyAt = k.offset() + row * k.strides()[0] + keyHead * heads.width();
            float score = 0;
            for (int d = 0; d < heads.width(); d++) {
                score = Math.fma(query[queryAt + d], key[keyAt + d], score);
            }
            weights[j] = score * heads.scale();
            max = Math.max(max, weights[j]);
        }
        double sum = 0;
        for (int j = 0; j < count; j++) {
            weights[j] = Math.exp(weights[j] - max);
            sum += weights[j];
        }
        int to = y.offset() + i * y.strides()[0] + head * heads.valueWidth();
        float[] out = floats(y.buffer());
        Arrays.fill(out, to, to + heads.valueWidth(), 0);
        for (int j = 0; j < count; j++) {
            int row = keys.rows()[from + j];
            int valueAt = v.offset() + row * v.strides()[0] + keyHead * heads.valueWidth();
            for (int d = 0; d < heads.valueWidth(); d++) {
                out[to + d] += (float) (weights[j] / sum) * value[valueAt + d];
            }
        }
    }

    @Override
    public void largest(View logits, int count, float[] logs, int[] tokens) {
        float[] x = floats(logits.buffer());
        int n = logits.dim(1);
        for (int i = 0; i < logits.dim(0); i++) {
            int at = logits.offset() + i * logits.strides()[0];
            double sum = ScalarNormalisation.logSum(x, at, n);
            for (int rank = 0; rank < count; rank++) {
                int best = next(x, at, n, tokens, i * count, i * count + rank);
                tokens[i * count + rank] = best;
                logs[i * count + rank] = (float) (x[at + best] - sum);
            }
        }
    }

    /** The first of the largest that are not among tokens[from, to) yet. */
    private static int next(float[] x, int at, int n, int[] tokens, int from, int to) {
        int best = -1;
        for (int j = 0; j < n; j++) {
            boolean taken = false;
            for (int t = from; t < to; t++) {
                taken |= tokens[t] == j;
            }
            if (!taken && (best < 0 || x[at + j] > x[at + best])) {
                best = j;
            }
        }
        return best;
    }
}
