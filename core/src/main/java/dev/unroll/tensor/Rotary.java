package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Rows;
import dev.unroll.backend.View;

/** Rotary position embedding; its derivative turns back. */
public final class Rotary {
    private Rotary() {}

    /**
     * Turns pairs of elements of each head by angles that grow with the position (Su et al. 2021,
     * eq. 34).
     *
     * @param x [tokens, heads·width]
     * @param positions [tokens]
     * @param rotated leading elements of each head that turn; even, at most width
     * @param base 10,000 in the paper
     * @param interleaved pairs are neighbours, as in the paper; else halves, as in GPT-NeoX
     */
    public static Tensor rotate(
            Tensor x, int[] positions, int heads, int rotated, float base, boolean interleaved) {
        if (x.rank() != 2
                || positions.length != x.dim(0)
                || heads < 1
                || x.dim(1) % heads != 0
                || rotated < 0
                || rotated % 2 != 0
                || rotated > x.dim(1) / heads) {
            throw new IllegalArgumentException(
                    "rotate: %s with %d positions, %d heads, %d elements rotated"
                            .formatted(x.shape(), positions.length, heads, rotated));
        }
        Rows.Rotation how = new Rows.Rotation(heads, rotated, base, interleaved);
        return Tape.record(
                rotation(how, x, positions, false),
                dy -> new Tensor[] {rotation(how, dy, positions, true)},
                x);
    }

    private static Tensor rotation(Rows.Rotation how, Tensor x, int[] positions, boolean inverse) {
        Tensor y = Tensor.allocate(x.shape());
        View from = Views.contiguousView(x);
        Backends.current().rows().rotate(how, from, positions, inverse, y.view());
        return y;
    }
}
