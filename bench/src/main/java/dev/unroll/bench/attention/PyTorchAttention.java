package dev.unroll.bench.attention;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.mask.HeadMasks;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's {@code scaled_dot_product_attention} of one sequence to itself, forwards and backwards.
 * Sparse patterns are masks of all pairs, which is the way it offers.
 */
final class PyTorchAttention implements Contestant {
    private final Tensor q;
    private final Tensor k;
    private final Tensor v;
    private final Tensor slopes;
    private final @Nullable Tensor mask;
    private final boolean causal;
    private int runs;

    /**
     * @param compared whether our side gives the same numbers
     */
    PyTorchAttention(Pattern pattern, int length, boolean compared) {
        runs = compared ? 0 : Rows.CHECKED;
        q = rows(1, length).set_requires_grad(true);
        k = rows(2, length).set_requires_grad(true);
        v = rows(3, length).set_requires_grad(true);
        slopes = rows(4, length);
        causal = pattern == Pattern.CAUSAL;
        mask = causal || pattern.looksAhead() ? null : mask(pattern.masks, length);
    }

    /** [1, heads, length, head] */
    private static Tensor rows(long seed, int length) {
        return PyTorch.tensor(Rows.of(seed, length), 1, length, Rows.HEADS, Rows.HEAD)
                .transpose(1, 2)
                .contiguous();
    }

    /** [1, heads or 1, length, length], 0 where a key is seen, −∞ where not. */
    private static Tensor mask(HeadMasks masks, int length) {
        Tensor[] heads = new Tensor[masks.groups()];
        for (int g = 0; g < heads.length; g++) {
            heads[g] = torch.empty(1, 1, length, length);
            for (int i = 0; i < length; i++) {
                float[] hidden = new float[length];
                for (int j = 0; j < length; j++) {
                    boolean seen = masks.masks().get(g).sees(i, j);
                    hidden[j] = seen ? 0 : Float.NEGATIVE_INFINITY;
                }
                try (PointerScope row = new PointerScope()) {
                    heads[g].narrow(2, i, 1).copy_(PyTorch.tensor(hidden, 1, 1, 1, length));
                }
            }
        }
        int share = heads.length == 1 ? 1 : Rows.HEADS / heads.length;
        for (int g = 0; g < heads.length; g++) {
            heads[g] = heads[g].expand(1, share, length, length);
        }
        return heads.length == 1 ? heads[0] : torch.cat(new TensorVector(heads), 1);
    }

    @Override
    public void threads(int threads) {
        torch.set_num_threads(threads);
    }

    @Override
    public double run() {
        boolean checked = runs++ < Rows.CHECKED;
        try (PointerScope scope = new PointerScope()) {
            Tensor y =
                    torch.scaled_dot_product_attention(
                            q,
                            k,
                            v,
                            mask == null ? new TensorOptional() : new TensorOptional(mask),
                            0,
                            causal,
                            new DoubleOptional(),
                            false);
            y.mul(slopes).sum().backward();
            double number = checked ? sum(q.grad()) + sum(k.grad()) + sum(v.grad()) : 0;
            q.mutable_grad().reset();
            k.mutable_grad().reset();
            v.mutable_grad().reset();
            return number;
        }
    }

    private static double sum(Tensor gradient) {
        Tensor rows = gradient.transpose(1, 2).contiguous();
        float[] values = new float[(int) rows.numel()];
        rows.data_ptr_float().get(values);
        return Rows.sum(values);
    }
}
