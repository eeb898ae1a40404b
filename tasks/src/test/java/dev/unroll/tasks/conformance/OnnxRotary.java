package dev.unroll.tasks.conformance;

import dev.unroll.tensor.Tensor;

/**
 * The formula of rotary positions, since the cases bring tables of sines and cosines that belong to
 * no angle. {@link OnnxConformanceTest} holds Unroll's operation against this formula.
 */
final class OnnxRotary {
    private OnnxRotary() {}

    static OnnxAnswer answer(OnnxCase given) {
        given.understands("interleaved", "num_heads", "rotary_embedding_dim");
        Tensor x = given.tensor("input"); // [batch, heads, time, width] or [batch, time, ..]
        boolean flat = x.rank() == 3;
        Tensor apart =
                flat
                        ? x.reshape(x.dim(0), x.dim(1), given.integer("num_heads", 1), -1)
                        : x.transpose(1, 2); // [batch, time, heads, width]
        Tensor cos = table(given, "cos_cache", apart);
        Tensor sin = table(given, "sin_cache", apart);
        Tensor y = turned(apart, cos, sin, given.integer("interleaved", 0) == 1);
        return OnnxAnswer.of(
                "formula: x·cos ± x′·sin",
                "output",
                flat ? y.reshape(x.shape().dims()) : y.transpose(1, 2));
    }

    /** The rows of these positions: [batch, time, 1, pairs]. */
    private static Tensor table(OnnxCase given, String name, Tensor x) {
        Tensor table = given.tensor(name);
        Tensor rows =
                given.has("position_ids")
                        ? table.gather(given.input("position_ids").integers())
                        : table;
        return rows.reshape(x.dim(0), x.dim(1), 1, -1);
    }

    /**
     * Turns pairs of the leading elements, as many as there are sines; the rest stays.
     *
     * @param x [.., heads, width]
     * @param cos [.., 1, pairs]
     * @param sin the same
     */
    static Tensor turned(Tensor x, Tensor cos, Tensor sin, boolean interleaved) {
        int pairs = cos.dim(-1);
        int[] dims = x.shape().dims().clone();
        int last = dims.length - 1;
        Tensor head = x.slice(last, 0, 2 * pairs);
        Tensor rest = x.slice(last, 2 * pairs, dims[last]);
        dims[last] = 2 * pairs;
        if (interleaved) { // pairs that are neighbours: brought to the order of halves and back
            int[] apart = {-1, pairs, 2};
            Tensor halves = head.reshape(apart).transpose(-2, -1).reshape(dims);
            Tensor y = halves(halves, cos, sin);
            int[] together = {-1, 2, pairs};
            Tensor back = y.reshape(together).transpose(-2, -1).reshape(dims);
            return Tensor.concat(last, back, rest);
        }
        return Tensor.concat(last, halves(head, cos, sin), rest);
    }

    private static Tensor halves(Tensor x, Tensor cos, Tensor sin) {
        Tensor[] half = x.split(2);
        return Tensor.concat(
                x.rank() - 1,
                half[0].times(cos).minus(half[1].times(sin)),
                half[0].times(sin).plus(half[1].times(cos)));
    }
}
