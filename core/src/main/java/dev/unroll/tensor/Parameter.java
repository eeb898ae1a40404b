package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import java.util.Arrays;

/**
 * Numbers that are learnt. A layer's formula uses the {@link #value}; an optimiser changes the
 * numbers in place, so a parameter is the one thing in Unroll that is not a value. Reading it from
 * many threads is safe as long as nobody trains it.
 */
public final class Parameter {
    private final Tensor value;

    private Parameter(Tensor value) {
        this.value = value;
    }

    /** A parameter with these numbers to begin with. */
    public static Parameter of(float[] values, int... dims) {
        return new Parameter(new Tensor(Tensor.of(values, dims).view(), null, true));
    }

    /** A parameter that begins with the same number everywhere. */
    public static Parameter full(float value, int... dims) {
        float[] values = new float[Shape.of(dims).size()];
        Arrays.fill(values, value);
        return of(values, dims);
    }

    /** The numbers as they are now. */
    public Tensor value() {
        return value;
    }

    /** The sizes of the dimensions. */
    public Shape shape() {
        return value.shape();
    }

    /** Number of numbers. */
    public int size() {
        return value.size();
    }

    /** Replaces all numbers. */
    public void set(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    "%d numbers do not fill a parameter of %s".formatted(values.length, shape()));
        }
        Backends.current().write(values, value.view().buffer());
    }

    @Override
    public String toString() {
        return "Parameter" + shape();
    }
}
