package dev.unroll.vector;

import dev.unroll.backend.AttentionShape;

/**
 * Attention as the paper has it, with all weights stored, in double precision (Vaswani et al. 2017,
 * eq. 1), and its derivative, with dropout on the weights where the shape has it.
 *
 * @param y [queries, heads·valueWidth]
 * @param logSums [queries, heads]
 */
record AttentionFormula(double[] y, double[] logSums, double[] dq, double[] dk, double[] dv) {

    static AttentionFormula of(AttentionShape shape, float[] q, float[] k, float[] v, float[] dy) {
        int queries = shape.queryOffsets()[shape.batch()];
        AttentionFormula a =
                new AttentionFormula(
                        new double[dy.length],
                        new double[queries * shape.heads()],
                        new double[q.length],
                        new double[k.length],
                        new double[v.length]);
        for (int s = 0; s < shape.batch(); s++) {
            for (int i = 0; i < shape.queries(s); i++) {
                for (int head = 0; head < shape.heads(); head++) {
                    a.query(shape, s, i, head, q, k, v, dy);
                }
            }
        }
        return a;
    }

    private void query(
            AttentionShape shape,
            int s,
            int i,
            int head,
            float[] q,
            float[] k,
            float[] v,
            float[] dy) {
        int w = shape.width();
        int vw = shape.valueWidth();
        int keys = shape.keys(s);
        int to = (shape.queryOffsets()[s] + i) * shape.heads() + head;
        int keyHead = head * shape.keyHeads() / shape.heads();
        int first = shape.keyOffsets()[s] * shape.keyHeads() + keyHead;
        double[] scores = new double[keys];
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < keys; j++) {
            boolean seen = shape.mask(head).sees(shape.starts()[s] + i, j);
            for (int d = 0; d < w; d++) {
                scores[j] +=
                        (double) shape.scale()
                                * q[to * w + d]
                                * k[(first + j * shape.keyHeads()) * w + d];
            }
            scores[j] = seen ? scores[j] : Double.NEGATIVE_INFINITY;
            max = Math.max(max, scores[j]);
        }
        logSums[to] = Double.NEGATIVE_INFINITY;
        if (max == Double.NEGATIVE_INFINITY) {
            return;
        }
        double sum = 0;
        for (int j = 0; j < keys; j++) {
            sum += Math.exp(scores[j] - max);
        }
        logSums[to] = max + Math.log(sum);
        double[] dp = new double[keys];
        double common = 0;
        for (int j = 0; j < keys; j++) {
            double p = Math.exp(scores[j] - logSums[to]);
            double factor = shape.dropout().factor(s, head, i, j);
            for (int d = 0; d < vw; d++) {
                int vAt = (first + j * shape.keyHeads()) * vw + d;
                y[to * vw + d] += p * factor * v[vAt];
                dv[vAt] += p * factor * dy[to * vw + d];
                dp[j] += factor * dy[to * vw + d] * v[vAt];
            }
            common += p * dp[j];
        }
        for (int j = 0; j < keys; j++) {
            double ds = Math.exp(scores[j] - logSums[to]) * (dp[j] - common) * shape.scale();
            for (int d = 0; d < w; d++) {
                int kAt = (first + j * shape.keyHeads()) * w + d;
                dq[to * w + d] += ds * k[kAt];
                dk[kAt] += ds * q[to * w + d];
            }
        }
    }
}
