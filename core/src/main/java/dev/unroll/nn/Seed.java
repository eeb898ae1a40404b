package dev.unroll.nn;

import dev.unroll.random.Noise;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Shape;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a layer's first weights come from. Each part of a network draws from its own branch, so
 * that adding one part does not change the others.
 *
 * @param key of the noise
 * @param blank nothing is drawn, and all weights begin at 0
 * @param allowance how many numbers all parts of the network may have together
 */
public record Seed(long key, boolean blank, Allowance allowance) {
    private static final Allowance ANY = new Allowance(Long.MAX_VALUE);

    /** For a network whose weights are read next. */
    public static final Seed BLANK = new Seed(0, true, ANY);

    /** Draws weights. */
    public Seed(long key) {
        this(key, false, ANY);
    }

    /**
     * For a network whose weights are read next, of settings that nobody has checked: a part that
     * asks for more numbers than there are gets an {@link IllegalArgumentException} instead of
     * memory.
     *
     * @param most numbers of the whole network
     */
    public static Seed blank(long most) {
        return new Seed(0, true, new Allowance(most));
    }

    /** An upper bound of a network's parameters, held against each layer as it is made. */
    public static final class Allowance {
        private final long most;
        private final AtomicLong made = new AtomicLong();

        private Allowance(long most) {
            this.most = most;
        }

        private void take(long numbers) {
            if (most < Long.MAX_VALUE && made.addAndGet(numbers) > most) {
                throw new IllegalArgumentException(
                        "the settings ask for a network of more than the %,d numbers that its weights can have"
                                .formatted(most));
            }
        }
    }

    /**
     * Counts numbers of a part that makes them by itself.
     *
     * @throws IllegalArgumentException if the network has more than it may
     */
    public void claim(long numbers) {
        allowance.take(numbers);
    }

    /** The branch of a part. */
    public Seed at(String part) {
        return new Seed(Noise.key(key, part), blank, allowance);
    }

    /** The branch of the i-th of several equal parts. */
    public Seed at(int i) {
        return new Seed(Noise.key(key, i), blank, allowance);
    }

    /** Evenly from [−bound, bound). */
    public Parameter uniform(double bound, int... dims) {
        float[] values = numbers(dims);
        for (int i = 0; i < values.length && !blank; i++) {
            values[i] = (float) ((2 * Noise.uniform(key, i) - 1) * bound);
        }
        return Parameter.owning(values, dims);
    }

    /** From the normal distribution with mean 0 (Box and Muller 1958). */
    public Parameter normal(double deviation, int... dims) {
        float[] values = numbers(dims);
        for (int i = 0; i < values.length && !blank; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - Noise.uniform(key, 2 * i)));
            double angle = 2 * Math.PI * Noise.uniform(key, 2 * i + 1);
            values[i] = (float) (deviation * radius * Math.cos(angle));
        }
        return Parameter.owning(values, dims);
    }

    private float[] numbers(int... dims) {
        int size = Shape.of(dims).size();
        claim(size);
        return new float[size];
    }

    /** Evenly, so that signals keep their size both ways: √(6/(in + out)) (Glorot 2010, eq. 16). */
    public Parameter glorot(int in, int out) {
        return uniform(Math.sqrt(6.0 / (in + out)), in, out);
    }
}
