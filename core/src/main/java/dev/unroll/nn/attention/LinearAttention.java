package dev.unroll.nn.attention;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Observer;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.LinearAttentionState;
import dev.unroll.tensor.LinearDotProduct;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Linear attention (Katharopoulos et al. 2020, section 3.2) with an optional decay. In every head,
 * with φ(a) = elu(a) + 1,
 *
 * <pre>
 *   y(t) = Σ w(t, s)·v(s) / Σ w(t, s)        w(t, s) = g(s+1)·…·g(t) · φ(q(t))·φ(k(s))
 * </pre>
 *
 * over the tokens s ≤ t, or over all tokens of the sequence if it looks both ways; then the heads
 * side by side are multiplied by the output's weights. Time and memory for a token do not depend on
 * the length of its sequence, and while a text is written its past is a state of constant size. The
 * decays g are those of RetNet or gates as in GLA and Mamba-2; unlike those, all kinds keep φ and
 * the division, so that a result is a weighted mean of values.
 *
 * @param query [width, heads·d]
 * @param key [width, keyHeads·d]
 * @param value [width, keyHeads·dv]
 * @param output [heads·dv, width]
 * @param heads of the queries
 * @param keyHeads of keys and values; divides heads
 * @param decay how the past is forgotten
 */
public record LinearAttention(
        Linear query, Linear key, Linear value, Linear output, int heads, int keyHeads, Decay decay)
        implements SelfAttention {

    public LinearAttention {
        AttentionWidths.check(query, key, value, output, heads, keyHeads);
        decay.require(query.in(), heads);
    }

    /** Heads that share a width evenly. */
    public static LinearAttention of(
            int width, int heads, int keyHeads, Decay.Kind decay, Seed seed) {
        HeadWidths shared = HeadWidths.sharing(width, heads, keyHeads);
        return new LinearAttention(
                Linear.of(width, width, seed.at("query")),
                Linear.of(width, keyHeads * shared.key(), seed.at("key")),
                Linear.of(width, keyHeads * shared.value(), seed.at("value")),
                Linear.of(width, width, seed.at("output")),
                heads,
                keyHeads,
                Decay.of(decay, width, heads, seed.at("decay")));
    }

    /**
     * Queries, keys and values of rows, and their decays.
     *
     * @param q φ of the queries, [tokens, heads·d]
     * @param k φ of the keys, [tokens, keyHeads·d]
     * @param v [tokens, keyHeads·dv]
     * @param logDecays [tokens, heads] or [1, heads]; null for none
     */
    private record Projected(Tensor q, Tensor k, Tensor v, @Nullable Tensor logDecays) {}

    private Projected project(Tensor rows) {
        AttentionWidths.requireQueries(rows, query);
        Tensor[] p = Linear.together(rows, query, key, value);
        return new Projected(p[0].eluPlusOne(), p[1].eluPlusOne(), p[2], decay.logarithms(rows));
    }

    /**
     * Every token attends to its own sequence.
     *
     * @param mask {@link Masks#CAUSAL}, or {@link Masks#NONE} to look both ways without a decay
     * @param mode makes no difference
     */
    @Override
    public Sequences forward(Sequences x, Mask mask, Mode mode) {
        return x.with(forward(project(x.rows()), x.layout(), mask));
    }

    private Tensor forward(Projected p, Layout layout, Mask mask) {
        LinearAttentionShape shape =
                new LinearAttentionShape(layout.offsets(), shape(), causal(mask));
        Tensor all = LinearDotProduct.attend(p.q, p.k, p.v, p.logDecays, shape);
        Observer observer = Observation.current();
        if (observer != null) {
            ObservedAttention.tell(
                    observer,
                    this,
                    new Sequences(p.q, layout),
                    new Sequences(p.k, layout),
                    p.logDecays,
                    causal(mask));
        }
        return output.forward(all);
    }

    private static boolean causal(Mask mask) {
        if (mask.equals(Masks.CAUSAL)) {
            return true;
        }
        if (mask.equals(Masks.NONE)) {
            return false;
        }
        throw new IllegalArgumentException(
                "linear attention keeps sums over all earlier tokens, so it cannot leave some of"
                        + " them out: its mask is Masks.CAUSAL or Masks.NONE, not "
                        + mask);
    }

    private LinearAttentionHeads shape() {
        return new LinearAttentionHeads(
                heads, keyHeads, query.out() / heads, value.out() / keyHeads, true);
    }

    /**
     * The formula that {@link #forward} computes in one operation, in its quadratic form and
     * operation by operation. The fused form is held equal to it, values and gradients.
     */
    public Sequences formula(Sequences x, Mask mask) {
        int[] offsets = x.layout().offsets();
        int group = heads / keyHeads;
        int dv = value.out() / keyHeads;
        List<Tensor> sequences = new ArrayList<>();
        sequences.add(Tensor.zeros(0, output.out()));
        for (int s = 0; s < x.layout().batch(); s++) {
            if (offsets[s] == offsets[s + 1]) {
                continue;
            }
            Tensor v = value.forward(x.rows().slice(0, offsets[s], offsets[s + 1]));
            Tensor[] all = new Tensor[heads];
            for (int h = 0; h < heads; h++) {
                Tensor vh = v.slice(1, h / group * dv, (h / group + 1) * dv); // [tokens, dv]
                all[h] = attentionWeights(x, mask, s, h).matmul(vh);
            }
            sequences.add(output.forward(Tensor.concat(1, all)));
        }
        return x.with(Tensor.concat(0, sequences.toArray(Tensor[]::new)));
    }

    /**
     * The weights of one head in one sequence, each row divided by its sum: [tokens, tokens]. No
     * result is computed from them; they show what a token attends to.
     */
    public Tensor attentionWeights(Sequences x, Mask mask, int sequence, int head) {
        int from = x.layout().offsets()[sequence];
        int to = x.layout().offsets()[sequence + 1];
        Projected p = project(x.rows().slice(0, from, to));
        int d = query.out() / heads;
        int keyHead = head / (heads / keyHeads);
        Tensor logs = p.logDecays;
        return LinearWeights.of(
                p.q.slice(1, head * d, (head + 1) * d),
                p.k.slice(1, keyHead * d, (keyHead + 1) * d),
                logs == null ? null : LinearWeights.sums(logs.slice(1, head, head + 1), to - from),
                IntStream.range(0, to - from).toArray(),
                causal(mask));
    }

    @Override
    public Past past(int sequences, int tokens) {
        return new State(this, new LinearAttentionState(shape(), sequences));
    }

    /** No keys are kept. */
    @Override
    public Optional<HeadMasks> lookups() {
        return Optional.empty();
    }

    /** The sums so far. */
    private record State(LinearAttention attention, LinearAttentionState state) implements Past {
        @Override
        public Sequences prefill(Sequences x, Mask mask) {
            Projected p = attention.project(x.rows());
            state.read(p.k, p.v, p.logDecays, x.layout());
            return x.with(attention.forward(p, x.layout(), mask));
        }

        @Override
        public Sequences step(Sequences x, BeamHistory.Step step) {
            Projected p = attention.project(x.rows());
            Tensor all = state.step(step.parents(), p.q, p.k, p.v, p.logDecays);
            return x.with(attention.output.forward(all));
        }

        @Override
        public List<Tensor> memory() {
            return state.memory();
        }
    }
}
