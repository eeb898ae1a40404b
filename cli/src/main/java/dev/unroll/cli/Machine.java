package dev.unroll.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.unroll.backend.Backend;
import dev.unroll.backend.Backends;
import dev.unroll.backend.View;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Measurements of the machine. */
final class Machine {
    /** Rows and columns of the matrices whose product is timed. */
    static final int SIDE = 512;

    private static final long WARM_UP = 500_000_000;
    private static final long MEASURE = 500_000_000;

    private Machine() {}

    /** Memory of the machine, or of the container it is, in bytes. */
    static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    /** Processors, backend, memory and Java in one line. */
    static String summary() {
        Backend backend = Backends.current();
        return "%d cores (%s), backend %s (%s), %d GiB, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        backend.name(),
                        backend.description(),
                        Math.round(memory() / 0x1p30),
                        Runtime.version().feature());
    }

    /** The best of many products of two square matrices, in 10⁹ operations a second. */
    static double gflops(Backend backend) {
        View a = filled(backend);
        View b = filled(backend);
        View c = filled(backend);
        best(backend, a, b, c, WARM_UP);
        return 2.0 * SIDE * SIDE * SIDE / best(backend, a, b, c, MEASURE);
    }

    /** Nanoseconds of the fastest product in the given time, of at least one. */
    private static long best(Backend backend, View a, View b, View c, long nanoseconds) {
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        long before = begin;
        do {
            backend.products().matmul(a, b, c, false);
            long now = System.nanoTime();
            best = Math.min(best, now - before);
            before = now;
        } while (before - begin < nanoseconds);
        return best;
    }

    private static View filled(Backend backend) {
        float[] ones = new float[SIDE * SIDE];
        Arrays.fill(ones, 1);
        View view = View.of(backend.allocate(ones.length), SIDE, SIDE);
        backend.write(ones, view.buffer());
        return view;
    }
}
