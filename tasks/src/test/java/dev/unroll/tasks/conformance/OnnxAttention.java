package dev.unroll.tasks.conformance;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.tasks.conformance.OnnxAnswer.Computed;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.ScaledDotProduct;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attention in one operation where Unroll's has all that the case asks for; else its formula. Keys
 * that only fill up are left out by the layout: there is no padding.
 */
final class OnnxAttention {
    private OnnxAttention() {}

    static OnnxAnswer answer(OnnxCase given) {
        given.understands(
                "is_causal",
                "kv_num_heads",
                "left_window_size",
                "q_num_heads",
                "qk_matmul_output_mode",
                "right_window_size",
                "scale",
                "softcap",
                "softmax_precision"); // single precision is at least what is asked for
        Asked asked = Asked.of(given);
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        boolean formula =
                given.has("attn_mask")
                        || given.number("softcap", 0) != 0
                        || given.outputs().containsKey("qk_matmul_output");
        if (formula) {
            OnnxAttentionFormula.Result result = OnnxAttentionFormula.attend(given, asked);
            outputs.put("Y", asked.asGiven(given, result.y()));
            outputs.put("qk_matmul_output", result.shown());
        } else {
            outputs.put("Y", asked.asGiven(given, fused(asked)));
        }
        if (given.outputs().containsKey("present_key")) {
            outputs.put("present_key", asked.k().transpose(1, 2));
            outputs.put("present_value", asked.v().transpose(1, 2));
        }
        return new Computed(
                formula ? "formula: softmax(q·kᵀ·scale + mask)·v" : "ScaledDotProduct.attend",
                outputs);
    }

    /**
     * What is asked, with past keys and values in front of the new ones.
     *
     * @param q [batch, to, heads, width]
     * @param k [batch, from, keyHeads, width]
     * @param v [batch, from, keyHeads, valueWidth]
     * @param lengths [batch], keys that are not there to fill up
     * @param starts [batch], position of the first query among the keys
     * @param left keys visible before a query
     * @param right keys visible after it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Asked(
            Tensor q,
            Tensor k,
            Tensor v,
            int[] lengths,
            int[] starts,
            float scale,
            int left,
            int right) {

        static Asked of(OnnxCase given) {
            Tensor q = apart(given, "Q", "q_num_heads");
            Tensor k = past(given, "past_key", apart(given, "K", "kv_num_heads"));
            Tensor v = past(given, "past_value", apart(given, "V", "kv_num_heads"));
            int batch = q.dim(0);
            int[] lengths = new int[batch];
            Arrays.fill(lengths, k.dim(1));
            int[] starts = new int[batch];
            if (given.has("past_key")) {
                Arrays.fill(starts, given.tensor("past_key").dim(2));
            }
            if (given.has("nonpad_kv_seqlen")) {
                int[] filled = given.input("nonpad_kv_seqlen").integers();
                Arrays.setAll(lengths, s -> filled[s]);
                Arrays.setAll(starts, s -> filled[s] - q.dim(1));
            }
            int right = limit(given.integer("right_window_size", -1));
            return new Asked(
                    q,
                    k,
                    v,
                    lengths,
                    starts,
                    given.number("scale", 1 / Math.sqrt(q.dim(3))),
                    limit(given.integer("left_window_size", -1)),
                    given.integer("is_causal", 0) == 1 ? 0 : right);
        }

        private static int limit(int size) {
            return size < 0 ? Mask.NO_LIMIT : size;
        }

        /** [batch, heads, time, width] or [batch, time, heads·width] with the heads apart. */
        private static Tensor apart(OnnxCase given, String name, String heads) {
            Tensor x = given.tensor(name);
            return x.rank() == 4
                    ? x.transpose(1, 2)
                    : x.reshape(x.dim(0), x.dim(1), given.integer(heads, 1), -1);
        }

        private static Tensor past(OnnxCase given, String name, Tensor x) {
            return given.has(name) ? Tensor.concat(1, given.tensor(name).transpose(1, 2), x) : x;
        }

        /** y [batch, to, heads, valueWidth] in the order of the queries. */
        Tensor asGiven(OnnxCase given, Tensor y) {
            return given.tensor("Q").rank() == 4
                    ? y.transpose(1, 2)
                    : y.reshape(y.dim(0), y.dim(1), -1);
        }
    }

    private static Tensor fused(Asked asked) {
        int batch = asked.q().dim(0);
        int to = asked.q().dim(1);
        int heads = asked.q().dim(2);
        Tensor y =
                ScaledDotProduct.attend(
                        asked.q().reshape(batch * to, -1),
                        rows(asked.k(), asked.lengths()),
                        rows(asked.v(), asked.lengths()),
                        new AttentionShape(
                                Layout.even(batch, to).offsets(),
                                Layout.of(asked.lengths()).offsets(),
                                asked.starts(),
                                new AttentionHeads(
                                        heads,
                                        asked.k().dim(2),
                                        asked.q().dim(3),
                                        asked.v().dim(3),
                                        asked.scale()),
                                HeadMasks.same(Masks.window(asked.left(), asked.right()))));
        return y.reshape(batch, to, heads, -1);
    }

    /** The first rows of each sequence, laid end to end: [tokens, heads·width]. */
    private static Tensor rows(Tensor x, int[] lengths) {
        Tensor[] parts = new Tensor[lengths.length];
        Arrays.setAll(
                parts,
                s ->
                        x.slice(0, s, s + 1)
                                .slice(1, 0, lengths[s])
                                .reshape(lengths[s], x.dim(2) * x.dim(3)));
        return Tensor.concat(0, parts);
    }
}
