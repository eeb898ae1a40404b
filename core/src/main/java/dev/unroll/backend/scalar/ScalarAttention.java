package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Attention;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import dev.unroll.mask.Mask;
import java.util.stream.IntStream;

final class ScalarAttention implements Attention {

    @Override
    public void attend(AttentionShape shape, QueryKeyValue x, View y, View logSums) {
        View v = x.v();
        float[] values = floats(v.buffer());
        float[] out = floats(y.buffer());
        float[] sums = floats(logSums.buffer());
        int vw = shape.valueWidth();
        forEachQuery(
                shape,
                (s, i, head, seen) -> {
                    float[] scores = scores(shape, x, s, i, head, seen);
                    int row = shape.queryOffsets()[s] + i;
                    float[] factors = factors(shape, s, i, head, seen);
                    double logSum = ScalarNormalisation.logSum(scores, 0, scores.length);
                    sums[logSums.offset() + row * shape.heads() + head] = (float) logSum;
                    int yAt = at(y, row, head * vw);
                    for (int d = 0; d < vw; d++) {
                        double sum = 0;
                        for (int j = 0; j < seen.length; j++) {
                            int vAt = at(v, keyRow(shape, s, seen[j]), keyHead(shape, head) * vw);
                            double weight = Math.exp(scores[j] - logSum);
                            sum += weight * factors[j] * values[vAt + d];
                        }
                        out[yAt + d] = (float) sum;
                    }
                });
    }

    @Override
    public void attendBackward(
            AttentionShape shape,
            QueryKeyValue x,
            View y,
            View logSums,
            View dy,
            QueryKeyValue dx) {
        View q = x.q();
        View k = x.k();
        View v = x.v();
        View dq = dx.q();
        View dk = dx.k();
        View dv = dx.v();
        ScalarElementwise elementwise = new ScalarElementwise();
        elementwise.fill(dq, 0);
        elementwise.fill(dk, 0);
        elementwise.fill(dv, 0);
        float[] queries = floats(q.buffer());
        float[] keys = floats(k.buffer());
        float[] values = floats(v.buffer());
        float[] out = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] toQuery = floats(dq.buffer());
        float[] toKey = floats(dk.buffer());
        float[] toValue = floats(dv.buffer());
        int w = shape.width();
        int vw = shape.valueWidth();
        forEachQuery(
                shape,
                (s, i, head, seen) -> {
                    float[] scores = scores(shape, x, s, i, head, seen);
                    float[] factors = factors(shape, s, i, head, seen);
                    int row = shape.queryOffsets()[s] + i;
                    float logSum =
                            floats(logSums.buffer())[logSums.offset() + row * shape.heads() + head];
                    int keyHead = keyHead(shape, head);
                    int qAt = at(q, row, head * w);
                    int dqAt = at(dq, row, head * w);
                    int yAt = at(y, row, head * vw);
                    int dyAt = at(dy, row, head * vw);
                    float common = 0; // Σ over keys of weight·gradient = y·dy
                    for (int d = 0; d < vw; d++) {
                        common += out[yAt + d] * up[dyAt + d];
                    }
                    for (int j = 0; j < seen.length; j++) {
                        int keyRow = keyRow(shape, s, seen[j]);
                        int kAt = at(k, keyRow, keyHead * w);
                        int dkAt = at(dk, keyRow, keyHead * w);
                        int vAt = at(v, keyRow, keyHead * vw);
                        int dvAt = at(dv, keyRow, keyHead * vw);
                        float p = (float) Math.exp(scores[j] - logSum);
                        float dp = 0;
                        for (int d = 0; d < vw; d++) {
                            dp += up[dyAt + d] * values[vAt + d];
                            toValue[dvAt + d] += p * factors[j] * up[dyAt + d];
                        }
                        float ds = p * (factors[j] * dp - common) * shape.scale();
                        for (int d = 0; d < w; d++) {
                            toQuery[dqAt + d] += ds * keys[kAt + d];
                            toKey[dkAt + d] += ds * queries[qAt + d];
                        }
                    }
                });
    }

    @FunctionalInterface
    private interface Query {
        /** Query i of sequence s, one head, and the keys it sees. */
        void visit(int s, int i, int head, int[] seen);
    }

    private static void forEachQuery(AttentionShape shape, Query query) {
        for (int s = 0; s < shape.batch(); s++) {
            for (int i = 0; i < shape.queries(s); i++) {
                for (int head = 0; head < shape.heads(); head++) {
                    query.visit(s, i, head, seen(shape, s, i, head));
                }
            }
        }
    }

    private static int[] seen(AttentionShape shape, int s, int i, int head) {
        Mask mask = shape.mask(head);
        int position = shape.starts()[s] + i;
        return IntStream.range(0, shape.keys(s)).filter(j -> mask.sees(position, j)).toArray();
    }

    /** Dropout's factors of a query's attention weights, one for each key that it sees. */
    private static float[] factors(AttentionShape shape, int s, int i, int head, int[] seen) {
        float[] factors = new float[seen.length];
        for (int j = 0; j < seen.length; j++) {
            factors[j] = shape.dropout().factor(s, head, i, seen[j]);
        }
        return factors;
    }

    private static int keyRow(AttentionShape shape, int s, int j) {
        return shape.keyOffsets()[s] + j;
    }

    /** Which head of the keys a query head reads. */
    private static int keyHead(AttentionShape shape, int head) {
        return head / (shape.heads() / shape.keyHeads());
    }

    private static int at(View x, int row, int column) {
        return x.offset() + row * x.strides()[0] + column;
    }

    private static float[] scores(
            AttentionShape shape, QueryKeyValue x, int s, int i, int head, int[] seen) {
        View q = x.q();
        View k = x.k();
        float[] queries = floats(q.buffer());
        float[] keys = floats(k.buffer());
        int w = shape.width();
        int qAt = at(q, shape.queryOffsets()[s] + i, head * w);
        float[] scores = new float[seen.length];
        for (int j = 0; j < seen.length; j++) {
            int kAt = at(k, keyRow(shape, s, seen[j]), keyHead(shape, head) * w);
            float dot = 0;
            for (int d = 0; d < w; d++) {
                dot += queries[qAt + d] * keys[kAt + d];
            }
            scores[j] = dot * shape.scale();
        }
        return scores;
    }
}
