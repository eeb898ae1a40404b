package dev.unroll.memory;

import dev.unroll.backend.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one computation. Buffers made while it runs are its own; when it ends, their arrays
 * go back to the {@link Pool} for the next one, except those of the result. Nothing outside sees
 * this: a tensor that was leaked out of the computation says so when it is used, and never shows
 * another's numbers.
 */
public final class Workspace {
    private static final ScopedValue<Workspace> CURRENT = ScopedValue.newInstance();

    /** The numbers of a buffer that is only counted. */
    private static final float[] NOTHING = {};

    private final List<ArrayBuffer> made = new ArrayList<>();
    private final Thread owner = Thread.currentThread();
    private final @Nullable Tally tally = Tally.current();

    private Workspace() {}

    /**
     * Runs a computation and reuses the memory of everything it made but did not return.
     *
     * @param computation what to run, on this thread
     * @param kept the buffers of a result that must outlive the computation
     */
    public static <T> T run(Supplier<T> computation, Kept<? super T> kept) {
        Workspace workspace = new Workspace();
        T result = null;
        try {
            result = ScopedValue.where(CURRENT, workspace).call(computation::get);
            return result;
        } finally {
            workspace.end(result == null ? List.of() : kept.of(result));
        }
    }

    /**
     * Runs a computation whose result is plain values: no tensor that it made is used afterwards.
     *
     * @param computation what to run, on this thread
     */
    public static <T> T run(Supplier<T> computation) {
        return run(computation, result -> List.of());
    }

    /** Names the buffers of a result that stay alive. */
    @FunctionalInterface
    public interface Kept<T> {
        List<Buffer> of(T result);
    }

    /** A heap buffer with undefined contents, owned by the running computation if there is one. */
    public static ArrayBuffer allocate(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("a buffer of " + size + " floats");
        }
        Workspace workspace = CURRENT.isBound() ? CURRENT.get() : null;
        if (workspace == null || workspace.owner != Thread.currentThread()) {
            ArrayBuffer buffer = new ArrayBuffer(size, Pool.fresh(size), null);
            Pool.SHARED.outside(buffer, size);
            return buffer;
        }
        ArrayBuffer buffer = new ArrayBuffer(size, workspace.take(size), workspace);
        workspace.made.add(buffer);
        return buffer;
    }

    /**
     * Gives a buffer back before its computation ends. A tensor that lies in it refuses to be read
     * from then on.
     */
    public static void release(Buffer buffer) {
        if (buffer instanceof ArrayBuffer heap && CURRENT.isBound()) {
            float[] array = heap.surrender();
            if (array != null) {
                CURRENT.get().give(heap, array);
            }
        }
    }

    private float[] take(int size) {
        if (tally == null) {
            return Pool.SHARED.take(size);
        }
        tally.take(size);
        return NOTHING;
    }

    private void give(ArrayBuffer buffer, float[] array) {
        if (tally == null) {
            Pool.SHARED.give(array, buffer.size());
        } else {
            tally.give(buffer.size());
        }
    }

    /** {@return whether a buffer was made by the running computation, not by one around it} */
    public static boolean owns(Buffer buffer) {
        return CURRENT.isBound() && buffer instanceof ArrayBuffer heap && heap.isOf(CURRENT.get());
    }

    private void end(List<Buffer> kept) {
        Set<Buffer> survivors = new HashSet<>(kept);
        for (ArrayBuffer buffer : made) {
            if (survivors.contains(buffer)) {
                escape(buffer);
                continue;
            }
            float[] array = buffer.surrender();
            if (array != null) {
                give(buffer, array);
            }
        }
        made.clear();
    }

    /** Hands a surviving buffer to the surrounding computation, or to the garbage collector. */
    private void escape(ArrayBuffer buffer) {
        if (CURRENT.isBound() && CURRENT.get().owner == Thread.currentThread()) {
            CURRENT.get().made.add(buffer);
        } else if (tally == null) {
            Pool.SHARED.escaped(buffer);
        }
    }
}
