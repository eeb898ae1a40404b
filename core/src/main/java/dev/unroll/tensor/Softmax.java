package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Normalisation;
import dev.unroll.backend.View;

/** Softmax along the last dimension or over groups of rows, and the derivatives. */
public final class Softmax {
    private Softmax() {}

    private static Normalisation norms() {
        return Backends.current().normalisation();
    }

    static Tensor softmax(Tensor x) {
        Tensor y = Tensor.allocate(x.shape());
        norms().softmax(rows(x), rows(y));
        return Tape.fill(y, (dy, dx) -> norms().softmaxBackward(rows(y), rows(dy), rows(dx[0])), x);
    }

    static Tensor logSoftmax(Tensor x) {
        Tensor y = Tensor.allocate(x.shape());
        norms().logSoftmax(rows(x), rows(y));
        return Tape.fill(
                y, (dy, dx) -> norms().logSoftmaxBackward(rows(y), rows(dy), rows(dx[0])), x);
    }

    /** Softmax over the rows of each sequence, column by column. */
    public static Tensor overSequences(Tensor x, Layout layout) {
        if (x.rank() != 2 || x.dim(0) != layout.tokens()) {
            throw new IllegalArgumentException(
                    "overSequences: %s with a layout of %d tokens: one row a token"
                            .formatted(x.shape(), layout.tokens()));
        }
        int[] offsets = layout.offsets();
        Tensor y = Tensor.allocate(x.shape());
        Backends.current().rows().groupSoftmax(offsets, Views.contiguousView(x), y.view());
        return Tape.fill(
                y,
                (dy, dx) ->
                        Backends.current()
                                .rows()
                                .groupSoftmaxBackward(
                                        offsets, y.view(), Views.contiguousView(dy), dx[0].view()),
                x);
    }

    /**
     * The largest logarithms of the softmax along each row, the largest first, without computing
     * the others; of equal ones the first comes first.
     *
     * @param logits [rows, vocabulary]
     * @param count from 1 to the vocabulary
     * @param logs [rows·count], written; NaN throughout a row that holds a NaN
     * @param places [rows·count], written: where in the row each stands
     */
    public static void largest(Tensor logits, int count, float[] logs, int[] places) {
        if (logits.rank() != 2 || count < 1 || count > logits.dim(1)) {
            throw new IllegalArgumentException(
                    "the %d largest of %s: at least 1 and at most the vocabulary"
                            .formatted(count, logits.shape()));
        }
        Backends.current().inference().largest(Views.contiguousView(logits), count, logs, places);
    }

    /** A tensor as contiguous [rows, width]. */
    static View rows(Tensor x) {
        View view = Views.contiguousView(x);
        int width = x.rank() == 0 ? 1 : x.dim(-1);
        int[] dims = {width == 0 ? 0 : x.size() / width, width};
        return new View(view.buffer(), view.offset(), dims, View.contiguousStrides(dims));
    }
}
