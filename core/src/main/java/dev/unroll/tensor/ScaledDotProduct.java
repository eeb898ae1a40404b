package dev.unroll.tensor;

import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.Backends;

/**
 * Scaled dot-product attention as one operation: the fast twin of softmax(Q·Kᵀ·scale + mask)·V for
 * every sequence and head (Vaswani et al. 2017, eq. 1), without keeping the weights.
 */
public final class ScaledDotProduct {
    private ScaledDotProduct() {}

    /**
     * @param q [queries, heads·width]
     * @param k [keys, keyHeads·width]
     * @param v [keys, keyHeads·valueWidth]
     * @return [queries, heads·valueWidth]
     */
    public static Tensor attend(Tensor q, Tensor k, Tensor v, AttentionShape shape) {
        check(q, k, v, shape);
        Tensor queries = q.contiguous();
        Tensor keys = k.contiguous();
        Tensor values = v.contiguous();
        Tensor y = Tensor.allocate(Shape.of(q.dim(0), shape.heads() * shape.valueWidth()));
        Tensor logSums = Tensor.allocate(Shape.of(q.dim(0), shape.heads()));
        Backends.current()
                .attention()
                .attend(
                        shape,
                        queries.view(),
                        keys.view(),
                        values.view(),
                        y.view(),
                        logSums.view());
        return Tape.record(
                y,
                dy -> {
                    Tensor dq = Tensor.allocate(q.shape());
                    Tensor dk = Tensor.allocate(k.shape());
                    Tensor dv = Tensor.allocate(v.shape());
                    Backends.current()
                            .attention()
                            .attendBackward(
                                    shape,
                                    queries.view(),
                                    keys.view(),
                                    values.view(),
                                    y.view(),
                                    logSums.view(),
                                    Views.contiguousView(dy),
                                    dq.view(),
                                    dk.view(),
                                    dv.view());
                    return new Tensor[] {dq, dk, dv};
                },
                q,
                k,
                v);
    }

    private static void check(Tensor q, Tensor k, Tensor v, AttentionShape s) {
        int queries = s.queryOffsets()[s.batch()];
        int keys = s.keyOffsets()[s.batch()];
        boolean fits =
                q.shape().equals(Shape.of(queries, s.heads() * s.width()))
                        && k.shape().equals(Shape.of(keys, s.keyHeads() * s.width()))
                        && v.shape().equals(Shape.of(keys, s.keyHeads() * s.valueWidth()))
                        && s.heads() % s.keyHeads() == 0;
        if (!fits) {
            throw new IllegalArgumentException(
                    ("attention: q %s, k %s, v %s do not fit %d queries, %d keys, %d heads of width"
                                    + " %d, %d key heads, value width %d")
                            .formatted(
                                    q.shape(),
                                    k.shape(),
                                    v.shape(),
                                    queries,
                                    keys,
                                    s.heads(),
                                    s.width(),
                                    s.keyHeads(),
                                    s.valueWidth()));
        }
    }
}
