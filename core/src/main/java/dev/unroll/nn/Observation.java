package dev.unroll.nn;

import dev.unroll.backend.UnaryFunction;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The observer that looks into the layers, if there is one. While it is bound, a layer that has a
 * fused operation over many steps runs its formula in place of it, so that what lies between can be
 * seen; results then differ by rounding. Where none is bound, a layer asks once a call and goes on.
 *
 * <p>A layer of one's own takes part with one line, such as {@code Observation.activation(this,
 * "gate", Unary.SIGMOID, z)}.
 */
public final class Observation {
    private static final ScopedValue<Observation> CURRENT = ScopedValue.newInstance();

    private final Observer observer;
    private final Thread owner = Thread.currentThread();

    private Observation(Observer observer) {
        this.observer = observer;
    }

    /**
     * Runs work on this thread with an observer bound. It is not told what other threads compute.
     *
     * @param <T> the result
     * @param observer told what the layers compute
     * @param work what to run
     * @return the result of the work
     */
    public static <T> T of(Observer observer, Supplier<T> work) {
        return ScopedValue.where(CURRENT, new Observation(observer)).call(work::get);
    }

    /** {@return the observer of this thread; null if nobody looks} */
    public static @Nullable Observer current() {
        if (!CURRENT.isBound()) {
            return null;
        }
        Observation observation = CURRENT.get();
        return observation.owner == Thread.currentThread() ? observation.observer : null;
    }

    /**
     * Runs one layer of a stack. Without an observer its memory is free afterwards, as {@link
     * MemoryScope#ofLayer} says; with one it is not, because the observer may keep the tensors that
     * it is told of.
     *
     * @param <T> the layer's result
     * @param work the layer
     * @param kept the tensors of the result
     * @return the result of the work
     */
    public static <T> T ofLayer(Supplier<T> work, Function<T, List<Tensor>> kept) {
        return current() == null ? MemoryScope.ofLayer(work, kept) : work.get();
    }

    /**
     * Tells the observer, if there is one, of values that a function is about to be applied to.
     *
     * @param layer that applies it
     * @param name of the values within the layer
     * @param function applied element by element
     * @param before [rows, units]
     */
    public static void activation(
            Object layer, String name, UnaryFunction function, Tensor before) {
        Observer observer = current();
        if (observer != null) {
            observer.activation(layer, name, function, before);
        }
    }

    /**
     * Several of them, side by side.
     *
     * @param layer that applies them
     * @param before [.., parts·units], cut evenly
     * @param gates the name and the function of each part
     */
    public static void gates(Object layer, Tensor before, Gate... gates) {
        Observer observer = current();
        if (observer != null) {
            Tensor[] parts = before.split(gates.length);
            for (int i = 0; i < gates.length; i++) {
                observer.activation(layer, gates[i].name(), gates[i].function(), parts[i]);
            }
        }
    }

    /**
     * A part of a row and the function that is applied to it.
     *
     * @param name such as {@code forget gate}
     * @param function such as the sigmoid
     */
    public record Gate(String name, UnaryFunction function) {}

    /**
     * Shows the observer, if there is one, the rows that a layer reads.
     *
     * @param layer that reads them
     * @param rows a row for each position
     * @return the same rows, to be used in their place
     */
    public static Sequences rows(Object layer, Sequences rows) {
        Observer observer = current();
        return observer == null ? rows : observer.rows(layer, rows);
    }
}
