package dev.unroll.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The input's share of every step of a recurrence, made before the first: x·wx + b, 2 · rows ·
 * input · gates operations forward and twice as many back.
 *
 * <p>Where the table is shorter than the rows picked from it, as where rows are embeddings of
 * tokens, each row of the table meets the weights once: with 100 tokens and 8,192 rows of 512
 * numbers the three products of an LSTM vanish, which were half of its arithmetic.
 *
 * @param x rows in the order of the steps
 * @param wx [input, gates]
 * @param b [gates]
 * @param tracked whether a gradient of x's table is wanted
 */
record InputProjection(IndexedRows x, Tensor wx, Tensor b, boolean tracked) {

    static InputProjection of(IndexedRows x, Tensor wx, Tensor b) {
        return new InputProjection(x, wx, b, Tape.tracks(x.table()));
    }

    /** As an operation of its own, with its derivative. */
    static Tensor apply(IndexedRows x, Tensor wx, Tensor b) {
        if (wx.rank() != 2 || wx.dim(0) != x.table().dim(1)) {
            throw new IllegalArgumentException(
                    "linear: rows picked from %s do not fit the weights %s"
                            .formatted(x.table().shape(), wx.shape()));
        }
        MatMul.checkBias("linear", x.table(), wx, b);
        InputProjection share = of(x, wx, b);
        return Tape.record(share.forward(), share::backward, x.table(), wx, b);
    }

    private boolean tableFirst() {
        return x.table().dim(0) < x.size();
    }

    /** Of all rows: [rows, gates]. */
    Tensor forward() {
        Tensor rows = tableFirst() ? x.table() : plainRows();
        Tensor z = Tensor.allocate(Shape.of(rows.dim(0), wx.dim(1)));
        MatMul.addProduct(rows, wx, b, z.view());
        return tableFirst() ? Gather.pick(z, x.index()) : z;
    }

    private Tensor plainRows() {
        return x.inOrder() ? x.table() : Gather.pick(x.table(), x.index());
    }

    /** From the gradient of the share to those of the table, of wx and of b. */
    @Nullable Tensor[] backward(Tensor dz) {
        Tensor rows = tableFirst() ? x.table() : plainRows();
        Tensor d = tableFirst() ? x.backward(dz) : dz;
        Tensor dx = null;
        if (tracked) {
            Tensor drows = MatMul.plain(d, wx.transpose());
            dx = tableFirst() ? drows : x.backward(drows);
        }
        return new @Nullable Tensor[] {dx, MatMul.plain(rows.transpose(), d), d.sum(0)};
    }

    /** The same, and the gradients of what else a recurrence has. */
    @Nullable Tensor[] backward(Tensor dz, Tensor... others) {
        @Nullable Tensor[] own = backward(dz);
        @Nullable Tensor[] all = Arrays.copyOf(own, own.length + others.length);
        System.arraycopy(others, 0, all, own.length, others.length);
        return all;
    }
}
