package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;

/**
 * Holds an operation's derivative against its slope measured by central differences: Richardson's
 * extrapolation (1911) of two step sizes leaves an error of the fourth order, so that steps can be
 * long enough for 32-bit floats. The operation's result is made one number by a random projection,
 * summed in double precision.
 */
public final class NumericGradient {
    private static final float STEP = 0x1p-5f;

    /** What the slopes may differ by, per unit of the larger. */
    private static final double TOLERANCE = 1e-3;

    private NumericGradient() {}

    /** What is differentiated. Kinks must be further from the inputs than a sixteenth. */
    @FunctionalInterface
    public interface Operation {
        Tensor of(Tensor... inputs);
    }

    /** Checks the derivative with respect to every element of every input. */
    public static void check(Operation f, Tensor... inputs) {
        Tensor result = f.of(inputs);
        int[] dims = result.shape().dims();
        Tensor projection = Numbers.between(-1, 1, 4711, dims);
        Gradients gradients = Gradients.of(() -> f.of(inputs).times(projection).sum(), inputs);
        double plain = projected(result, projection);
        assertThat((double) gradients.loss())
                .as("the same number with and without derivatives")
                .isCloseTo(plain, within(1, plain));
        for (int i = 0; i < inputs.length; i++) {
            float[] slopes = gradients.of(inputs[i]).toArray();
            assertThat(slopes).as("gradients of input %d", i).hasSize(inputs[i].size());
            for (int j = 0; j < slopes.length; j++) {
                double measured = slope(f, inputs, i, j, projection);
                assertThat((double) slopes[j])
                        .as("slope of element %d of input %d %s", j, i, inputs[i].shape())
                        .isCloseTo(measured, within(1, measured));
            }
        }
    }

    private static Offset<Double> within(double least, double size) {
        return Offset.offset(TOLERANCE * Math.max(least, Math.abs(size)));
    }

    private static double slope(Operation f, Tensor[] inputs, int i, int j, Tensor projection) {
        double near = difference(f, inputs, i, j, STEP, projection);
        double far = difference(f, inputs, i, j, 2 * STEP, projection);
        return (4 * near - far) / 3;
    }

    private static double difference(
            Operation f, Tensor[] inputs, int i, int j, float step, Tensor projection) {
        float[] x = inputs[i].toArray();
        float up = x[j] + step;
        float down = x[j] - step;
        double above = at(f, inputs, i, j, up, projection);
        double below = at(f, inputs, i, j, down, projection);
        return (above - below) / ((double) up - down);
    }

    private static double at(
            Operation f, Tensor[] inputs, int i, int j, float value, Tensor projection) {
        float[] x = inputs[i].toArray();
        x[j] = value;
        Tensor[] moved = inputs.clone();
        moved[i] = Tensor.of(x, inputs[i].shape().dims());
        return projected(f.of(moved), projection);
    }

    private static double projected(Tensor y, Tensor projection) {
        float[] values = y.toArray();
        float[] weights = projection.toArray();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * weights[i];
        }
        return sum;
    }
}
