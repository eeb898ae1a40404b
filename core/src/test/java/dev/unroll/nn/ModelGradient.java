package dev.unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.Random;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;

/**
 * Holds the gradient of a whole model's loss against slopes measured by central differences, along
 * one random direction in each parameter: what is summed up there would show in the slope. The loss
 * has no kink nearby. Richardson's extrapolation (1911) of two step sizes allows long steps.
 */
public final class ModelGradient {
    /** Longer ones see the loss bend, shorter ones the rounding of 32-bit floats. */
    private static final float STEP = 0x1p-8f;

    /** What the slopes may differ by, per unit of the larger. */
    private static final double TOLERANCE = 2e-3;

    private ModelGradient() {}

    public static void check(Object model, Supplier<Tensor> loss) {
        Gradients gradients = Gradients.of(loss);
        assertThat(Parameters.of(model)).isNotEmpty();
        Parameters.of(model)
                .forEach(
                        (name, parameter) -> {
                            float[] direction = direction(name.hashCode(), parameter.size());
                            double expected = slope(loss, parameter, direction);
                            assertThat(dot(gradients.of(parameter).toArray(), direction))
                                    .as(name)
                                    .isCloseTo(
                                            expected,
                                            Offset.offset(
                                                    TOLERANCE * Math.max(0.1, Math.abs(expected))));
                        });
    }

    /** Of length 1. */
    private static float[] direction(long seed, int size) {
        Random random = new Random(seed);
        float[] direction = new float[size];
        double square = 0;
        for (int i = 0; i < size; i++) {
            direction[i] = (float) random.nextGaussian();
            square += direction[i] * direction[i];
        }
        for (int i = 0; i < size; i++) {
            direction[i] /= (float) Math.sqrt(square);
        }
        return direction;
    }

    private static double slope(Supplier<Tensor> loss, Parameter parameter, float[] direction) {
        double near = difference(loss, parameter, direction, STEP);
        double far = difference(loss, parameter, direction, 2 * STEP);
        return (4 * near - far) / 3;
    }

    private static double difference(
            Supplier<Tensor> loss, Parameter parameter, float[] direction, float step) {
        float[] x = parameter.value().toArray();
        double above = at(loss, parameter, x, direction, step);
        double below = at(loss, parameter, x, direction, -step);
        parameter.set(x);
        return (above - below) / (2 * step);
    }

    private static double at(
            Supplier<Tensor> loss, Parameter parameter, float[] x, float[] direction, float step) {
        float[] moved = x.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        parameter.set(moved);
        return loss.get().item();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
