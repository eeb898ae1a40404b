package dev.unroll.vector.gemm;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;

/**
 * A strided matrix on the heap: element (i, j) is {@code data[at + i·rowStep + j·columnStep]}.
 *
 * @param data where the numbers are
 * @param at place of the first element
 * @param rows number of rows
 * @param columns number of columns
 * @param rowStep distance between rows
 * @param columnStep distance between columns
 */
@SuppressWarnings("ArrayRecordComponent") // a window onto memory, not a value
public record Matrix(float[] data, int at, int rows, int columns, int rowStep, int columnStep)
        implements LhsOperand {

    /** A view of two dimensions, or one matrix of a view of three. */
    public static Matrix of(View view, int item) {
        int last = view.rank() - 1;
        int at = view.rank() == 3 ? view.offset() + item * view.strides()[0] : view.offset();
        return new Matrix(
                floats(view.buffer()),
                at,
                view.dims()[last - 1],
                view.dims()[last],
                view.strides()[last - 1],
                view.strides()[last]);
    }

    public Matrix transposed() {
        return new Matrix(data, at, columns, rows, columnStep, rowStep);
    }

    /** Rows [from, from + count). */
    public Matrix rows(int from, int count) {
        return part(from, count, 0, columns);
    }

    /** So many rows from one on, and so many of their columns from one on. */
    Matrix part(int row, int height, int column, int width) {
        return new Matrix(data, index(row, column), height, width, rowStep, columnStep);
    }

    @Override
    public boolean inColumns() {
        return rowStep == 1;
    }

    @Override
    public void pack(int from, int to, int k, int depth, float[] packed) {
        if (inColumns()) {
            Packing.columns(this, from, to, k, depth, packed);
        } else {
            Packing.rows(this, from, to, k, depth, packed);
        }
    }

    /** Place of an element. */
    public int index(int row, int column) {
        return at + row * rowStep + column * columnStep;
    }
}
