package dev.unroll.tasks.conformance;

import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention from tensor operations, for what the fused operation does not have: masks of one's own,
 * a soft cap on the scores, and the scores themselves.
 */
final class OnnxAttentionFormula {
    /** Takes a score so far down that its weight is 0, and finite, for rows that see nothing. */
    private static final float HIDDEN = 1e9f;

    private OnnxAttentionFormula() {}

    /**
     * What comes of it.
     *
     * @param y [batch, to, heads, valueWidth]
     * @param shown [batch, heads, to, from], the scores at the place that the case wants to see
     */
    record Result(Tensor y, Tensor shown) {}

    static Result attend(OnnxCase given, OnnxAttention.Asked asked) {
        int batch = asked.q().dim(0);
        int to = asked.q().dim(1);
        int heads = asked.q().dim(2);
        int from = asked.k().dim(1);
        int group = heads / asked.k().dim(2);
        Tensor bias = bias(given, batch, heads, to, from); // [batch, heads, to, from]
        List<Tensor> ys = new ArrayList<>();
        List<Tensor> shown = new ArrayList<>();
        for (int s = 0; s < batch; s++) {
            for (int h = 0; h < heads; h++) {
                Tensor q = matrix(asked.q(), s, h); // [to, width]
                Tensor k = matrix(asked.k(), s, h / group); // [from, width]
                Tensor v = matrix(asked.v(), s, h / group); // [from, valueWidth]
                Tensor own = bias.slice(0, s, s + 1).slice(1, h, h + 1).reshape(to, from);
                Tensor raw = q.matmul(k.transpose()).times(asked.scale());
                Tensor capped = capped(raw, given.number("softcap", 0));
                Tensor seen = seen(own, asked, s); // [to, from], 1 or 0
                Tensor hidden = seen.plus(-1).times(HIDDEN);
                Tensor biased = capped.plus(finite(own));
                Tensor weights = biased.plus(hidden).softmax().times(seen);
                ys.add(weights.matmul(v).reshape(1, to, 1, -1));
                shown.add(
                        switch (given.integer("qk_matmul_output_mode", 0)) {
                            case 0 -> raw;
                            case 1 -> capped;
                            case 2 -> biased.plus(seen.log()); // −∞ where hidden
                            case 3 -> weights;
                            default -> throw new IllegalArgumentException("no such mode");
                        });
            }
        }
        return new Result(
                stacked(ys, batch, heads), together(shown).reshape(batch, heads, to, from));
    }

    private static Tensor stacked(List<Tensor> ys, int batch, int heads) {
        List<Tensor> sequences = new ArrayList<>();
        for (int s = 0; s < batch; s++) {
            sequences.add(
                    Tensor.concat(
                            2, ys.subList(s * heads, (s + 1) * heads).toArray(Tensor[]::new)));
        }
        return together(sequences);
    }

    private static Tensor together(List<Tensor> parts) {
        return Tensor.concat(0, parts.toArray(Tensor[]::new));
    }

    /** One head of one sequence of [batch, time, heads, width]: [time, width]. */
    private static Tensor matrix(Tensor x, int s, int head) {
        return x.slice(0, s, s + 1).slice(2, head, head + 1).reshape(x.dim(1), x.dim(3));
    }

    /** cap·tanh(scores/cap). */
    private static Tensor capped(Tensor scores, float cap) {
        return cap == 0 ? scores : scores.times(1 / cap).tanh().times(cap);
    }

    /** The case's mask as numbers to add, spread over everything; −∞ hides. */
    private static Tensor bias(OnnxCase given, int batch, int heads, int to, int from) {
        Tensor zeros = Tensor.zeros(batch, heads, to, from);
        OnnxCase.Array mask = given.optional("attn_mask");
        if (mask == null) {
            return zeros;
        }
        float[] values = mask.values().clone();
        for (int i = 0; mask.truths() && i < values.length; i++) {
            values[i] = values[i] == 1 ? 0 : Float.NEGATIVE_INFINITY;
        }
        Tensor own = Tensor.of(values, mask.dims());
        int missing = from - own.dim(-1);
        if (missing > 0) { // a mask that ends before the keys hides the rest
            int[] dims = mask.dims().clone();
            dims[dims.length - 1] = missing;
            own = Tensor.concat(dims.length - 1, own, Tensor.full(Float.NEGATIVE_INFINITY, dims));
        }
        return zeros.plus(own);
    }

    private static Tensor finite(Tensor bias) {
        float[] values = bias.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.isInfinite(values[i]) ? 0 : values[i];
        }
        return Tensor.of(values, bias.shape().dims());
    }

    /** 1 where mask, window and length let a query look, else 0. */
    private static Tensor seen(Tensor bias, OnnxAttention.Asked asked, int s) {
        float[] values = bias.toArray();
        int from = bias.dim(1);
        for (int i = 0; i < values.length; i++) {
            long distance = i % from - (asked.starts()[s] + (long) (i / from));
            boolean near = -distance <= asked.left() && distance <= asked.right();
            boolean there = i % from < asked.lengths()[s];
            values[i] = near && there && values[i] != Float.NEGATIVE_INFINITY ? 1 : 0;
        }
        return Tensor.of(values, bias.shape().dims());
    }
}
