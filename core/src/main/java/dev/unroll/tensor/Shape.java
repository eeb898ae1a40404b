package dev.unroll.tensor;

import dev.unroll.backend.View;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a tensor's dimensions; a shape of none is a single number.
 *
 * @param dims none negative
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look inside
public record Shape(int[] dims) {
    public Shape {
        dims = dims.clone();
        for (int d : dims) {
            if (d < 0) {
                throw new IllegalArgumentException("a shape of " + Arrays.toString(dims));
            }
        }
        if (!countable(dims)) {
            throw new IllegalArgumentException(
                    "a shape of %s has more than %d numbers"
                            .formatted(Arrays.toString(dims), Integer.MAX_VALUE));
        }
    }

    /** {@return whether the number of elements fits an int} */
    static boolean countable(int[] dims) {
        long size = 1;
        for (int d : dims) {
            size *= d;
            if (size > Integer.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    /** A shape of these sizes. */
    public static Shape of(int... dims) {
        return new Shape(dims);
    }

    /** Number of dimensions. */
    public int rank() {
        return dims.length;
    }

    /** Number of elements. */
    public int size() {
        return View.size(dims);
    }

    /** Size of a dimension; a negative one counts from the last. */
    public int dim(int i) {
        return dims[axis(i)];
    }

    /** A dimension's number, counted from the first. */
    int axis(int i) {
        int axis = i < 0 ? dims.length + i : i;
        if (axis < 0 || axis >= dims.length) {
            throw new IllegalArgumentException("there is no dimension " + i + " in " + this);
        }
        return axis;
    }

    /** A copy with one size changed. */
    Shape with(int i, int size) {
        int[] changed = dims.clone();
        changed[axis(i)] = size;
        return new Shape(changed);
    }

    /**
     * The shape that both spread to: sizes are compared from the last dimension on, and a missing
     * one or a 1 repeats.
     *
     * @throws IllegalArgumentException if two sizes differ and neither is 1
     */
    static Shape broadcast(String operation, Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int x = i > a.rank() ? 1 : a.dim(-i);
            int y = i > b.rank() ? 1 : b.dim(-i);
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException(
                        "%s: %s and %s: sizes %d and %d differ and neither is 1"
                                .formatted(operation, a, b, x, y));
            }
            dims[rank - i] = x == 1 ? y : x;
        }
        return new Shape(dims);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape s && Arrays.equals(dims, s.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        return IntStream.of(dims)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
