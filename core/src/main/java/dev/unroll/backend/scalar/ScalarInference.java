package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.EncoderStack;
import dev.unroll.backend.Inference;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class ScalarInference implements Inference {

    /** As they are, rows after rows. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Plain(float[] data, int in, int out) implements FixedWeights {}

    @Override
    public FixedWeights fix(View weights) {
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
        return new Plain(data, in, out);
    }

    @Override
    public void multiply(View x, FixedWeights weights, @Nullable View bias, View y) {
        if (!(weights instanceof Plain(float[] w, int in, int out))) {
            throw new IllegalArgumentException("weights fixed by another backend");
        }
        float[] a = floats(x.buffer());
        float[] c = floats(y.buffer());
        for (int i = 0; i < x.dim(0); i++) {
            int at = x.offset() + i * x.strides()[0];
            for (int j = 0; j < out; j++) {
                float sum = bias == null ? 0 : floats(bias.buffer())[bias.offset() + j];
                for (int k = 0; k < in; k++) {
                    sum = Math.fma(a[at + k], w[k * out + j], sum);
                }
                c[y.offset() + i * y.strides()[0] + j] = sum;
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

    @Override
    public void encode(EncoderStack stack, View x, View y) {
        new ComposedEncoder(
                        this,
                        new ScalarAttention(),
                        new ScalarElementwise(),
                        new ScalarNormalisation())
                .encode(stack, x, y);
    }
}
