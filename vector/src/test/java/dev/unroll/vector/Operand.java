package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.View;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A view on a backend, with what its buffer held at first. */
public record Operand(Backend backend, View view, float[] memory) {
    private static final float OUTSIDE = 777;

    /** Normally distributed numbers. */
    static Operand random(Backend backend, long seed, Arrangement arrangement, int... dims) {
        float[] memory = normal(seed, extent(arrangement, dims));
        return of(backend, memory, arrangement, dims);
    }

    /** Numbers one after another. */
    static Operand of(Backend backend, float[] numbers, int... dims) {
        return of(backend, numbers, Arrangement.PLAIN, dims);
    }

    /** These numbers, in the order of their indices; where places repeat, the last one stays. */
    static Operand arranged(
            Backend backend, Arrangement arrangement, float[] numbers, int... dims) {
        Operand operand = result(backend, arrangement, dims);
        for (int i = 0; i < numbers.length; i++) {
            operand.memory[operand.place(i)] = numbers[i];
        }
        backend.write(operand.memory, operand.view.buffer());
        return operand;
    }

    /** A result to be: NaN, so that what is not written shows. */
    static Operand result(Backend backend, Arrangement arrangement, int... dims) {
        float[] memory = new float[extent(arrangement, dims)];
        Arrays.fill(memory, OUTSIDE);
        Operand result = of(backend, memory, arrangement, dims);
        for (int i = 0; i < result.view.size(); i++) {
            memory[result.place(i)] = Float.NaN;
        }
        backend.write(memory, result.view.buffer());
        return result;
    }

    /** A result to be, one number after another. */
    static Operand result(Backend backend, int... dims) {
        return result(backend, Arrangement.OFFSET, dims);
    }

    private static Operand of(
            Backend backend, float[] memory, Arrangement arrangement, int... dims) {
        Buffer buffer = backend.allocate(memory.length);
        backend.write(memory, buffer);
        View view = new View(buffer, arrangement.offset(), dims, arrangement.strides(dims));
        return new Operand(backend, view, memory);
    }

    public static float[] normal(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** The numbers at first, in the order of their indices. */
    float[] before() {
        return pick(memory);
    }

    /** The numbers now; nothing else in the buffer may have changed. */
    float[] after() {
        float[] now = whole();
        boolean[] inside = new boolean[now.length];
        for (int i = 0; i < view.size(); i++) {
            inside[place(i)] = true;
        }
        for (int i = 0; i < now.length; i++) {
            if (!inside[i]) {
                assertThat(now[i]).as("number %d, outside the view", i).isEqualTo(memory[i]);
            }
        }
        return pick(now);
    }

    /** Nothing in the buffer has changed. */
    void assertUntouched() {
        assertThat(whole()).isEqualTo(memory);
    }

    private float[] whole() {
        float[] now = new float[memory.length];
        backend.read(View.of(view.buffer(), memory.length), now);
        return now;
    }

    private float[] pick(float[] from) {
        float[] picked = new float[view.size()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = from[place(i)];
        }
        return picked;
    }

    /** Where element i of the view, counted in the order of indices, lies in the buffer. */
    private int place(int i) {
        int place = view.offset();
        int rest = i;
        for (int d = view.rank() - 1; d >= 0; d--) {
            place += rest % view.dims()[d] * view.strides()[d];
            rest /= view.dims()[d];
        }
        return place;
    }

    private static int extent(Arrangement arrangement, int... dims) {
        int[] strides = arrangement.strides(dims);
        int extent = arrangement.offset() + 4;
        for (int d = 0; d < dims.length; d++) {
            extent += Math.max(0, dims[d] - 1) * strides[d];
        }
        return extent;
    }
}
