package dev.unroll.tensor;

import dev.unroll.backend.Workspace;
import java.util.List;
import java.util.function.Supplier;

/** Work whose memory is free again when it ends, for the next of its kind. */
public final class ShortLived {
    private ShortLived() {}

    /**
     * Runs work that gives plain values; every tensor it made is gone, except some.
     *
     * @param kept the tensors that stay, asked for at the end
     */
    public static <T> T run(Supplier<T> work, Supplier<List<Tensor>> kept) {
        return Workspace.run(
                work, result -> kept.get().stream().map(t -> t.view().buffer()).toList());
    }
}
