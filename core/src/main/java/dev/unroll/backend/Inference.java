package dev.unroll.backend;

import org.jspecify.annotations.Nullable;

/**
 * The operations of decoding: few rows at a time, weights that stay the same for many calls, and no
 * derivatives. Rows of a view lie anywhere, but the numbers of a row lie side by side.
 */
public interface Inference {

    /** Weights in the order in which the backend that made them reads them fastest. */
    interface FixedWeights {
        /** Rows of the matrix. */
        int in();

        /** Columns of the matrix. */
        int out();
    }

    /**
     * Copies weights. The copy belongs to no workspace, and later changes of the weights do not
     * reach it.
     *
     * @param weights [in, out], any strides
     */
    default FixedWeights fix(View weights) {
        return fix(weights, WeightStorage.F32);
    }

    /**
     * Copies weights into a form that may take less memory.
     *
     * @param weights [in, out], any strides
     * @throws IllegalArgumentException if they are to be whole numbers and one of them is infinite
     *     or no number
     */
    FixedWeights fix(View weights, WeightStorage storage);

    /**
     * y = x·w + bias, each element one chain of fused multiply-adds that begins with the bias. Of
     * weights that are whole numbers q with scales s, y = fma(x·q, s, bias) with a chain that
     * begins with 0.
     *
     * @param x [rows, in]
     * @param weights made by this backend, or by {@code ScalarBackend}
     * @param bias [out], contiguous; 0 if null
     * @param y [rows, out]
     */
    void multiply(View x, FixedWeights weights, @Nullable View bias, View y);

    /**
     * Scaled dot-product attention (Vaswani et al. 2017, eq. 1) of single queries, each with a list
     * of keys of its own. A query without keys gives zeros.
     *
     * @param y [queries, heads·valueWidth]
     */
    void attend(CacheIndex keys, AttentionHeads heads, QueryKeyValue x, View y);

    /**
     * The largest logits of each row, the largest first, of equal ones the first, as logarithms of
     * the row's softmax. A row with a number that is none gives only such.
     *
     * @param logits [rows, vocabulary]
     * @param count from 1 to the vocabulary
     * @param logs [rows·count], written
     * @param tokens [rows·count], written: where in the row
     */
    void largest(View logits, int count, float[] logs, int[] tokens);
}
