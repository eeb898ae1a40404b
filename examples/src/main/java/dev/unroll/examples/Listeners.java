package dev.unroll.examples;

import dev.unroll.train.AdamW;
import dev.unroll.train.Monitor;
import dev.unroll.train.Schedule;
import dev.unroll.train.Training;
import dev.unroll.train.TrainingEvent;
import dev.unroll.train.TrainingListener;
import java.util.concurrent.atomic.AtomicBoolean;

/** Listeners: one prints what happens, another ends the training when the model is good enough. */
public final class Listeners {
    private Listeners() {}

    /** Prints a line for each validation and one at the end. */
    public static final class Printer implements TrainingListener {
        private double sum;
        private int steps;

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Stepped s -> {
                    sum += s.loss();
                    steps++;
                }
                case TrainingEvent.Validated v -> {
                    System.out.printf(
                            "step %d: training loss %.4f, validation %s%s%n",
                            v.progress().step(), sum / steps, v.metrics(), v.best() ? " *" : "");
                    sum = 0;
                    steps = 0;
                }
                case TrainingEvent.Recovered r -> System.out.println(r.why().getMessage());
                case TrainingEvent.Ended e -> System.out.println("ended: " + e.reason());
            }
        }
    }

    /** {@return a training that is interrupted once the validation loss is below a bound} */
    public static Training until(double bound) {
        AtomicBoolean enough = new AtomicBoolean();
        return Training.of(AdamW.standard(), 1e-2)
                .schedule(new Schedule.Cosine(20))
                .epochs(30)
                .monitor(Monitor.lowest("loss"))
                .interruptWhen(enough::get)
                .listen(
                        event -> {
                            if (event instanceof TrainingEvent.Validated v) {
                                enough.set(v.metrics().getOrDefault("loss", 1.0) < bound);
                            }
                        });
    }

    /** Trains with both. */
    public static void main(String[] args) {
        until(0.005).listen(new Printer()).run(SequenceRegression.objective());
    }
}
