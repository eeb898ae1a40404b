package dev.unroll.nn;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tensor;

/**
 * Projected keys and values of a batch: made once, looked at by every later step.
 *
 * @param keys [tokens, keyHeads·width]
 * @param values [tokens, keyHeads·valueWidth]
 * @param layout which rows belong to which sequence
 */
public record KeysValues(Tensor keys, Tensor values, Layout layout) {

    /** No tokens yet. */
    static KeysValues empty(int batch, int keyWidth, int valueWidth) {
        return new KeysValues(
                Tensor.zeros(0, keyWidth), Tensor.zeros(0, valueWidth), Layout.even(batch, 0));
    }

    /** How many keys each of these sequences has: the position of what comes next. */
    int[] ends(int[] sequences) {
        int[] ends = new int[sequences.length];
        for (int r = 0; r < ends.length; r++) {
            ends[r] = layout.length(sequences[r]);
        }
        return ends;
    }

    /**
     * Sequence r continues sequence parents[r] by the rows that {@code more} has for r.
     *
     * @param more one sequence for each parent
     */
    KeysValues extend(int[] parents, KeysValues more) {
        int[] lengths = new int[parents.length];
        for (int r = 0; r < parents.length; r++) {
            lengths[r] = layout.length(parents[r]) + more.layout.length(r);
        }
        Layout longer = Layout.of(lengths);
        int[] rows = new int[longer.tokens()];
        int at = 0;
        for (int r = 0; r < parents.length; r++) {
            for (int i = 0; i < layout.length(parents[r]); i++) {
                rows[at++] = layout.offsets()[parents[r]] + i;
            }
            for (int i = 0; i < more.layout.length(r); i++) {
                rows[at++] = layout.tokens() + more.layout.offsets()[r] + i;
            }
        }
        return new KeysValues(
                Tensor.concat(0, keys, more.keys).gather(rows),
                Tensor.concat(0, values, more.values).gather(rows),
                longer);
    }
}
