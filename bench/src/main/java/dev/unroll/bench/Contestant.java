package dev.unroll.bench;

/** One side of a comparison: it can do the work again and again. Used by one thread. */
public interface Contestant extends AutoCloseable {

    /**
     * Does the work once.
     *
     * @return a number both sides must agree on in their first rounds, such as the loss of a
     *     training step before its update
     */
    double run();

    /**
     * From now on with so many threads; a side that cannot change its threads ignores it.
     *
     * @param threads from 1
     */
    default void threads(int threads) {}

    @Override
    default void close() {}
}
