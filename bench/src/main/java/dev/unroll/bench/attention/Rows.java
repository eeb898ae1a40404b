package dev.unroll.bench.attention;

import dev.unroll.backend.AttentionHeads;
import java.util.Random;

/** One sequence of normally distributed rows, the same for both sides. */
final class Rows {
    static final int HEADS = 4;
    static final int HEAD = 32;
    static final int WIDTH = HEADS * HEAD;

    /** Runs of a work that are compared before it is timed. */
    static final int CHECKED = 3;

    private Rows() {}

    /** {@return the split of a row into heads of attention} */
    static AttentionHeads heads() {
        return new AttentionHeads(HEADS, HEADS, HEAD, HEAD, (float) (1 / Math.sqrt(HEAD)));
    }

    /** [length, WIDTH] */
    static float[] of(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** A number that depends on each of the numbers and its place. */
    static double sum(float[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += Math.abs(values[i]) * (1 + i % 1009);
        }
        return sum;
    }
}
