package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import java.util.Arrays;

/** Rows picked by number; the derivative adds each gradient to the row it came from. */
public final class Gather {
    private Gather() {}

    static Tensor gather(Tensor table, int[] index) {
        check("gather", table, index);
        return Tape.record(
                pick(table, index), dy -> new Tensor[] {sum(dy, index, table.dim(0))}, table);
    }

    /**
     * Rows cut into consecutive parts; the derivative lays theirs one below another at once.
     *
     * @param x [rows, width]
     * @param sizes rows of each part, as many as there are together
     */
    public static Tensor[] cut(Tensor x, int... sizes) {
        if (x.rank() != 2 || Arrays.stream(sizes).sum() != x.dim(0)) {
            throw new IllegalArgumentException(
                    "cut: parts of %s rows are not all rows of %s"
                            .formatted(Arrays.toString(sizes), x.shape()));
        }
        Tensor[] parts = new Tensor[sizes.length];
        int from = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Views.rows(x, from, from + sizes[i]);
            from += sizes[i];
        }
        return Tape.record(
                parts, dys -> new Tensor[] {Views.concat(0, Tape.orZeros(dys, parts))}, x);
    }

    /** Rows in another order, every row once: the derivative is the order undone. */
    public static Tensor permute(Tensor x, int[] order) {
        check("permute", x, order);
        boolean[] seen = new boolean[x.dim(0)];
        for (int i : order) {
            if (seen[i]) {
                throw notOnce(x, order);
            }
            seen[i] = true;
        }
        if (order.length != seen.length) {
            throw notOnce(x, order);
        }
        return Tape.record(pick(x, order), dy -> new Tensor[] {pick(dy, inverse(order))}, x);
    }

    private static IllegalArgumentException notOnce(Tensor x, int[] order) {
        return new IllegalArgumentException(
                "permute: these %d numbers do not name each row of %s once"
                        .formatted(order.length, x.shape()));
    }

    /** Where each number stands in a permutation. */
    static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** Σ of the rows that name the same target: the opposite of gather. */
    public static Tensor sumInto(Tensor x, int[] index, int rows) {
        if (x.rank() != 2 || index.length != x.dim(0)) {
            throw new IllegalArgumentException(
                    "sumInto: %s with %d targets: one target a row"
                            .formatted(x.shape(), index.length));
        }
        Tensor y = Tensor.zeros(rows, x.dim(1));
        check("sumInto", y, index);
        Backends.current().rows().scatterAdd(Views.contiguousView(x), index, y.view());
        return Tape.record(y, dy -> new Tensor[] {pick(dy, index)}, x);
    }

    /** The rows of x added to the rows they name, of so many; without derivative. */
    static Tensor sum(Tensor x, int[] index, int rows) {
        Tensor y = Tensor.zeros(rows, x.dim(1));
        Backends.current().rows().scatterAdd(Views.contiguousView(x), index, y.view());
        return y;
    }

    /** The rows alone, without derivative. */
    static Tensor pick(Tensor table, int[] index) {
        Tensor y = Tensor.allocate(Shape.of(index.length, table.dim(1)));
        Backends.current().rows().gather(Views.contiguousView(table), index, y.view());
        return y;
    }

    static void check(String name, Tensor table, int[] index) {
        if (table.rank() != 2) {
            throw new IllegalArgumentException(
                    name + ": rows are picked from [rows, width], not from " + table.shape());
        }
        for (int i : index) {
            if (i < 0 || i >= table.dim(0)) {
                throw new IllegalArgumentException(
                        "%s: there is no row %d in %s".formatted(name, i, table.shape()));
            }
        }
    }
}
