package dev.unroll.nn;

import dev.unroll.backend.AttentionShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.ScaledDotProduct;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2.2).
 *
 * <pre>
 *   head_i = softmax(Q_i·K_iᵀ/√d + mask)·V_i       y = [head_1 … head_h]·Wo
 * </pre>
 *
 * Each head has its own part of the queries' width; several query heads may share a key head
 * (grouped queries, Ainslie et al. 2023). Values may be wider or narrower than keys.
 *
 * @param query [width, heads·d]
 * @param key [width of what is looked at, keyHeads·d]
 * @param value [the same, keyHeads·dv]
 * @param output [heads·dv, width]
 * @param heads of the queries
 * @param keyHeads of keys and values; divides heads
 * @param positions turns queries and keys if rotary
 */
public record MultiHeadAttention(
        Linear query,
        Linear key,
        Linear value,
        Linear output,
        int heads,
        int keyHeads,
        Positions positions) {

    /** Takes a score so far down that its weight is 0, and finite, for rows that see nothing. */
    private static final float HIDDEN = 1e9f;

    public MultiHeadAttention {
        if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    "%d query heads cannot share %d key heads evenly".formatted(heads, keyHeads));
        }
        int d = query.out() / heads;
        if (query.out() % heads != 0
                || key.out() != keyHeads * d
                || value.out() % keyHeads != 0
                || output.weight().shape().dim(0) != heads * (value.out() / keyHeads)) {
            throw new IllegalArgumentException(
                    "attention: queries %s, keys %s, values %s, output %s do not fit %d and %d heads"
                            .formatted(
                                    query.weight().shape(),
                                    key.weight().shape(),
                                    value.weight().shape(),
                                    output.weight().shape(),
                                    heads,
                                    keyHeads));
        }
    }

    /** Heads that share the width evenly. */
    public static MultiHeadAttention of(
            int width, int heads, int keyHeads, Positions positions, Seed seed) {
        if (width % heads != 0) {
            throw new IllegalArgumentException(
                    "a width of %d cannot be shared by %d heads".formatted(width, heads));
        }
        int keys = keyHeads * (width / heads);
        return new MultiHeadAttention(
                Linear.of(width, width, seed.at("query")),
                Linear.of(width, keys, seed.at("key")),
                Linear.of(width, keys, seed.at("value")),
                Linear.of(width, width, seed.at("output")),
                heads,
                keyHeads,
                positions);
    }

    /** x [tokens to, width] looks at y [tokens from, width]; gives [tokens to, width]. */
    public Sequences forward(Sequences x, Sequences y, Mask mask) {
        int[] starts = new int[x.layout().batch()];
        if (!x.equals(y)) {
            return attend(x, keysValues(y, y.layout().positions()), mask, starts);
        }
        int[] at = x.layout().positions();
        Tensor[] qkv = Linear.together(x.rows(), query, key, value);
        Tensor q = positions.turn(qkv[0], at, heads); // [tokens, heads·d]
        Tensor k = positions.turn(qkv[1], at, keyHeads); // [tokens, keyHeads·d]
        return attended(x, q, new KeysValues(k, qkv[2], x.layout()), mask, starts);
    }

    /** What can be looked at: keys and values of y at these positions [tokens]. */
    public KeysValues keysValues(Sequences y, int[] at) {
        Tensor[] kv = Linear.together(y.rows(), key, value);
        Tensor k = positions.turn(kv[0], at, keyHeads); // [from, keyHeads·d]
        return new KeysValues(k, kv[1], y.layout()); // values [from, keyHeads·dv]
    }

    /** No keys yet, for so many sequences. */
    public KeysValues nothing(int batch) {
        return KeysValues.empty(batch, key.out(), value.out());
    }

    /**
     * x looks at keys and values made before.
     *
     * @param starts [batch], the position of each sequence's first query
     */
    public Sequences attend(Sequences x, KeysValues y, Mask mask, int[] starts) {
        int[] at = x.layout().positions(starts);
        return attended(x, positions.turn(query.forward(x.rows()), at, heads), y, mask, starts);
    }

    /** What queries q [to, heads·d] of x see of y. */
    private Sequences attended(Sequences x, Tensor q, KeysValues y, Mask mask, int[] starts) {
        AttentionShape shape = shape(x.layout(), y.layout(), mask, starts);
        Tensor all = ScaledDotProduct.attend(q, y.keys(), y.values(), shape); // [to, heads·dv]
        return x.with(output.forward(all));
    }

    private AttentionShape shape(Layout queries, Layout keys, Mask mask, int[] starts) {
        if (queries.batch() != keys.batch()) {
            throw new IllegalArgumentException(
                    "attention: %d sequences look at %d".formatted(queries.batch(), keys.batch()));
        }
        int d = query.out() / heads;
        return new AttentionShape(
                queries.offsets(),
                keys.offsets(),
                starts,
                heads,
                keyHeads,
                d,
                value.out() / keyHeads,
                (float) (1 / Math.sqrt(d)),
                mask.left(),
                mask.right());
    }

    /**
     * The weights themselves, for looking at: [to, from] of one sequence and one head. A query that
     * sees nothing has weights of 0.
     */
    public Tensor weights(Sequences x, Sequences y, Mask mask, int sequence, int head) {
        int d = query.out() / heads;
        int keyHead = head / (heads / keyHeads);
        int[] xs = x.layout().offsets();
        int[] ys = y.layout().offsets();
        Tensor q =
                positions
                        .turn(query.forward(x.rows()), x.layout().positions(), heads)
                        .slice(0, xs[sequence], xs[sequence + 1])
                        .slice(1, head * d, (head + 1) * d); // [to, d]
        Tensor k =
                positions
                        .turn(key.forward(y.rows()), y.layout().positions(), keyHeads)
                        .slice(0, ys[sequence], ys[sequence + 1])
                        .slice(1, keyHead * d, (keyHead + 1) * d); // [from, d]
        Tensor scores = q.matmul(k.transpose()).times((float) (1 / Math.sqrt(d)));
        Tensor seen = seen(mask, q.dim(0), k.dim(0)); // [to, from]
        Tensor hidden = seen.plus(-1).times(HIDDEN);
        return scores.plus(hidden).softmax().times(seen); // [to, from]
    }

    /** The mean of the heads' weights: [to, from] of one sequence. */
    Tensor weights(Sequences x, Sequences y, Mask mask, int sequence) {
        Tensor sum = weights(x, y, mask, sequence, 0);
        for (int head = 1; head < heads; head++) {
            sum = sum.plus(weights(x, y, mask, sequence, head));
        }
        return sum.times(1f / heads);
    }

    /** 1 where a query may look, 0 where not: [to, from]. */
    private static Tensor seen(Mask mask, int to, int from) {
        float[] values = new float[to * from];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < from; j++) {
                boolean seen = j >= (long) i - mask.left() && j <= (long) i + mask.right();
                values[i * from + j] = seen ? 1 : 0;
            }
        }
        return Tensor.of(values, to, from);
    }
}
