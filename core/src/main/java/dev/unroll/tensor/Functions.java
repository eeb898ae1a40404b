package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Binary;
import dev.unroll.backend.Unary;

/** Functions of each element, and their derivatives. */
final class Functions {
    private Functions() {}

    static Tensor apply(Unary f, Tensor x) {
        Tensor y = plain(f, x);
        return Tape.record(y, dy -> new Tensor[] {derivative(f, x, y, dy)}, x);
    }

    private static Tensor plain(Unary f, Tensor x) {
        Tensor y = Tensor.allocate(x.shape());
        Backends.current().elementwise().map(f, x.view(), y.view());
        return y;
    }

    /** dy·f′(x), from the argument or from the result, whichever is nearer at hand. */
    private static Tensor derivative(Unary f, Tensor x, Tensor y, Tensor dy) {
        return switch (f) {
            case NEGATE -> dy.negate();
            case ABS -> dy.times(plain(Unary.SIGN, x));
            case SIGN -> dy.times(0);
            case SQUARE -> dy.times(x).times(2);
            case SQRT -> dy.dividedBy(y).times(0.5f);
            case RECIPROCAL -> dy.times(y).times(y).negate();
            case EXP -> dy.times(y);
            case LOG -> dy.dividedBy(x);
            case SIN -> dy.times(plain(Unary.COS, x));
            case COS -> dy.times(plain(Unary.SIN, x)).negate();
            case TANH -> Arithmetic.apply("tanh", Binary.TANH_SLOPE, y, dy);
            case SIGMOID -> Arithmetic.apply("sigmoid", Binary.SIGMOID_SLOPE, y, dy);
            case RELU -> Arithmetic.apply("relu", Binary.RELU_SLOPE, y, dy);
            case GELU -> Arithmetic.apply("gelu", Binary.GELU_SLOPE, x, dy);
            case GELU_TANH -> Arithmetic.apply("geluTanh", Binary.GELU_TANH_SLOPE, x, dy);
            case SILU -> Arithmetic.apply("silu", Binary.SILU_SLOPE, x, dy);
        };
    }
}
