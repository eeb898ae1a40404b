package dev.unroll.vector.base;

/**
 * The first moments of a process. Until the compiler has seen a loop often enough, the Vector API
 * makes an object of every vector, and a loop of plain floats is a hundred times faster. The
 * operations that translate one sentence therefore run as {@link ScalarKernels} at first, to the
 * same bits: nobody can tell by a result which of them ran. {@code -Dunroll.young=true} says that
 * the process will end before vectors pay, {@code false} that it will not.
 */
public final class WarmUp {
    /** Time to translate a sentence; afterwards the vectors' loops must be compiled anyway. */
    private static final long NANOSECONDS = 700_000_000;

    private static final boolean ALWAYS = "true".equals(System.getProperty("unroll.young"));
    private static final boolean NEVER = "false".equals(System.getProperty("unroll.young"));

    private static final long END = System.nanoTime() + NANOSECONDS;

    private static boolean young = !NEVER;

    private WarmUp() {}

    /** {@return whether scalar loops are the faster ones now} */
    public static boolean young() {
        if (young && !ALWAYS && System.nanoTime() - END >= 0) {
            young = false; // whoever sees it late does the same work another way
        }
        return young;
    }
}
