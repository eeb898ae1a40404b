package dev.unroll.examples;

import dev.unroll.examples.SequenceRegression.Batch;
import dev.unroll.examples.SequenceRegression.NextNumber;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.train.Adam;
import dev.unroll.train.Training;
import dev.unroll.watch.Interval;
import dev.unroll.watch.Observed;
import dev.unroll.watch.ObservedPass;
import dev.unroll.watch.SequenceFlow;
import dev.unroll.watch.Watch;
import java.util.Arrays;
import java.util.function.Consumer;

/** Eyes on the gradients: of a training while it goes on, and of a model at any time. */
public final class Watching {
    private Watching() {}

    /** Trains the forecaster, and tells a listener of every fiftieth step. */
    public static void train(NextNumber objective, Consumer<Observed> listener) {
        Watch<Batch> watch = Watch.of(objective, Interval.every(50), false, listener);
        Training.of(Adam.standard(), 1e-2).epochs(8).clip(1).listen(watch).run(watch.objective());
    }

    /** {@return the verdict on a model whose recurrent weights are small and which forgets} */
    public static String forgetful() {
        NextNumber objective = SequenceRegression.objective();
        Lstm lstm = (Lstm) objective.model().lstm().forward().getFirst();
        lstm.wh().set(lstm.wh().value().times(0.1f).toArray());
        float[] bias = lstm.b().value().toArray(); // i, f, g, o
        Arrays.fill(bias, lstm.hidden(), 2 * lstm.hidden(), -2);
        lstm.b().set(bias);
        return ObservedPass.ofFirstBatch(objective).diagnosis().summary();
    }

    /** Prints a line for each observed step, and what flows back at the end. */
    public static void main(String[] args) {
        train(
                SequenceRegression.objective(),
                seen -> {
                    System.out.println(seen.diagnosis().step() + ": " + seen.diagnosis().summary());
                    SequenceFlow lstm = seen.diagnosis().sequences().getFirst();
                    System.out.println("  through c: " + Arrays.toString(lstm.memory()));
                });
        System.out.println(forgetful());
    }
}
