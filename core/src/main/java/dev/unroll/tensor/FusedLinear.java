package dev.unroll.tensor;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several linear functions of the same rows as one product: the fast twin of {@code
 * x.matmul(wᵢ).plus(bᵢ)} for each i. The weights are laid side by side for it, which costs a copy
 * of them; x is read once instead of once each, forward and backward, and the gradients of x need
 * not be added.
 */
public final class FusedLinear {
    private FusedLinear() {}

    /**
     * @param x [rows, in]
     * @param w each [in, outᵢ]
     * @param b each [outᵢ]
     * @return each [rows, outᵢ]
     */
    public static Tensor[] linear(Tensor x, Tensor[] w, Tensor[] b) {
        if (w.length == 0 || w.length != b.length || x.rank() != 2) {
            throw new IllegalArgumentException(
                    "linear: %s with %d weights and %d biases: rows, and a bias for each weight"
                            .formatted(x.shape(), w.length, b.length));
        }
        for (int i = 0; i < w.length; i++) {
            MatMul.check(x, w[i]);
            MatMul.checkBias("linear", x, w[i], b[i]);
        }
        int[] widths = Arrays.stream(b).mapToInt(Tensor::size).toArray();
        int in = x.dim(1);
        Tensor[] weights = Views.sideBySide(in, widths);
        Tensor[] biases = Views.sideBySide(1, widths);
        for (int i = 0; i < w.length; i++) {
            Views.copy(w[i].view(), weights[i].view());
            Views.copy(b[i].view(), biases[i].reshape(-1).view());
        }
        Tensor weight = Views.joined(weights);
        Tensor bias = Views.joined(biases).reshape(-1);
        Tensor[] ys = Views.sideBySide(x.dim(0), widths);
        MatMul.addProduct(x, weight, bias, Views.joined(ys).view());
        boolean input = Tape.tracks(x);
        return Tape.record(
                ys,
                dys -> {
                    Tensor dy = Views.joined(Tape.orZeros(dys, ys));
                    Tensor dx = input ? MatMul.plain(dy, weight.transpose()) : null;
                    Tensor dw = MatMul.plain(x.transpose(), dy);
                    Tensor db = dy.sum(0);
                    @Nullable Tensor[] gradients = new @Nullable Tensor[1 + 2 * ys.length];
                    gradients[0] = dx;
                    int at = 0;
                    for (int i = 0; i < ys.length; i++) {
                        gradients[1 + i] = dw.slice(1, at, at + widths[i]);
                        gradients[1 + ys.length + i] = db.slice(0, at, at + widths[i]);
                        at += widths[i];
                    }
                    return gradients;
                },
                Stream.of(Stream.of(x), Arrays.stream(w), Arrays.stream(b))
                        .flatMap(t -> t)
                        .toArray(Tensor[]::new));
    }
}
