package dev.unroll.nn.attention;

import dev.unroll.backend.AttentionDropout;
import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.CacheIndex;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Observer;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.ScaledDotProduct;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2.2).
 *
 * <pre>
 *   head_i = dropout(softmax(Q_i·K_iᵀ/√d + mask))·V_i       y = [head_1 … head_h]·Wo
 * </pre>
 *
 * Each head has its own part of the queries' width; several query heads may share a key head
 * (grouped queries, Ainslie et al. 2023). Values may be wider or narrower than keys, and the rows
 * attended to (the memory) wider or narrower than those that attend: N x M rows attend to K x L
 * rows and become N x M.
 *
 * @param query [width, heads·d]
 * @param key [memory, keyHeads·d]
 * @param value [memory, keyHeads·dv]
 * @param output [heads·dv, width]
 * @param heads of the queries
 * @param keyHeads of keys and values; divides heads
 * @param positions rotates queries and keys if rotary
 * @param pattern the keys that each head may attend to at all; NONE for dense attention
 * @param dropout on the attention weights, in training
 */
public record MultiHeadAttention(
        Linear query,
        Linear key,
        Linear value,
        Linear output,
        int heads,
        int keyHeads,
        Positions positions,
        HeadMasks pattern,
        Dropout dropout)
        implements SelfAttention {

    /**
     * Takes a score so far down that its weight is 0, and finite, for rows that attend to nothing.
     */
    private static final float HIDDEN = 1e9f;

    public MultiHeadAttention {
        AttentionWidths.check(query, key, value, output, heads, keyHeads);
        pattern.require(heads, keyHeads);
    }

    /** Dense attention without dropout. */
    public MultiHeadAttention(
            Linear query,
            Linear key,
            Linear value,
            Linear output,
            int heads,
            int keyHeads,
            Positions positions) {
        this(
                query,
                key,
                value,
                output,
                heads,
                keyHeads,
                positions,
                HeadMasks.NONE,
                new Dropout(0, 0));
    }

    /** The same weights with another pattern: sparse attention (Child et al. 2019). */
    public MultiHeadAttention pattern(HeadMasks masks) {
        return new MultiHeadAttention(
                query, key, value, output, heads, keyHeads, positions, masks, dropout);
    }

    /** The same weights with dropout on the attention weights. */
    public MultiHeadAttention dropout(Dropout noise) {
        return new MultiHeadAttention(
                query, key, value, output, heads, keyHeads, positions, pattern, noise);
    }

    /** Rows of one width attend to rows of the same width, and the heads share it evenly. */
    public static MultiHeadAttention of(
            int width, int heads, int keyHeads, Positions positions, Seed seed) {
        return of(width, width, HeadWidths.sharing(width, heads, keyHeads), positions, seed);
    }

    /**
     * Cross-attention: rows attend to the memory, whose rows may have another width, such as those
     * of an encoder. The heads share the first width evenly; there are no positions.
     *
     * @param width of the rows that attend, and of the result
     * @param memory width of the rows attended to
     */
    public static MultiHeadAttention cross(
            int width, int memory, int heads, int keyHeads, Seed seed) {
        HeadWidths shared = HeadWidths.sharing(width, heads, keyHeads);
        return of(width, memory, shared, new Positions.NoPositions(), seed);
    }

    /**
     * Heads of any widths.
     *
     * @param width of the rows that attend, and of the result
     * @param memory width of the rows attended to
     */
    public static MultiHeadAttention of(
            int width, int memory, HeadWidths heads, Positions positions, Seed seed) {
        return new MultiHeadAttention(
                Linear.of(width, heads.heads() * heads.key(), seed.at("query")),
                Linear.of(memory, heads.keyHeads() * heads.key(), seed.at("key")),
                Linear.of(memory, heads.keyHeads() * heads.value(), seed.at("value")),
                Linear.of(heads.heads() * heads.value(), width, seed.at("output")),
                heads.heads(),
                heads.keyHeads(),
                positions);
    }

    /** {@link #forward(Sequences, Sequences, Mask, Mode)} in inference. */
    public Sequences forward(Sequences x, Sequences y, Mask mask) {
        return forward(x, y, mask, Mode.INFERENCE);
    }

    /** x [tokens to, width] attends to y [tokens from, memory]; gives [tokens to, width]. */
    public Sequences forward(Sequences x, Sequences y, Mask mask, Mode mode) {
        Tensor[] qkv = project(x, y);
        Tensor q = qkv[0]; // [to, heads·d]
        Tensor k = qkv[1]; // [from, keyHeads·d]
        Tensor v = qkv[2]; // [from, keyHeads·dv]
        Tensor all = ScaledDotProduct.attend(q, k, v, shape(x.layout(), y.layout(), mask, mode));
        Observer observer = Observation.current();
        if (observer != null) {
            ObservedAttention.tell(observer, this, x.with(q), y.with(k), mask);
        }
        return x.with(output.forward(all)); // [head_1 … head_h]·Wo
    }

    @Override
    public Sequences forward(Sequences x, Mask mask, Mode mode) {
        return forward(x, x, mask, mode);
    }

    /** Queries of x, keys and values of y; rotary positions have rotated queries and keys. */
    private Tensor[] project(Sequences x, Sequences y) {
        AttentionWidths.requireQueries(x.rows(), query);
        AttentionWidths.requireMemory(y.rows(), key);
        boolean same = x.rows().equals(y.rows());
        Tensor[] p =
                same
                        ? Linear.together(x.rows(), query, key, value)
                        : Linear.together(y.rows(), key, value);
        Tensor q = same ? p[0] : query.forward(x.rows());
        return new Tensor[] {
            positions.rotate(q, x.layout().positions(), heads),
            positions.rotate(p[p.length - 2], y.layout().positions(), keyHeads),
            p[p.length - 1]
        };
    }

    /** {@link #formula(Sequences, Sequences, Mask, Mode)} in inference. */
    public Sequences formula(Sequences x, Sequences y, Mask mask) {
        return formula(x, y, mask, Mode.INFERENCE);
    }

    /**
     * The formula that {@link #forward(Sequences, Sequences, Mask, Mode)} computes in one
     * operation, operation by operation: [head_1 … head_h]·Wo with head_i =
     * dropout(softmax(Q_i·K_iᵀ/√d + mask))·V_i. The fused form is held equal to it, values and
     * gradients.
     */
    public Sequences formula(Sequences x, Sequences y, Mask mask, Mode mode) {
        AttentionWidths.requireQueries(x.rows(), query);
        AttentionWidths.requireMemory(y.rows(), key);
        int[] from = y.layout().offsets();
        int group = heads / keyHeads;
        int dv = value.out() / keyHeads;
        AttentionDropout noise = dropout.onAttention(mode);
        List<Tensor> sequences = new ArrayList<>();
        for (int s = 0; s < x.layout().batch(); s++) {
            Tensor v = value.forward(y.rows().slice(0, from[s], from[s + 1]));
            Tensor[] all = new Tensor[heads];
            for (int h = 0; h < heads; h++) {
                Tensor vh = v.slice(1, h / group * dv, (h / group + 1) * dv); // [from, dv]
                Tensor weights = attentionWeights(x, y, mask, s, h);
                Tensor kept = weights.times(factors(noise, s, h, weights.shape())); // [to, from]
                all[h] = kept.matmul(vh); // [to, dv]
            }
            sequences.add(output.forward(Tensor.concat(1, all)));
        }
        return x.with(Tensor.concat(0, sequences.toArray(Tensor[]::new)));
    }

    /**
     * Dropout's factors of one head's attention weights in one sequence, 0 or 1/(1 − rate): [to,
     * from].
     */
    private static Tensor factors(AttentionDropout noise, int sequence, int head, Shape shape) {
        int from = shape.dim(1);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = noise.factor(sequence, head, i / from, i % from);
        }
        return Tensor.of(values, shape.dims());
    }

    @Override
    public Past past(int sequences, int tokens) {
        return new Cached(this, cache(tokens));
    }

    @Override
    public Optional<HeadMasks> lookups() {
        return Optional.of(pattern);
    }

    /** The keys and values so far. */
    private record Cached(MultiHeadAttention attention, KeyValueCache cache) implements Past {
        @Override
        public Sequences prefill(Sequences x, Mask mask) {
            return attention.prefill(x, mask, cache);
        }

        @Override
        public Sequences step(Sequences x, BeamHistory.Step step) {
            return attention.step(x, step, cache);
        }

        @Override
        public List<Tensor> memory() {
            return cache.memory();
        }
    }

    /** An empty cache with room for so many tokens. */
    public KeyValueCache cache(int capacity) {
        return new KeyValueCache(key.out(), value.out(), capacity);
    }

    /** Appends the keys and values of y [rows, memory] at these positions [rows] to a cache. */
    public void remember(Tensor y, int[] at, KeyValueCache cache) {
        AttentionWidths.requireMemory(y, key);
        if (key.adapter() != null || value.adapter() != null) {
            cache.append(positions.rotate(key.forward(y), at, keyHeads), value.forward(y));
            return;
        }
        cache.append(
                y,
                key.weight(),
                key.bias(),
                value.weight(),
                value.bias(),
                k -> positions.rotate(k, at, keyHeads));
    }

    /**
     * Queries of x [rows, width] at these positions [rows] attend to a cache, each to the rows that
     * its list names; gives [rows, width].
     *
     * @param seen lists of rows for each of equal groups of heads, or one for all heads
     */
    public Tensor attend(Tensor x, int[] at, KeyValueCache cache, List<CacheIndex> seen) {
        AttentionWidths.requireQueries(x, query);
        Tensor q = positions.rotate(query.forward(x), at, heads); // [rows, heads·d]
        return output.forward(cache.attend(q, seen, shape()));
    }

    /**
     * {@link #forward(Sequences, Mask)} for one more token of each hypothesis: its key and value
     * are appended to the cache, and it attends to those that its history names. Without
     * derivatives.
     *
     * @param x [hypotheses, width]
     */
    public Sequences step(Sequences x, BeamHistory.Step step, KeyValueCache cache) {
        step.forget(cache);
        remember(x.rows(), step.positions(), cache);
        return x.with(attend(x.rows(), step.positions(), cache, step.seen()));
    }

    /**
     * {@link #forward(Sequences, Mask)} of whole sequences that attend to themselves, whose keys
     * and values are appended to the cache. Without derivatives.
     */
    public Sequences prefill(Sequences x, Mask mask, KeyValueCache cache) {
        Tensor[] qkv = project(x, x);
        cache.append(qkv[1], qkv[2]);
        AttentionShape shape = shape(x.layout(), mask);
        return x.with(output.forward(ScaledDotProduct.attend(qkv[0], qkv[1], qkv[2], shape)));
    }

    /** Which rows of these sequences attend to which of the same, in the backend's terms. */
    public AttentionShape shape(Layout layout, Mask mask) {
        return shape(layout, layout, mask, Mode.INFERENCE);
    }

    private AttentionHeads shape() {
        int d = query.out() / heads;
        float scale = (float) (1 / Math.sqrt(d));
        return new AttentionHeads(heads, keyHeads, d, value.out() / keyHeads, scale);
    }

    private AttentionShape shape(Layout queries, Layout keys, Mask mask, Mode mode) {
        if (queries.batch() != keys.batch()) {
            throw new IllegalArgumentException(
                    "attention: %d sequences look at %d".formatted(queries.batch(), keys.batch()));
        }
        return new AttentionShape(
                queries.offsets(),
                keys.offsets(),
                new int[queries.batch()],
                shape(),
                pattern.and(mask),
                dropout.onAttention(mode));
    }

    /**
     * The attention weights softmax(Q_i·K_iᵀ/√d + mask) of one head in one sequence: [to, from]. A
     * query that attends to nothing has weights of 0.
     */
    public Tensor attentionWeights(Sequences x, Sequences y, Mask mask, int sequence, int head) {
        AttentionWidths.requireQueries(x.rows(), query);
        AttentionWidths.requireMemory(y.rows(), key);
        int d = query.out() / heads;
        int keyHead = head / (heads / keyHeads);
        int[] xs = x.layout().offsets();
        int[] ys = y.layout().offsets();
        Tensor q =
                positions
                        .rotate(query.forward(x.rows()), x.layout().positions(), heads)
                        .slice(0, xs[sequence], xs[sequence + 1])
                        .slice(1, head * d, (head + 1) * d); // [to, d]
        Tensor k =
                positions
                        .rotate(key.forward(y.rows()), y.layout().positions(), keyHeads)
                        .slice(0, ys[sequence], ys[sequence + 1])
                        .slice(1, keyHead * d, (keyHead + 1) * d); // [from, d]
        Tensor scores = q.matmul(k.transpose()).times((float) (1 / Math.sqrt(d)));
        Mask own = pattern.of(head, heads).and(mask);
        Tensor seen = seen(own, q.dim(0), k.dim(0)); // [to, from]
        Tensor hidden = seen.plus(-1).times(HIDDEN);
        return scores.plus(hidden).softmax().times(seen); // [to, from]
    }

    /** The mean of the heads' attention weights in one sequence: [to, from]. */
    public Tensor attentionWeights(Sequences x, Sequences y, Mask mask, int sequence) {
        Tensor sum = attentionWeights(x, y, mask, sequence, 0);
        for (int head = 1; head < heads; head++) {
            sum = sum.plus(attentionWeights(x, y, mask, sequence, head));
        }
        return sum.times(1f / heads);
    }

    /** 1 where a query may attend, 0 where not: [to, from]. */
    private static Tensor seen(Mask mask, int to, int from) {
        float[] values = new float[to * from];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < from; j++) {
                values[i * from + j] = mask.sees(i, j) ? 1 : 0;
            }
        }
        return Tensor.of(values, to, from);
    }
}
