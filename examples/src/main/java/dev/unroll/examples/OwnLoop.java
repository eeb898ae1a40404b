package dev.unroll.examples;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Clip;
import dev.unroll.train.OptimiserState;
import java.util.Map;
import java.util.Random;

/** A training loop of your own: a GRU learns to count the ones in a row of bits. */
public final class OwnLoop {
    private OwnLoop() {}

    /** Reads bits and says a number. */
    public record Counter(Recurrent gru, Linear head) implements Model {
        /** {@return the mean squared error of the counts} */
        public Tensor loss(Rows rows, Mode mode) {
            var states = gru.unroll(rows.bits(), gru.start(rows.bits().layout().batch()), mode);
            return head.forward(states.last().top()).minus(rows.ones()).square().mean();
        }
    }

    /** Rows of bits, and how many ones each has, [batch, 1]. */
    public record Rows(Sequences bits, Tensor ones) {
        /** {@return rows of 5 to 12 bits} */
        public static Rows draw(int count, Random random) {
            float[][][] bits = new float[count][][];
            float[] ones = new float[count];
            for (int i = 0; i < count; i++) {
                float[][] row = new float[random.nextInt(5, 13)][1];
                for (float[] bit : row) {
                    bit[0] = random.nextInt(2);
                    ones[i] += bit[0];
                }
                bits[i] = row;
            }
            return new Rows(Sequences.of(bits), Tensor.of(ones, count, 1));
        }
    }

    /** {@return the loss of the last step} */
    public static float train(int steps) {
        Seed seed = new Seed(1);
        Counter model =
                new Counter(
                        Recurrent.of(Gru::of, 1, 16, 1, false, 0, seed.at("gru")),
                        Linear.of(16, 1, seed.at("head")));
        Random random = new Random(1);

        Map<String, Parameter> parameters = model.parameters();
        Adam adam = Adam.standard();
        OptimiserState state = OptimiserState.of(adam, parameters);
        float loss = 0;
        for (int step = 1; step <= steps; step++) {
            Rows rows = Rows.draw(32, random);
            Mode mode = new Mode.Training(1, step); // which noise dropout draws
            Gradients gradients = Gradients.of(() -> model.loss(rows, mode));
            adam.step(parameters, gradients, state, 1e-2, Clip.norm(1), step);
            loss = gradients.loss();
        }
        return loss;
    }

    /** Prints the loss after some steps. */
    public static void main(String[] args) {
        System.out.println("mean squared error " + train(400));
    }
}
