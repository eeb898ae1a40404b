package dev.unroll.bench.conv;

import dev.unroll.backend.Window;
import java.util.Random;

/**
 * A convolution of a size, same on every edge.
 *
 * @param batch number of images
 * @param side kernel of side x side
 * @param groups of channels
 */
record Layer(int batch, int height, int width, int in, int out, int side, int stride, int groups) {

    /** Runs whose whole result is added up. */
    static final int CHECKED = 3;

    Window window() {
        return Window.square(side).stride(stride).padding(side / 2);
    }

    /** Billions of operations of one pass. */
    double giga() {
        double places = (double) batch * window().rows(height) * window().columns(width);
        return 2e-9 * places * side * side * in / groups * out;
    }

    float[] images() {
        return numbers(1, batch * height * width * in);
    }

    /** [side, side, in/groups, out]. */
    float[] weights() {
        return numbers(2, side * side * in / groups * out);
    }

    float[] bias() {
        return numbers(3, out);
    }

    /** The gradient that comes to the result. */
    float[] slopes() {
        return numbers(4, batch * window().rows(height) * window().columns(width) * out);
    }

    /** As many random numbers from 0 to 1. */
    static float[] numbers(long seed, int count) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }

    /** A number that depends on every element and on its place. */
    static double sum(float[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * (1 + i % 1009);
        }
        return sum;
    }

    @Override
    public String toString() {
        String size = batch + "x" + height + "x" + width + "x" + in + "-" + out;
        String kernel = "-" + side + "x" + side;
        String steps = stride == 1 ? "" : "-stride" + stride;
        String parts = groups == 1 ? "" : groups == in ? "-depthwise" : "-groups" + groups;
        return size + kernel + steps + parts;
    }
}
