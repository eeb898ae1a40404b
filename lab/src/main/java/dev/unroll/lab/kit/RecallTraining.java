package dev.unroll.lab.kit;

import dev.unroll.lab.kit.Remembered.Batch;
import dev.unroll.lab.kit.Remembered.Example;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.AdamW;
import dev.unroll.train.Objective;
import dev.unroll.train.Schedule;
import dev.unroll.train.Training;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A training of a {@link MixerNetwork} on a fixed number of examples, pass after pass, with AdamW
 * and a learning rate that falls to 0 by half a cosine. It ends early when {@value #ENOUGH} of the
 * answers to other examples, the validation set, are right (Arora et al. 2023, appendix E).
 *
 * @param task what is learnt
 * @param examples of the training set
 * @param heldOut examples of the validation set, and as many of the test set
 * @param batch examples of a step
 * @param epochs the most passes over the training set
 */
public record RecallTraining(Remembered task, int examples, int heldOut, int batch, int epochs) {
    private static final double ENOUGH = 0.99;

    /**
     * What a training found.
     *
     * @param network as it was at the end
     * @param learningRate the highest of the training
     * @param validation share of right answers to the validation set, from 0 to 1
     * @param epochs that were made
     * @param minutes that they took
     */
    public record Outcome(
            MixerNetwork network,
            double learningRate,
            double validation,
            int epochs,
            double minutes) {}

    /** {@return the best of several learning rates by the validation set, the first of equals} */
    public Outcome best(Mixer.Factory mixer, int width, List<Double> learningRates, Seed seed) {
        Outcome best = run(mixer, width, learningRates.getFirst(), seed);
        for (double rate : learningRates.subList(1, learningRates.size())) {
            if (best.validation >= ENOUGH) {
                return best;
            }
            Outcome other = run(mixer, width, rate, seed);
            best = other.validation > best.validation ? other : best;
        }
        return best;
    }

    /** {@return a training with one learning rate} */
    public Outcome run(Mixer.Factory mixer, int width, double learningRate, Seed seed) {
        long start = System.nanoTime();
        MixerNetwork network = MixerNetwork.of(mixer, task, width, seed.at("network"));
        List<Example> train = task.examples(examples, seed.at("train"));
        List<Example> validation = task.examples(heldOut, seed.at("validation"));
        List<Double> accuracies = new ArrayList<>(List.of(0.0));
        Training.of(AdamW.standard(), learningRate)
                .schedule(new Schedule.Cosine(0))
                .clip(1)
                .epochs(epochs)
                .interruptWhen(() -> accuracies.getLast() >= ENOUGH)
                .run(
                        new Objective<List<Example>>() {
                            @Override
                            public Map<String, Parameter> parameters() {
                                return network.parameters();
                            }

                            @Override
                            public List<List<Example>> batches(int epoch) {
                                return shuffled(train, seed.at("order").at(epoch));
                            }

                            @Override
                            public Tensor loss(List<Example> some, Mode mode) {
                                return network.loss(Batch.of(some));
                            }

                            @Override
                            public Map<String, Double> validate() {
                                accuracies.add(accuracy(network, validation, _ -> true));
                                return Map.of("loss", 1 - accuracies.getLast());
                            }
                        });
        return new Outcome(
                network,
                learningRate,
                accuracies.getLast(),
                accuracies.size() - 1,
                (System.nanoTime() - start) / 60e9);
    }

    private List<List<Example>> shuffled(List<Example> all, Seed seed) {
        List<Example> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, new Random(seed.key()));
        return IntStream.iterate(0, at -> at < mixed.size(), at -> at + batch)
                .mapToObj(at -> mixed.subList(at, Math.min(at + batch, mixed.size())))
                .toList();
    }

    /** {@return the share of right answers to the test set, from 0 to 1} */
    public double test(MixerNetwork network, Seed seed) {
        return test(network, _ -> true, seed);
    }

    /**
     * {@return the share of right answers to some questions of the test set, from 0 to 1; NaN if
     * there are none}
     *
     * @param gaps how far back answers may lie, in tokens
     */
    public double test(MixerNetwork network, IntPredicate gaps, Seed seed) {
        return accuracy(network, task.examples(heldOut, seed.at("test")), gaps);
    }

    private double accuracy(MixerNetwork network, List<Example> all, IntPredicate gaps) {
        int asked = 0;
        int right = 0;
        for (int at = 0; at < all.size(); at += batch) {
            List<Example> some = all.subList(at, Math.min(at + batch, all.size()));
            int[] said = MemoryScope.run(() -> network.answers(Batch.of(some)));
            int next = 0;
            for (Example example : some) {
                for (int q = 0; q < example.places().length; q++, next++) {
                    if (gaps.test(example.gap(q))) {
                        asked++;
                        right += said[next] == example.answers()[q] ? 1 : 0;
                    }
                }
            }
        }
        return right / (double) asked;
    }
}
