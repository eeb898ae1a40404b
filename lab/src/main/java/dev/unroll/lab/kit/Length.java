package dev.unroll.lab.kit;

import dev.unroll.tensor.Tensor;

/** Euclidean lengths, in double precision: the square of a vanished gradient is 0 as a float. */
public final class Length {
    private Length() {}

    /** {@return √Σx²} */
    public static double of(Tensor x) {
        double squares = 0;
        for (float value : x.toArray()) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
