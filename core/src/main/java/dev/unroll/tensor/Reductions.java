package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Binary;
import dev.unroll.backend.Reduction;

/** Many numbers made one, and the derivatives. */
final class Reductions {
    private Reductions() {}

    /** Σ along a dimension, which goes or stays with size 1. */
    static Tensor sum(Tensor x, int dim, boolean keep) {
        int axis = x.shape().axis(dim);
        Tensor y = sumTo(x, x.shape().with(axis, 1));
        return keep ? y : without(y, axis);
    }

    /** Σ along every dimension that has size 1 in the result. */
    static Tensor sumTo(Tensor x, Shape shape) {
        Tensor y = Tensor.allocate(shape);
        Backends.current().elementwise().reduce(Reduction.SUM, x.view(), y.view());
        return Tape.record(y, dy -> new Tensor[] {spread(dy, x.shape())}, x);
    }

    static Tensor max(Tensor x, int dim) {
        int axis = x.shape().axis(dim);
        Tensor y = Tensor.allocate(x.shape().with(axis, 1));
        Backends.current().elementwise().reduce(Reduction.MAX, x.view(), y.view());
        Tensor largest =
                Tape.record(
                        y,
                        dy -> {
                            Tensor hits = Arithmetic.apply("equal", Binary.EQUAL, x, y);
                            return new Tensor[] {hits.times(dy).dividedBy(sum(hits, axis, true))};
                        },
                        x);
        return without(largest, axis);
    }

    private static Tensor spread(Tensor x, Shape shape) {
        Tensor y = Tensor.allocate(shape);
        Views.copy(Views.spread(x, shape), y.view());
        return y;
    }

    private static Tensor without(Tensor x, int axis) {
        int[] dims = new int[x.rank() - 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = x.dim(i < axis ? i : i + 1);
        }
        return x.reshape(dims);
    }
}
