package dev.unroll.vector;

import dev.unroll.backend.Groups;
import java.util.function.Consumer;

/**
 * Some work of one group of operations, on small arrays of its own, which goes through its loops
 * often enough for the compiler to see them.
 *
 * @param part the group
 * @param numbers multiplications or elements that go through vectors, at least
 * @param work the operation, on the groups given to it
 */
record Exercise(Part part, long numbers, Consumer<Groups> work) {
    /** Bytes that may be allocated besides vectors, for what belongs to an operation. */
    private static final long BESIDES = 2048;

    /**
     * {@return whether so many bytes are too few for vectors to have been objects: an object of 512
     * bits takes some hundred bytes, which is six a number}
     *
     * @param withVectors bytes allocated by the work with vectors
     * @param without bytes allocated by the same work without
     */
    boolean inRegisters(long withVectors, long without) {
        return withVectors - without < BESIDES + numbers / 4;
    }
}
