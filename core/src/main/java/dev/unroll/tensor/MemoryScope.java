package dev.unroll.tensor;

import dev.unroll.backend.Buffer;
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
        return Workspace.run(work, result -> buffers(kept.get()));
    }

    /**
     * Runs one layer of a stack. Where no gradient is being computed, the memory of everything that
     * the layer made, except its result, is free for the next layer. While a gradient is being
     * computed, the tensors are kept for the backward pass.
     *
     * @param work the layer; every tensor it made is gone afterwards, except some of its result
     * @param kept the tensors of the result that stay
     */
    public static <T> T ofLayer(Supplier<T> work, Function<T, List<Tensor>> kept) {
        return Tape.runs()
                ? work.get()
                : Workspace.run(work, result -> buffers(kept.apply(result)));
    }

    private static List<Buffer> buffers(List<Tensor> tensors) {
        return tensors.stream().map(t -> t.view().buffer()).toList();
    }
}
