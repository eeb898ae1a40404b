package dev.unroll.backend;

/** Operations that pick, spread and group rows. Views are contiguous. */
public interface Rows {

    /**
     * y[i] = table[index[i]].
     *
     * @param table [rows, width]
     * @param y [index.length, width]
     */
    void gather(View table, int[] index, View y);

    /**
     * table[index[i]] += x[i], in the order of i.
     *
     * @param x [index.length, width]
     * @param table [rows, width]
     */
    void scatterAdd(View x, int[] index, View table);

    /**
     * Softmax over the rows of each group, column by column.
     *
     * @param offsets group g is the rows [offsets[g], offsets[g + 1])
     * @param x [rows, width]
     * @param y [rows, width]; may be x
     */
    void groupSoftmax(int[] offsets, View x, View y);

    /** The derivative of {@link #groupSoftmax}: dx from its result y and the gradient dy. */
    void groupSoftmaxBackward(int[] offsets, View y, View dy, View dx);

    /**
     * Pairs that turn.
     *
     * @param heads that share a row
     * @param rotated how many leading elements of each head turn; even
     * @param base of the angles: pair p at position t turns by t·base^(−2p/rotated)
     * @param interleaved pairs are neighbours (2p, 2p+1), else (p, p + rotated/2)
     */
    record Rotation(int heads, int rotated, float base, boolean interleaved) {}

    /**
     * Turns pairs of elements by angles that grow with the position (rotary embedding, Su et al.
     * 2021, eq. 34).
     *
     * @param x [rows, heads·width]
     * @param positions [rows]
     * @param inverse turn back: the derivative
     * @param y like x; may be x
     */
    void rotate(Rotation how, View x, int[] positions, boolean inverse, View y);
}
