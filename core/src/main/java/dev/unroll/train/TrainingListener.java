package dev.unroll.train;

/** Hears everything that happens in a training, on the thread that trains. */
@FunctionalInterface
public interface TrainingListener {

    /** Called for each event; an exception ends the training. */
    void on(TrainingEvent event);
}
