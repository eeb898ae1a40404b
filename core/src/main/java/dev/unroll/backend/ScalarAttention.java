package dev.unroll.backend;

import static dev.unroll.backend.ArrayBuffer.floats;

final class ScalarAttention implements Attention {

    @Override
    public void attend(AttentionShape shape, View q, View k, View v, View y, View logSums) {
        float[] values = floats(v.buffer());
        float[] out = floats(y.buffer());
        float[] sums = floats(logSums.buffer());
        int vw = shape.valueWidth();
        forEachQuery(
                shape,
                (s, i, head, from, to) -> {
                    float[] scores = scores(shape, q, k, s, i, head, from, to);
                    int row = shape.queryOffsets()[s] + i;
                    double logSum = ScalarNormalisation.logSum(scores, 0, scores.length);
                    sums[logSums.offset() + row * shape.heads() + head] = (float) logSum;
                    int yAt = y.offset() + (row * shape.heads() + head) * vw;
                    for (int d = 0; d < vw; d++) {
                        double sum = 0;
                        for (int j = from; j < to; j++) {
                            int vAt = v.offset() + keyRow(shape, s, j, head) * vw;
                            sum += Math.exp(scores[j - from] - logSum) * values[vAt + d];
                        }
                        out[yAt + d] = (float) sum;
                    }
                });
    }

    @Override
    public void attendBackward(
            AttentionShape shape,
            View q,
            View k,
            View v,
            View y,
            View logSums,
            View dy,
            View dq,
            View dk,
            View dv) {
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
                (s, i, head, from, to) -> {
                    float[] scores = scores(shape, q, k, s, i, head, from, to);
                    int row = shape.queryOffsets()[s] + i;
                    float logSum =
                            floats(logSums.buffer())[logSums.offset() + row * shape.heads() + head];
                    int qAt = (row * shape.heads() + head) * w;
                    int yAt = (row * shape.heads() + head) * vw;
                    float common = 0; // Σ over keys of weight·gradient = y·dy
                    for (int d = 0; d < vw; d++) {
                        common += out[y.offset() + yAt + d] * up[dy.offset() + yAt + d];
                    }
                    for (int j = from; j < to; j++) {
                        int kAt = keyRow(shape, s, j, head) * w;
                        int vAt = keyRow(shape, s, j, head) * vw;
                        float p = (float) Math.exp(scores[j - from] - logSum);
                        float dp = 0;
                        for (int d = 0; d < vw; d++) {
                            dp += up[dy.offset() + yAt + d] * values[v.offset() + vAt + d];
                            toValue[dv.offset() + vAt + d] += p * up[dy.offset() + yAt + d];
                        }
                        float ds = p * (dp - common) * shape.scale();
                        for (int d = 0; d < w; d++) {
                            toQuery[dq.offset() + qAt + d] += ds * keys[k.offset() + kAt + d];
                            toKey[dk.offset() + kAt + d] += ds * queries[q.offset() + qAt + d];
                        }
                    }
                });
    }

    @FunctionalInterface
    private interface Query {
        /** Query i of sequence s, one head, and the keys it sees. */
        void visit(int s, int i, int head, int from, int to);
    }

    private static void forEachQuery(AttentionShape shape, Query query) {
        for (int s = 0; s < shape.batch(); s++) {
            for (int i = 0; i < shape.queries(s); i++) {
                for (int head = 0; head < shape.heads(); head++) {
                    query.visit(s, i, head, shape.from(s, i), shape.to(s, i));
                }
            }
        }
    }

    /** Which [keyHeads] row of the keys, counted in heads, query head {@code head} reads. */
    private static int keyRow(AttentionShape shape, int s, int j, int head) {
        int keyHead = head / (shape.heads() / shape.keyHeads());
        return (shape.keyOffsets()[s] + j) * shape.keyHeads() + keyHead;
    }

    private static float[] scores(
            AttentionShape shape, View q, View k, int s, int i, int head, int from, int to) {
        float[] queries = floats(q.buffer());
        float[] keys = floats(k.buffer());
        int w = shape.width();
        int qAt = q.offset() + ((shape.queryOffsets()[s] + i) * shape.heads() + head) * w;
        float[] scores = new float[Math.max(0, to - from)];
        for (int j = from; j < to; j++) {
            int kAt = k.offset() + keyRow(shape, s, j, head) * w;
            float dot = 0;
            for (int d = 0; d < w; d++) {
                dot += queries[qAt + d] * keys[kAt + d];
            }
            scores[j - from] = dot * shape.scale();
        }
        return scores;
    }
}
