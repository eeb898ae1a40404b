package dev.unroll.examples;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Objective;
import dev.unroll.train.Training;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A loss of your own: the pinball loss (Koenker and Bassett 1978) teaches a network the band in
 * which eight of ten numbers fall.
 */
public final class OwnLoss {
    private static final Tensor QUANTILES = Tensor.of(new float[] {0.1f, 0.9f}, 2);

    private OwnLoss() {}

    /** From x [batch, 1] to the lower and upper end of a band, [batch, 2]. */
    public record Band(Linear inner, Linear outer) implements Model {
        /** First weights, drawn from a seed. */
        public static Band of(int hidden, Seed seed) {
            return new Band(
                    Linear.of(1, hidden, seed.at("inner")), Linear.of(hidden, 2, seed.at("outer")));
        }

        /** {@return the ends of the band at each x} */
        public Tensor forward(Tensor x) {
            return outer.forward(inner.forward(x).tanh());
        }
    }

    /** {@return mean of max(q·e, (q − 1)·e) for the errors e = y − prediction} */
    public static Tensor pinball(Tensor prediction, Tensor y) {
        Tensor e = y.minus(prediction); // [batch, 1] − [batch, 2]
        return e.times(QUANTILES).maximum(e.times(QUANTILES.plus(-1))).mean();
    }

    /** Points of a noisy curve, each [batch, 1]; the noise grows with x. */
    public record Points(Tensor x, Tensor y) {
        /** {@return points drawn at random} */
        public static Points draw(int count, Random random) {
            float[] x = new float[count];
            float[] y = new float[count];
            for (int i = 0; i < count; i++) {
                x[i] = random.nextFloat() * 2;
                y[i] = (float) (Math.sin(2 * x[i]) + x[i] * random.nextGaussian() / 5);
            }
            return new Points(Tensor.of(x, count, 1), Tensor.of(y, count, 1));
        }
    }

    /** The objective: without validation, it is three methods. */
    public record Fit(Band band, List<Points> points) implements Objective<Points> {
        @Override
        public Map<String, Parameter> parameters() {
            return band.parameters();
        }

        @Override
        public List<Points> batches(int epoch) {
            return points;
        }

        @Override
        public Tensor loss(Points batch, Mode mode) {
            return pinball(band.forward(batch.x()), batch.y());
        }
    }

    /** {@return a band that was trained on 2,000 points} */
    public static Band train() {
        Random random = new Random(1);
        Band band = Band.of(16, new Seed(1));
        List<Points> points = List.of(Points.draw(1_000, random), Points.draw(1_000, random));
        Training.of(Adam.standard(), 2e-2).epochs(200).run(new Fit(band, points));
        return band;
    }

    /** Prints the band at some places. */
    public static void main(String[] args) {
        Tensor x = Tensor.of(new float[] {0.25f, 1, 1.75f}, 3, 1);
        System.out.println(train().forward(x));
    }
}
