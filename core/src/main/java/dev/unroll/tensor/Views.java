package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.View;
import java.util.Arrays;

/** Other ways to walk the same numbers, and the copies they sometimes need. */
final class Views {
    private Views() {}

    private static Tensor of(View view) {
        return new Tensor(view, null, false);
    }

    static Tensor transpose(Tensor x, int i, int j) {
        int a = x.shape().axis(i);
        int b = x.shape().axis(j);
        int[] dims = x.view().dims().clone();
        int[] strides = x.view().strides().clone();
        dims[a] = x.view().dims()[b];
        dims[b] = x.view().dims()[a];
        strides[a] = x.view().strides()[b];
        strides[b] = x.view().strides()[a];
        Tensor y = of(new View(x.view().buffer(), x.view().offset(), dims, strides));
        return Tape.record(y, dy -> new Tensor[] {transpose(dy, a, b)}, x);
    }

    static Tensor reshape(Tensor x, int... dims) {
        int[] wanted = inferred(x, dims);
        if (Arrays.equals(wanted, x.view().dims())) {
            return x;
        }
        View from = contiguousView(x);
        Tensor y =
                of(new View(from.buffer(), from.offset(), wanted, View.contiguousStrides(wanted)));
        int[] before = x.view().dims();
        return Tape.record(y, dy -> new Tensor[] {reshape(dy, before)}, x);
    }

    private static int[] inferred(Tensor x, int[] dims) {
        int[] wanted = dims.clone();
        int open = -1;
        long known = 1;
        for (int i = 0; i < dims.length && known >= 0; i++) {
            if (dims[i] == -1 && open < 0) {
                open = i;
            } else {
                known = dims[i] < 0 ? -1 : Math.min(known * dims[i], Integer.MAX_VALUE + 1L);
            }
        }
        if (open >= 0 && known > 0 && x.size() % known == 0) {
            wanted[open] = (int) (x.size() / known);
        }
        if (known < 0 || (open < 0 ? known : known * wanted[open]) != x.size()) {
            throw new IllegalArgumentException(
                    "reshape: %s to %s: %d numbers do not fit"
                            .formatted(x.shape(), Arrays.toString(dims), x.size()));
        }
        return wanted;
    }

    static Tensor slice(Tensor x, int dim, int from, int to) {
        int axis = x.shape().axis(dim);
        if (from < 0 || to < from || to > x.dim(axis)) {
            throw new IllegalArgumentException(
                    "slice: %s has no elements %d to %d along dimension %d"
                            .formatted(x.shape(), from, to, axis));
        }
        Tensor y = of(part(x.view(), axis, from, to - from));
        return Tape.record(
                y,
                dy -> {
                    Tensor dx = Tensor.zeros(x.shape().dims());
                    copy(dy.view(), part(dx.view(), axis, from, to - from));
                    return new Tensor[] {dx};
                },
                x);
    }

    /** The last dimension in n equal parts; the derivative lays theirs side by side at once. */
    static Tensor[] split(Tensor x, int n) {
        int axis = x.rank() - 1;
        int width = x.dim(axis) / n;
        Tensor[] ys = new Tensor[n];
        Arrays.setAll(ys, i -> of(part(x.view(), axis, i * width, width)));
        return Tape.record(ys, dys -> new Tensor[] {concat(axis, Tape.orZeros(dys, ys))}, x);
    }

    /** Some rows, without derivative. */
    static Tensor rows(Tensor x, int from, int to) {
        return of(part(x.view(), 0, from, to - from));
    }

    private static View part(View x, int axis, int from, int count) {
        int[] dims = x.dims().clone();
        dims[axis] = count;
        return new View(x.buffer(), x.offset() + from * x.strides()[axis], dims, x.strides());
    }

