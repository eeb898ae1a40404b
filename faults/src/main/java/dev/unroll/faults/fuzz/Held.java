package dev.unroll.faults.fuzz;

import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Holds a reader to its rules: it ends in time (of its thread, so that a busy machine counts for
 * nothing), allocates little, throws only what is documented, with a message, and leaves nothing
 * behind. What breaks a rule must break it twice: the first time may have met other work of the
 * process, such as classes that are loaded.
 */
final class Held {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_NANOS = 5_000_000_000L;
    private static final long BYTES_A_BYTE = 1_000;

    private final Target target;
    private long refused;
    private long mostBytes;
    private long mostNanos;
    private long nanos;

    Held(Target target) {
        this.target = target;
    }

    /** {@return how many inputs were refused} */
    long refused() {
        return refused;
    }

    /** {@return the most bytes that were allocated for an input} */
    long mostBytes() {
        return mostBytes;
    }

    /** {@return the time of all inputs, in nanoseconds of the thread's own time} */
    long nanos() {
        return nanos;
    }

    /** {@return the longest time that an input took, in nanoseconds of the thread's own time} */
    long mostNanos() {
        return mostNanos;
    }

    /** {@return the rule that was broken, if one was} */
    Optional<String> read(byte[] input) {
        return once(input).flatMap(first -> once(input));
    }

    private Optional<String> once(byte[] input) {
        long bytesBefore = target.allocated().getAsLong();
        long start = THREADS.getCurrentThreadCpuTime();
        Optional<String> broken = thrown(input);
        long took = THREADS.getCurrentThreadCpuTime() - start;
        nanos += took;
        long bytes = target.allocated().getAsLong() - bytesBefore;
        mostBytes = Math.max(mostBytes, bytes);
        mostNanos = Math.max(mostNanos, took);
        if (broken.isPresent()) {
            return broken;
        } else if (took > MOST_NANOS) {
            return Optional.of("took %.1f s of its thread".formatted(took * 1e-9));
        } else if (bytes > target.most() + BYTES_A_BYTE * input.length) {
            return Optional.of("allocated %,d bytes for %,d".formatted(bytes, input.length));
        }
        return Optional.empty();
    }

    private Optional<String> thrown(byte[] input) {
        try {
            target.reader().read(input);
            return Optional.empty();
        } catch (Exception e) {
            refused++;
            if (target.documented().stream().noneMatch(type -> type.isInstance(e))) {
                return Optional.of("threw " + told(e));
            }
            String message = e.getMessage();
            return message == null || message.isBlank()
                    ? Optional.of("threw without a message: " + told(e))
                    : Optional.empty();
        } catch (StackOverflowError | OutOfMemoryError | AssertionError e) {
            return Optional.of("threw " + told(e));
        }
    }

    private static String told(Throwable e) {
        StringBuilder text = new StringBuilder(e.toString());
        StackTraceElement[] trace = e.getStackTrace();
        for (int i = 0; i < Math.min(6, trace.length); i++) {
            text.append("\n    at ").append(trace[i]);
        }
        return text.toString();
    }
}
