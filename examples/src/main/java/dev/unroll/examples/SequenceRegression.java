package dev.unroll.examples;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Objective;
import dev.unroll.train.Training;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A model of your own: an LSTM reads a series of numbers and says the next one. */
public final class SequenceRegression {
    private SequenceRegression() {}

    /** A model is a record of layers; the components name the weights. */
    public record Forecaster(Recurrent lstm, Linear head) implements Model {

        /** First weights, drawn from a seed. */
        public static Forecaster of(int hidden, Seed seed) {
            return new Forecaster(
                    Recurrent.of(Lstm::of, 1, hidden, 1, false, 0, seed.at("lstm")),
                    Linear.of(hidden, 1, seed.at("head")));
        }

        /** {@return the number after each series, [batch, 1]} */
        public Tensor forward(Sequences series, Mode mode) {
            var states = lstm.unroll(series, lstm.start(series.layout().batch()), mode);
            return head.forward(states.last().top());
        }
    }

    /** Some series, and the number after each, [batch, 1]. */
    public record Batch(Sequences series, Tensor next) {}

    /** The goal of the training: parameters, batches, loss, and a metric on other series. */
    public record NextNumber(Forecaster model, List<Batch> train, Batch validation)
            implements Objective<Batch> {
        @Override
        public Map<String, Parameter> parameters() {
            return model.parameters();
        }

        @Override
        public List<Batch> batches(int epoch) {
            return train;
        }

        @Override
        public Tensor loss(Batch batch, Mode mode) {
            return model.forward(batch.series(), mode).minus(batch.next()).square().mean();
        }

        @Override
        public Map<String, Double> validate() {
            return Map.of("loss", (double) loss(validation, Mode.INFERENCE).item());
        }
    }

    /** {@return sine waves of any phase, frequency and length from 10 to 29} */
    public static Batch waves(int count, Random random) {
        float[][][] series = new float[count][][];
        float[] next = new float[count];
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(10, 30);
            double phase = random.nextDouble(6);
            double frequency = random.nextDouble(0.2, 0.6);
            float[][] wave = new float[length][1];
            for (int t = 0; t < length; t++) {
                wave[t][0] = (float) Math.sin(phase + frequency * t);
            }
            series[i] = wave;
            next[i] = (float) Math.sin(phase + frequency * length);
        }
        return new Batch(Sequences.of(series), Tensor.of(next, count, 1));
    }

    /** {@return an objective with a model of its own and 20 batches} */
    public static NextNumber objective() {
        Random random = new Random(1);
        List<Batch> train = IntStream.range(0, 20).mapToObj(i -> waves(32, random)).toList();
        return new NextNumber(Forecaster.of(16, new Seed(1)), train, waves(100, random));
    }

    /** Trains and says how well the model does. */
    public static void main(String[] args) {
        NextNumber objective = objective();
        Training.of(Adam.standard(), 1e-2).epochs(15).clip(1).patience(5).run(objective);
        System.out.println("mean squared error " + objective.validate().get("loss"));
    }
}
