package dev.unroll.tensor;

import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.Backends;
import dev.unroll.backend.QueryKeyValue;

/**
 * Scaled dot-product attention as one fused operation: softmax(Q·Kᵀ·scale + mask)·V for every
 * sequence and head (Vaswani et al. 2017, eq. 1), without keeping the attention weights. The
 * formula in single operations is {@code MultiHeadAttention.formula}.
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
        QueryKeyValue in = views(Views.inWholeRows(q), Views.inWholeRows(k), Views.inWholeRows(v));
        Tensor y = Tensor.allocate(Shape.of(q.dim(0), shape.heads() * shape.valueWidth()));
        Tensor logSums = Tensor.allocate(Shape.of(q.dim(0), shape.heads()));
        Backends.current().attention().attend(shape, in, y.view(), logSums.view());
        return Tape.record(
                y,
                dy -> {
                    Tensor[] dxs = gradients(q, k, v);
                    Backends.current()
                            .attention()
                            .attendBackward(
                                    shape,
                                    in,
                                    y.view(),
                                    logSums.view(),
                                    Views.inWholeRows(dy).view(),
                                    views(dxs[0], dxs[1], dxs[2]));
                    return dxs;
                },
                q,
                k,
                v);
    }

    private static QueryKeyValue views(Tensor q, Tensor k, Tensor v) {
        return new QueryKeyValue(q.view(), k.view(), v.view());
    }

    /** Room for the gradients; side by side where q, k and v are, so that they go on as one. */
    private static Tensor[] gradients(Tensor q, Tensor k, Tensor v) {
        boolean keysAndValues = k.view().buffer().equals(v.view().buffer());
        if (keysAndValues && q.dim(0) == k.dim(0) && q.view().buffer().equals(k.view().buffer())) {
            return Views.sideBySide(q.dim(0), q.dim(1), k.dim(1), v.dim(1));
        }
        Tensor dq = Tensor.allocate(q.shape());
        if (keysAndValues) {
            Tensor[] both = Views.sideBySide(k.dim(0), k.dim(1), v.dim(1));
            return new Tensor[] {dq, both[0], both[1]};
        }
        return new Tensor[] {dq, Tensor.allocate(k.shape()), Tensor.allocate(v.shape())};
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
