package dev.unroll.tasks;

import dev.unroll.backend.Backends;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * A trained model that answers inputs, loaded from a run's folder. A predictor is immutable and
 * safe to use from many threads at once, and there is nothing to close. It is valid until the
 * model's weights change: after a training was resumed, load the run again.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public interface Predictor<I, O> {

    /**
     * {@return the answer to one input}
     *
     * @param input to be answered
     */
    default O predict(I input) {
        return predictAll(List.of(input)).getFirst();
    }

    /**
     * Answers many inputs, with the same answers as one by one, and sooner.
     *
     * @param inputs to be answered
     * @return the answers, in the order of the inputs
     */
    List<O> predictAll(List<I> inputs);

    /**
     * Inputs such as may be asked, for {@link #warmUp()}.
     *
     * @return none, unless a predictor knows some
     */
    default List<I> examples() {
        return List.of();
    }

    /** {@link #warmUp(List)} with the {@link #examples()}. */
    default void warmUp() {
        warmUp(examples());
    }

    /**
     * Returns when answers come at their final speed: answers some inputs, waits until the backend
     * has compiled what they use, and then answers them again and again until the time that takes
     * no longer falls. That takes some seconds: at most about five after the backend. Nobody needs
     * it: the first answers of a loaded predictor are as good as the later ones, and not slower
     * than plain Java.
     *
     * @param inputs like those that will be asked; if there are none, only the backend is waited
     *     for: what has been used of it so far, or all of it if nothing has
     */
    default void warmUp(List<I> inputs) {
        var _ = Backends.current().warmUp();
        inputs.forEach(this::predict); // the backend sees what they use
        try {
            Backends.current().warmUp().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the backend could not warm up", e.getCause());
        }
        if (!inputs.isEmpty()) {
            FinalSpeed.reach(() -> inputs.forEach(this::predict), System::nanoTime);
        }
    }
}
