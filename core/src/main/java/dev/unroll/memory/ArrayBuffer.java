package dev.unroll.memory;

import dev.unroll.backend.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A buffer on the Java heap. The array may be longer than the buffer, since arrays are reused; what
 * lies beyond {@link #size} means nothing.
 */
public final class ArrayBuffer implements Buffer {
    private final int size;
    private float @Nullable [] array;
    private final @Nullable Workspace owner;

    /**
     * @param owner the computation whose end takes the array away; null for none
     */
    ArrayBuffer(int size, float[] array, @Nullable Workspace owner) {
        this.size = size;
        this.array = array;
        this.owner = owner;
    }

    /** A buffer over an array of the caller's, which belongs to no computation. */
    public static ArrayBuffer of(float[] array) {
        return new ArrayBuffer(array.length, array, null);
    }

    /** A buffer over an array that its maker has given up; it is counted as one made here. */
    public static ArrayBuffer owning(float[] array) {
        ArrayBuffer buffer = of(array);
        Pool.SHARED.outside(buffer, array.length);
        return buffer;
    }

    boolean isOf(Workspace workspace) {
        return workspace.equals(owner);
    }

    @Override
    public int size() {
        return size;
    }

    /**
     * The floats of a heap buffer.
     *
     * @throws IllegalArgumentException if the buffer belongs to another kind of backend
     * @throws IllegalStateException if the computation that made the buffer has ended
     */
    public static float[] floats(Buffer buffer) {
        if (!(buffer instanceof ArrayBuffer heap)) {
            throw new IllegalArgumentException(
                    "a buffer of " + buffer.getClass().getSimpleName() + " is not on the heap");
        }
        float[] array = heap.array;
        if (array == null) {
            throw new IllegalStateException(
                    "this tensor was made inside Gradients.of or MemoryScope.run, which has ended;"
                            + " return it from there, or read its numbers inside");
        }
        return array;
    }

    /** Takes the array away; the buffer is unusable from here on. */
    float @Nullable [] surrender() {
        float[] taken = array;
        array = null;
        return taken;
    }
}
