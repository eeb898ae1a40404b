package dev.unroll.vector;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionShape;
import org.jspecify.annotations.Nullable;

/**
 * Linear attention in its quadratic form, with all weights stored, in double precision, and its
 * derivative.
 *
 * @param y [tokens, heads·valueWidth]
 * @param dlogs [tokens, heads]
 */
record LinearAttentionFormula(double[] y, double[] dq, double[] dk, double[] dv, double[] dlogs) {

    static LinearAttentionFormula of(
            LinearAttentionShape shape,
            float[] q,
            float[] k,
            float[] v,
            float @Nullable [] logs,
            float[] dy) {
        LinearAttentionFormula a =
                new LinearAttentionFormula(
                        new double[dy.length],
                        new double[q.length],
                        new double[k.length],
                        new double[v.length],
                        new double[shape.tokens() * shape.heads().heads()]);
        for (int s = 0; s < shape.batch(); s++) {
            for (int head = 0; head < shape.heads().heads(); head++) {
                a.head(shape, s, head, q, k, v, logs, dy);
            }
        }
        return a;
    }

    private void head(
            LinearAttentionShape shape,
            int sequence,
            int head,
            float[] q,
            float[] k,
            float[] v,
            float @Nullable [] logs,
            float[] dy) {
        LinearAttentionHeads heads = shape.heads();
        int n = shape.length(sequence);
        int first = shape.offsets()[sequence];
        int keyHead = head / heads.group();
        int w = heads.width();
        int vw = heads.valueWidth();
        for (int t = 0; t < n; t++) {
            int qAt = ((first + t) * heads.heads() + head) * w;
            int yAt = ((first + t) * heads.heads() + head) * vw;
            int seen = shape.causal() ? t + 1 : n;
            double[] weights = new double[seen];
            double[] decays = new double[seen];
            double sum = LinearAttentionOperations.EPSILON;
            double decay = 1;
            for (int s = seen - 1; s >= 0; s--) {
                int kAt = ((first + s) * heads.keyHeads() + keyHead) * w;
                for (int d = 0; d < w; d++) {
                    weights[s] += (double) q[qAt + d] * k[kAt + d];
                }
                decays[s] = decay;
                weights[s] *= decay;
                sum += weights[s];
                if (logs != null) {
                    decay *= Math.exp(logs[(first + s) * heads.heads() + head]);
                }
            }
            double divisor = heads.normalised() ? sum : 1;
            double common = 0;
            for (int d = 0; d < vw; d++) {
                for (int s = 0; s < seen; s++) {
                    int vAt = ((first + s) * heads.keyHeads() + keyHead) * vw;
                    y[yAt + d] += weights[s] * v[vAt + d] / divisor;
                }
                common += heads.normalised() ? y[yAt + d] * dy[yAt + d] : 0;
            }
            double since = 0; // the decay before token s is part of all weights of earlier keys
            for (int s = 0; s < seen; s++) {
                int kAt = ((first + s) * heads.keyHeads() + keyHead) * w;
                int vAt = ((first + s) * heads.keyHeads() + keyHead) * vw;
                double slope = -common / divisor;
                for (int d = 0; d < vw; d++) {
                    slope += dy[yAt + d] * (double) v[vAt + d] / divisor;
                    dv[vAt + d] += weights[s] * dy[yAt + d] / divisor;
                }
                if (logs != null) {
                    dlogs[(first + s) * heads.heads() + head] += since;
                }
                since += weights[s] * slope;
                for (int d = 0; d < w; d++) {
                    dq[qAt + d] += slope * decays[s] * k[kAt + d];
                    dk[kAt + d] += slope * decays[s] * q[qAt + d];
                }
            }
        }
    }
}
