package dev.unroll.bench.attention;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.pytorch.PyTorch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's {@code scaled_dot_product_attention} of one token more after another to keys and values
 * that stay where they were written. It attends to all of them.
 */
final class PyTorchDecoding implements Contestant {
    private final int length;
    private final Tensor keys; // [1, heads, room, head]
    private final Tensor values;
    private final Tensor q;
    private final Tensor k;
    private final Tensor v;
    private final boolean compared;
    private int written;

    /**
     * @param compared whether our side gives the same numbers
     */
    PyTorchDecoding(int length, boolean compared) {
        this.compared = compared;
        this.length = length;
        keys = room(2, length);
        values = room(3, length);
        q = rows(5, 1);
        k = rows(6, 1);
        v = rows(7, 1);
    }

    private static Tensor rows(long seed, int length) {
        return PyTorch.tensor(Rows.of(seed, length), 1, length, Rows.HEADS, Rows.HEAD)
                .transpose(1, 2)
                .contiguous();
    }

    private static Tensor room(long seed, int length) {
        int room = length + length / 8 + UnrollDecoding.TOKENS;
        Tensor all = torch.zeros(1, Rows.HEADS, room, Rows.HEAD);
        all.narrow(2, 0, length).copy_(rows(seed, length));
        return all;
    }

    @Override
    public void threads(int threads) {
        torch.set_num_threads(threads);
    }

    @Override
    public double run() {
        if (written >= length / 8) {
            written = 0;
        }
        double number = 0;
        for (int t = 0; t < UnrollDecoding.TOKENS; t++) {
            number += token(length + written + t, t == 0);
        }
        written += UnrollDecoding.TOKENS;
        return compared ? number : 0;
    }

    private double token(int at, boolean first) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard inference = new NoGradGuard()) {
            keys.narrow(2, at, 1).copy_(k);
            values.narrow(2, at, 1).copy_(v);
            Tensor y =
                    torch.scaled_dot_product_attention(
                            q,
                            keys.narrow(2, 0, at + 1),
                            values.narrow(2, 0, at + 1),
                            new TensorOptional(),
                            0,
                            false,
                            new DoubleOptional(),
                            false);
            return first ? y.data_ptr_float().get(0) : 0;
        }
    }
}
