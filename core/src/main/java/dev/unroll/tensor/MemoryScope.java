package dev.unroll.tensor;

import dev.unroll.memory.Workspace;
import java.util.List;
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
}
