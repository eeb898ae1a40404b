package dev.unroll.nn;

import dev.unroll.random.Noise;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Shape;

/**
 * Where a layer's first weights come from. Each part of a network draws from its own branch, so
 * that adding one part does not change the others.
 *
 * @param key of the noise
 * @param blank nothing is drawn, and all weights begin at 0
 */
public record Seed(long key, boolean blank) {
    /** For a network whose weights are read next. */
    public static final Seed BLANK = new Seed(0, true);

    /** Draws weights. */
    public Seed(long key) {
        this(key, false);
    }

    /** The branch of a part. */
    public Seed at(String part) {
        return new Seed(Noise.key(key, part), blank);
    }

    /** The branch of the i-th of several equal parts. */
    public Seed at(int i) {
        return new Seed(Noise.key(key, i), blank);
    }

    /** Evenly from [−bound, bound). */
    public Parameter uniform(double bound, int... dims) {
        float[] values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length && !blank; i++) {
            values[i] = (float) ((2 * Noise.uniform(key, i) - 1) * bound);
        }
        return Parameter.of(values, dims);
    }

    /** From the normal distribution with mean 0 (Box and Muller 1958). */
    public Parameter normal(double deviation, int... dims) {
        float[] values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length && !blank; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - Noise.uniform(key, 2 * i)));
            double angle = 2 * Math.PI * Noise.uniform(key, 2 * i + 1);
            values[i] = (float) (deviation * radius * Math.cos(angle));
        }
        return Parameter.of(values, dims);
    }

    /** Evenly, so that signals keep their size both ways: √(6/(in + out)) (Glorot 2010, eq. 16). */
    public Parameter glorot(int in, int out) {
        return uniform(Math.sqrt(6.0 / (in + out)), in, out);
    }
}
