package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Binary;
import org.jspecify.annotations.Nullable;

/** Operations on two tensors, element by element with broadcasting, and their derivatives. */
final class Arithmetic {
    private Arithmetic() {}

    static Tensor plus(Tensor a, Tensor b) {
        return Tape.record(apply("plus", Binary.PLUS, a, b), dy -> gradients(a, b, dy, dy), a, b);
    }

    static Tensor minus(Tensor a, Tensor b) {
        boolean right = Tape.tracks(b);
        return Tape.record(
                apply("minus", Binary.MINUS, a, b),
                dy -> gradients(a, b, dy, right ? dy.negate() : null),
                a,
                b);
    }

    static Tensor times(Tensor a, Tensor b) {
        boolean left = Tape.tracks(a);
        boolean right = Tape.tracks(b);
        return Tape.record(
                apply("times", Binary.TIMES, a, b),
                dy -> gradients(a, b, left ? dy.times(b) : null, right ? dy.times(a) : null),
                a,
                b);
    }

    static Tensor dividedBy(Tensor a, Tensor b) {
        Tensor y = apply("dividedBy", Binary.DIVIDE, a, b);
        boolean right = Tape.tracks(b);
        return Tape.record(
                y,
                dy -> {
                    Tensor da = dy.dividedBy(b);
                    return gradients(a, b, da, right ? da.times(y).negate() : null);
                },
                a,
                b);
    }

    static Tensor extremum(Binary f, Tensor a, Tensor b) {
        Tensor y = apply(f == Binary.MAXIMUM ? "maximum" : "minimum", f, a, b);
        return Tape.record(
                y,
                dy -> {
                    Tensor toLeft = dy.times(apply("equal", Binary.EQUAL, a, y));
                    return gradients(a, b, toLeft, dy.minus(toLeft));
                },
                a,
                b);
    }

    /** A sum of two masked tensors: one of the two summands is 0, whatever is masked out of it. */
    static Tensor where(Tensor condition, Tensor a, Tensor b) {
        Tensor not = apply("where", Binary.EQUAL, condition, Tensor.zeros());
        Tensor fromA = apply("where", Binary.MASKED, a, condition);
        Tensor fromB = apply("where", Binary.MASKED, b, not);
        return Tape.record(
                apply("where", Binary.PLUS, fromA, fromB),
                dy ->
                        gradients(
                                a,
                                b,
                                apply("where", Binary.MASKED, dy, condition),
                                apply("where", Binary.MASKED, dy, not)),
                a,
                b);
    }

    static Tensor affine(Tensor a, float scale, float shift) {
        Tensor y = Tensor.allocate(a.shape());
        Backends.current().elementwise().affine(scale, shift, a.view(), y.view());
        return Tape.record(y, dy -> new Tensor[] {scale == 1 ? dy : affine(dy, scale, 0)}, a);
    }

    /** f of both, spread to their common shape; no derivative. */
    static Tensor apply(String name, Binary f, Tensor a, Tensor b) {
        Shape shape = Shape.broadcast(name, a.shape(), b.shape());
        Tensor y = Tensor.allocate(shape);
        Backends.current()
                .elementwise()
                .map(f, Views.spread(a, shape), Views.spread(b, shape), y.view());
        return y;
    }

    private static @Nullable Tensor[] gradients(
            Tensor a, Tensor b, @Nullable Tensor da, @Nullable Tensor db) {
        return new @Nullable Tensor[] {
            da == null ? null : gathered(da, a.shape()), db == null ? null : gathered(db, b.shape())
        };
    }

    /** The derivative of broadcasting: what was spread comes together again. */
    static Tensor gathered(Tensor dy, Shape shape) {
        if (dy.shape().equals(shape)) {
            return dy;
        }
        int[] padded = new int[dy.rank()];
        for (int i = 1; i <= padded.length; i++) {
            padded[padded.length - i] = i > shape.rank() ? 1 : shape.dim(-i);
        }
        return Reductions.sumTo(dy, new Shape(padded)).reshape(shape.dims());
    }
}
