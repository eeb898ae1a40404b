package dev.unroll.backend;

import java.util.Arrays;

/**
 * A buffer as an array of several dimensions: element (i, j, ...) lies at {@code offset +
 * i·strides[0] + j·strides[1] + ...}. A stride of 0 repeats one element, as in broadcasting.
 *
 * @param buffer where the numbers are
 * @param offset place of the first element
 * @param dims size of each dimension
 * @param strides distance between neighbours along each dimension
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention; copies would cost every step
public record View(Buffer buffer, int offset, int[] dims, int[] strides) {

    /** The whole of a buffer, rows after rows. */
    public static View of(Buffer buffer, int... dims) {
        return new View(buffer, 0, dims, contiguousStrides(dims));
    }

    /** Number of dimensions. */
    public int rank() {
        return dims.length;
    }

    /** Size of a dimension; a negative one counts from the last. */
    public int dim(int i) {
        return dims[i < 0 ? dims.length + i : i];
    }

    /** Number of elements. */
    public int size() {
        return size(dims);
    }

    /** Product of the sizes. */
    public static int size(int[] dims) {
        int size = 1;
        for (int d : dims) {
            size = Math.multiplyExact(size, d);
        }
        return size;
    }

    /** {@return whether the elements lie one after another in the order of their indices} */
    public boolean contiguous() {
        int expected = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            if (dims[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= dims[i];
        }
        return true;
    }

    /** Rows [from, from + count) of a view, as a view. */
    public View rows(int from, int count) {
        int[] fewer = dims.clone();
        fewer[0] = count;
        return new View(buffer, offset + from * strides[0], fewer, strides);
    }

    /** Columns [from, from + count) of the last dimension, as a view. */
    public View columns(int from, int count) {
        int last = dims.length - 1;
        int[] fewer = dims.clone();
        fewer[last] = count;
        return new View(buffer, offset + from * strides[last], fewer, strides);
    }

    /** A view of these elements with the last two dimensions exchanged. */
    public View transposed() {
        int[] d = dims.clone();
        int[] s = strides.clone();
        int n = d.length;
        d[n - 1] = dims[n - 2];
        d[n - 2] = dims[n - 1];
        s[n - 1] = strides[n - 2];
        s[n - 2] = strides[n - 1];
        return new View(buffer, offset, d, s);
    }

    /** Strides of an array stored rows after rows. */
    public static int[] contiguousStrides(int[] dims) {
        int[] strides = new int[dims.length];
        int step = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= Math.max(1, dims[i]);
        }
        return strides;
    }

    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
