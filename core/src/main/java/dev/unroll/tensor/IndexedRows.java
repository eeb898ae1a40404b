package dev.unroll.tensor;

import java.util.Arrays;

/**
 * Rows picked from a table by number and not copied: row r is row index[r] of the table. A product
 * of the rows with a matrix is the same rows picked from the product of the table, which is less
 * work where the table is shorter.
 *
 * @param table [rows, width]
 * @param index rows of the table; any of them often, or never
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record IndexedRows(Tensor table, int[] index) {
    public IndexedRows {
        Gather.check("picked", table, index);
    }

    /** Every row once, in order. */
    public static IndexedRows each(Tensor rows) {
        int[] index = new int[rows.dim(0)];
        Arrays.setAll(index, i -> i);
        return new IndexedRows(rows, index);
    }

    /** Some of these rows, by their numbers, in another order. */
    public IndexedRows pick(int[] rows) {
        int[] picked = new int[rows.length];
        Arrays.setAll(picked, i -> index[rows[i]]);
        return new IndexedRows(table, picked);
    }

    /** Number of rows. */
    public int size() {
        return index.length;
    }

    /** The rows as a tensor, [size, width]. */
    public Tensor rows() {
        return inOrder() ? table : table.gather(index);
    }

    /**
     * {@return rows·w + b, a row for each: [size, out]} A row that many share meets the weights
     * once.
     *
     * @param w [width, out]
     * @param b [out]
     */
    public Tensor linear(Tensor w, Tensor b) {
        return InputProjection.apply(this, w, b);
    }

    /** {@return whether these are the rows of the table in its order} */
    boolean inOrder() {
        if (index.length != table.dim(0)) {
            return false;
        }
        for (int i = 0; i < index.length; i++) {
            if (index[i] != i) {
                return false;
            }
        }
        return true;
    }

    /** The gradient of the table from that of the rows. */
    Tensor backward(Tensor dy) {
        if (inOrder()) {
            return dy;
        }
        return eachOnce()
                ? Gather.pick(dy, Gather.inverse(index))
                : Gather.sum(dy, index, table.dim(0));
    }

    private boolean eachOnce() {
        boolean[] seen = new boolean[table.dim(0)];
        for (int i : index) {
            if (seen[i]) {
                return false;
            }
            seen[i] = true;
        }
        return index.length == seen.length;
    }
}
