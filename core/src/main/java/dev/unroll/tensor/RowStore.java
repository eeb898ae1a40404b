package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.View;

/**
 * Rows that become more and never change: keys or values of a decoder. Memory grows by doubling, so
 * that a row is copied about once.
 */
public final class RowStore {
    private final int width;
    private Tensor memory; // [capacity, width]
    private int rows;

    /**
     * @param width numbers in a row
     * @param capacity rows there is room for at first
     */
    public RowStore(int width, int capacity) {
        this.width = width;
        this.memory = Tensor.allocate(Shape.of(Math.max(1, capacity), width));
    }

    /** Rows so far. */
    public int rows() {
        return rows;
    }

    /** Numbers in a row. */
    public int width() {
        return width;
    }

    /** Where all rows are, and room for more: what must stay alive. */
    public Tensor memory() {
        return memory;
    }

    /** The rows so far, [rows, width]. */
    View view() {
        return memory.view().rows(0, rows);
    }

    /** Adds x·W + b, [more, width], without a copy. */
    public void append(Tensor x, FixedLinear linear) {
        linear.write(x, room(x.dim(0)));
    }

    /** Adds rows, [more, width]. */
    public void append(Tensor more) {
        Views.copy(more.view(), room(more.dim(0)));
    }

    private View room(int more) {
        int needed = Math.addExact(rows, more);
        if (needed > memory.dim(0)) {
            Tensor wider = Tensor.allocate(Shape.of(Math.max(needed, 2 * memory.dim(0)), width));
            Backends.current().elementwise().copy(view(), wider.view().rows(0, rows));
            memory = wider;
        }
        View view = memory.view().rows(rows, more);
        rows = needed;
        return view;
    }
}
