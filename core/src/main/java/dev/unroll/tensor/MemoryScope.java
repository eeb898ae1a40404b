package dev.unroll.tensor;

import dev.unroll.memory.Workspace;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs work whose memory is free again when it ends, for the next of its kind: an arena. A tensor
 * that was made inside and carried out in some other way than named here refuses to be read, and
 * never shows another's numbers.
 */
public final class MemoryScope {
    private MemoryScope() {}

    /** Runs work that gives plain values; every tensor it made is gone afterwards. */
    public static <T> T run(Supplier<T> work) {
        return Workspace.run(work);
    }

    /**
     * Runs work that gives plain values; every tensor it made is gone afterwards, except some.
     *
     * @param kept the tensors that stay, asked for when the work is done
     */
    public static <T> T run(Supplier<T> work, Supplier<List<Tensor>> kept) {
        return Workspace.run(
                work, result -> kept.get().stream().map(t -> t.view().buffer()).toList());
    }

    /**
     * Runs a layer, one of several. Where no gradient is being computed, nobody asks again for what
     * it made on the way: that memory is the next layer's. Otherwise it stays.
     *
     * @param work the layer; every tensor it made is gone afterwards, except some of its result
     * @param kept the tensors of the result that stay
     */
    public static <T> T ofLayer(Supplier<T> work, Function<T, List<Tensor>> kept) {
        return Tape.runs()
                ? work.get()
                : Workspace.run(
                        work,
                        result -> kept.apply(result).stream().map(t -> t.view().buffer()).toList());
    }
}
