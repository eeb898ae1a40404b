package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.UnaryFunction;

/** Functions of each element, and their derivatives. */
final class Functions {
    private Functions() {}

    static Tensor apply(UnaryFunction f, Tensor x) {
        Tensor y = Tensor.allocate(x.shape());
        Backends.current().elementwise().map(f, x.view(), y.view());
        return Tape.fill(
                y,
                (dy, dx) ->
                        Backends.current()
                                .elementwise()
                                .mapBackward(f, x.view(), y.view(), dy.view(), dx[0].view()),
                x);
    }

    /** xⁿ, with Java's {@link Math#pow} for the ends of the number line. */
    record Power(double exponent) implements UnaryFunction {
        @Override
        public double value(double x) {
            return Math.pow(x, exponent);
        }

        @Override
        public double slope(double x, double y) {
            return exponent == 0 ? 0 : exponent * Math.pow(x, exponent - 1);
        }
    }

    /** x where x ≥ 0, else factor·x (Maas et al. 2013). */
    record LeakyRelu(double factor) implements UnaryFunction {
        @Override
        public double value(double x) {
            return x >= 0 ? x : factor * x;
        }

        @Override
        public double slope(double x, double y) {
            return x >= 0 ? 1 : factor;
        }
    }

    /** x, but no less than low and no more than high; the slope is 1 from low to high, else 0. */
    record Clamp(double low, double high) implements UnaryFunction {
        Clamp {
            if (!(low <= high)) {
                throw new IllegalArgumentException(
                        "clamp: from %s to %s: the first is the smaller".formatted(low, high));
            }
        }

        @Override
        public double value(double x) {
            return Math.min(Math.max(x, low), high);
        }

        @Override
        public double slope(double x, double y) {
            return x >= low && x <= high ? 1 : 0;
        }
    }
}
