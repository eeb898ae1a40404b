package dev.unroll.tensor;

import dev.unroll.backend.Backends;

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
        return Tape.record(
                rotation(x, positions, heads, rotated, base, interleaved, false),
                dy ->
                        new Tensor[] {
                            rotation(dy, positions, heads, rotated, base, interleaved, true)
                        },
                x);
    }

    private static Tensor rotation(
            Tensor x,
            int[] positions,
            int heads,
            int rotated,
            float base,
            boolean interleaved,
            boolean inverse) {
        Tensor y = Tensor.allocate(x.shape());
        Backends.current()
                .rows()
                .rotate(
                        Views.contiguousView(x),
                        positions,
                        heads,
                        rotated,
                        base,
                        interleaved,
                        inverse,
                        y.view());
        return y;
    }
}
