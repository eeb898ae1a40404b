package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backends;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;

/** Seeded tensors to compute with, and how near two tensors are. */
public final class Numbers {
    private Numbers() {}

    /** Evenly from [low, high). */
    public static Tensor between(double low, double high, long seed, int... dims) {
        Random random = new Random(seed);
        float[] values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (low + (high - low) * random.nextDouble());
        }
        return Tensor.of(values, dims);
    }

    /** Evenly from [−1, 1). */
    public static Tensor of(long seed, int... dims) {
        return between(-1, 1, seed, dims);
    }

    /** Of either sign, at least a quarter from 0: for functions with a kink there. */
    public static Tensor awayFromZero(long seed, int... dims) {
        Random random = new Random(seed);
        float[] values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (0.25f + 1.5f * random.nextFloat()) * (random.nextBoolean() ? 1 : -1);
        }
        return Tensor.of(values, dims);
    }

    /** No two nearer than a quarter: for choices of the larger one. */
    public static Tensor distinct(long seed, int... dims) {
        int size = Shape.of(dims).size();
        List<Integer> order = IntStream.range(0, size).boxed().collect(Collectors.toList());
        Collections.shuffle(order, new Random(seed));
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.25f * (order.get(i) - size / 2);
        }
        return Tensor.of(values, dims);
    }

    /** Same shape, and each pair of numbers at most this far apart per unit of the expected. */
    public static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertClose(actual.toArray(), expected.toArray(), tolerance);
    }

    /** Each pair of numbers at most this far apart per unit of the expected. */
    public static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            assertThat((double) actual[i])
                    .as("element %d", i)
                    .isCloseTo(expected[i], Offset.offset(allowed));
        }
    }

    /** The same numbers: to the bit on the reference, nearly on backends that go by blocks. */
    public static void assertSame(Tensor actual, Tensor expected) {
        if (Backends.current().name().equals("scalar")) {
            assertThat(actual.shape()).isEqualTo(expected.shape());
            assertThat(actual.toArray()).isEqualTo(expected.toArray());
        } else {
            assertClose(actual, expected, 1e-5);
        }
    }
}
