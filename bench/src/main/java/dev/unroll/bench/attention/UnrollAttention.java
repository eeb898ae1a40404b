package dev.unroll.bench.attention;

import dev.unroll.backend.AttentionShape;
import dev.unroll.bench.Contestant;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.ScaledDotProduct;
import dev.unroll.tensor.Tensor;

/** Our attention of one sequence to itself, forwards and backwards. */
final class UnrollAttention implements Contestant {
    private final Tensor q;
    private final Tensor k;
    private final Tensor v;
    private final Tensor slopes;
    private final AttentionShape shape;
    private int runs;

    UnrollAttention(Pattern pattern, int length) {
        q = rows(1, length);
        k = rows(2, length);
        v = rows(3, length);
        slopes = rows(4, length);
        int[] offsets = {0, length};
        shape = new AttentionShape(offsets, offsets, new int[1], Rows.heads(), pattern.masks);
    }

    static Tensor rows(long seed, int length) {
        return Tensor.of(Rows.of(seed, length), length, Rows.WIDTH);
    }

    @Override
    public double run() {
        boolean checked = runs++ < Rows.CHECKED;
        return MemoryScope.run(
                () -> {
                    Gradients gradients =
                            Gradients.of(
                                    () ->
                                            ScaledDotProduct.attend(q, k, v, shape)
                                                    .times(slopes)
                                                    .sum(),
                                    q,
                                    k,
                                    v);
                    return checked
                            ? Rows.sum(gradients.of(q).toArray())
                                    + Rows.sum(gradients.of(k).toArray())
                                    + Rows.sum(gradients.of(v).toArray())
                            : 0;
                });
    }
}