    static Tensor concat(int dim, Tensor... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("concat: of nothing");
        }
        int axis = parts[0].shape().axis(dim);
        int total = 0;
        for (Tensor part : parts) {
            if (part.rank() != parts[0].rank()
                    || !part.shape().with(axis, 0).equals(parts[0].shape().with(axis, 0))) {
                throw new IllegalArgumentException(
                        "concat: %s and %s differ elsewhere than in dimension %d"
                                .formatted(parts[0].shape(), part.shape(), axis));
            }
            total += part.dim(axis);
        }
        Tensor y = Tensor.allocate(parts[0].shape().with(axis, total));
        int at = 0;
        for (Tensor part : parts) {
            copy(part.view(), part(y.view(), axis, at, part.dim(axis)));
            at += part.dim(axis);
        }
        return Tape.record(
                y,
                dy -> {
                    Tensor[] dxs = new Tensor[parts.length];
                    int from = 0;
                    for (int i = 0; i < parts.length; i++) {
                        dxs[i] = slice(dy, axis, from, from + parts[i].dim(axis));
                        from += parts[i].dim(axis);
                    }
                    return dxs;
                },
                parts);
    }

    static Tensor contiguous(Tensor x) {
        if (x.view().contiguous()) {
            return x;
        }
        Tensor y = of(contiguousView(x));
        return Tape.record(y, dy -> new Tensor[] {dy}, x);
    }

    /** The numbers one after another: the view itself if they are, else a copy. */
    static View contiguousView(Tensor x) {
        if (x.view().contiguous()) {
            return x.view();
        }
        View y = View.of(Backends.current().allocate(x.size()), x.shape().dims());
        copy(x.view(), y);
        return y;
    }

    /**
     * {@return whether each row's numbers lie one after another} Rows may be any distance apart.
     */
    static boolean wholeRows(Tensor x) {
        View view = x.view();
        return x.rank() == 2
                && (view.dim(1) <= 1 || view.strides()[1] == 1)
                && (view.dim(0) <= 1 || view.strides()[0] >= view.dim(1));
    }

    /** A copy whose rows have their numbers one after another; this tensor if they already do. */
    static Tensor inWholeRows(Tensor x) {
        return wholeRows(x) ? x : contiguous(x);
    }

    /**
     * Matrices of as many rows as one, [rows, their widths together]: a view if they already lie
     * side by side, else a copy.
     */
    static Tensor joined(Tensor... parts) {
        View first = parts[0].view();
        int width = 0;
        boolean together = true;
        for (Tensor part : parts) {
            View view = part.view();
            together &=
                    wholeRows(part)
                            && view.buffer().equals(first.buffer())
                            && view.strides()[0] == first.strides()[0]
                            && view.offset() == first.offset() + width;
            width += view.dim(1);
        }
        if (!together || width > first.strides()[0]) {
            return concat(1, parts);
        }
        return of(
                new View(
                        first.buffer(),
                        first.offset(),
                        new int[] {first.dim(0), width},
                        first.strides()));
    }

    /** New matrices of these widths that lie side by side. */
    static Tensor[] sideBySide(int rows, int... widths) {
        Tensor whole = Tensor.allocate(Shape.of(rows, Arrays.stream(widths).sum()));
        Tensor[] parts = new Tensor[widths.length];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = of(part(whole.view(), 1, at, widths[i]));
            at += widths[i];
        }
        return parts;
    }

    /** A tensor's view with a wider shape, repeating where it is missing or 1. */
    static View spread(Tensor x, Shape shape) {
        View view = x.view();
        int[] dims = shape.dims();
        int[] strides = new int[dims.length];
        for (int i = 1; i <= view.rank(); i++) {
            boolean repeats = view.dim(-i) == 1 && dims[dims.length - i] != 1;
            strides[dims.length - i] = repeats ? 0 : view.strides()[view.rank() - i];
        }
        return new View(view.buffer(), view.offset(), dims, strides);
    }

    static void copy(View from, View to) {
        Backends.current().elementwise().copy(from, to);
    }
}
