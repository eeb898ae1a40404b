package dev.unroll.backend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * The one door to memory and arithmetic. Everything a network computes is one of the operations
 * behind it; every backend does the same and is held against {@code ScalarBackend} by one suite of
 * tests.
 *
 * <p>Operations write their last arguments. Unless an operation says otherwise, outputs do not
 * overlap inputs, and "row by row" operations want contiguous views. Callers have checked shapes;
 * sums are taken in an order that does not depend on the number of threads.
 */
public interface Backend {

    /** A short name: {@code scalar}, {@code vector}. */
    String name();

    /** A description for people: the width of the vectors, the threads. */
    String description();

    /**
     * {@return what the last bits of results depend on} The same operations give the same bits on
     * backends of the same name and the same width of vectors, in which sums are taken. The number
     * of threads changes no bit and is not part of it.
     */
    default String arithmetic() {
        return name();
    }

    /** Number of threads that work, the caller's included. */
    int threads();

    /** A buffer with undefined contents. */
    Buffer allocate(int size);

    /** Copies numbers in. */
    void write(float[] from, Buffer to);

    /** Copies numbers out, in the order of their indices. */
    void read(View from, float[] to);

    /**
     * All operations. The methods below name its groups; a backend may take a call of them as a
     * sign that a group is being used, and see to it that it becomes fast ({@link #warmUp}).
     */
    Groups groups();

    /** Element by element. */
    default Elementwise elementwise() {
        return groups().elementwise();
    }

    /** Matrix products. */
    default Products products() {
        return groups().products();
    }

    /** Rows picked, added and grouped. */
    default Rows rows() {
        return groups().rows();
    }

    /** Softmax and norms along rows. */
    default Normalisation normalisation() {
        return groups().normalisation();
    }

    /** Losses on rows of logits. */
    default Losses losses() {
        return groups().losses();
    }

    /** Whole recurrences in one operation. */
    default Recurrence recurrence() {
        return groups().recurrence();
    }

    /** Linear recurrences. */
    default Scan scan() {
        return groups().scan();
    }

    /** Attention in one operation. */
    default Attention attention() {
        return groups().attention();
    }

    /** Linear attention in one operation. */
    default LinearAttentionOperations linearAttention() {
        return groups().linearAttention();
    }

    /** Convolution, pooling and resampling of images. */
    default Images images() {
        return groups().images();
    }

    /** Steps of optimisers. */
    default Updates updates() {
        return groups().updates();
    }

    /** Few rows at a time against weights that stay. */
    default Inference inference() {
        return groups().inference();
    }

    /** Whole layers of an encoder in one operation. */
    default Encoders encoders() {
        return groups().encoders();
    }

    /**
     * Says that single answers are wanted soon, and that the first ones must not wait for the
     * compiler: a backend whose operations are slow until they have been compiled may compute in
     * another way until then, to the same bits, and see to it that they are. Returns at once; who
     * trains need not call it. Called again, it changes nothing.
     *
     * @return is done when all groups that have been used by then have reached their final speed,
     *     or all groups if none has been used
     */
    default Future<?> warmUp() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Runs parts 0, 1, ... once each, side by side where there is more than one thread; the
     * operations inside a part stay on its thread. Every part has a workspace of its own, or none.
     *
     * @throws RuntimeException what a part threw; parts not yet begun are left out
     */
    void sideBySide(int parts, IntConsumer part);
}
