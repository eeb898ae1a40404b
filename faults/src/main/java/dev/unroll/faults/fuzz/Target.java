package dev.unroll.faults.fuzz;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A reader and what it is held to.
 *
 * @param name of what it reads
 * @param seeds inputs that are as they should be, which are mutated
 * @param words of the format, which mutations put in
 * @param repair makes checksums of a mutated input right, so that what lies behind them is reached
 * @param reader what is tested
 * @param documented what it may throw
 * @param share of all cases, beside those of the others
 * @param most bytes that it may allocate for an input of some kilobytes
 * @param allocated counts the bytes that were allocated so far: by the thread that reads, or by all
 *     threads if the reader has others work
 */
record Target(
        String name,
        List<byte[]> seeds,
        List<String> words,
        UnaryOperator<byte[]> repair,
        Reader reader,
        List<Class<? extends Exception>> documented,
        int share,
        long most,
        LongSupplier allocated) {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MEBIBYTE = 1 << 20;

    /** Reads an input. */
    @FunctionalInterface
    interface Reader {
        /** Reads to the end; an input that is damaged is refused with an exception. */
        void read(byte[] input) throws Exception;
    }

    Target {
        seeds = List.copyOf(seeds);
        words = List.copyOf(words);
        documented = List.copyOf(documented);
    }

    static Target of(String name, List<byte[]> seeds, Reader reader) {
        return new Target(
                name,
                seeds,
                List.of(),
                bytes -> bytes,
                reader,
                List.of(),
                12,
                32 * MEBIBYTE,
                THREADS::getCurrentThreadAllocatedBytes);
    }

    Target words(String... more) {
        return new Target(
                name, seeds, List.of(more), repair, reader, documented, share, most, allocated);
    }

    Target repairing(UnaryOperator<byte[]> how) {
        return new Target(name, seeds, words, how, reader, documented, share, most, allocated);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final Target refusing(Class<? extends Exception>... with) {
        return new Target(
                name, seeds, words, repair, reader, List.of(with), share, most, allocated);
    }

    Target share(int of) {
        return new Target(name, seeds, words, repair, reader, documented, of, most, allocated);
    }

    Target mebibytes(int most) {
        return new Target(
                name, seeds, words, repair, reader, documented, share, most * MEBIBYTE, allocated);
    }

    /** This reader, which has other threads work. */
    Target onManyThreads() {
        return new Target(
                name,
                seeds,
                words,
                repair,
                reader,
                documented,
                share,
                most,
                THREADS::getTotalThreadAllocatedBytes);
    }
}
