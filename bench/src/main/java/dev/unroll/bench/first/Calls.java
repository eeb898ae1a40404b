package dev.unroll.bench.first;

import com.sun.management.OperatingSystemMXBean;
import dev.unroll.backend.Backends;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of one process, in milliseconds.
 *
 * @param callers processor time of the caller, of each call
 * @param all processor time of the whole process, of each call
 * @param wall time of each call
 * @param warm which call was the first after the backend had warmed up; 0 if none was
 * @param total processor time of the whole process when it had warmed up
 * @param bits of all answers
 */
@SuppressWarnings("ArrayRecordComponent") // read by the process that started this one
record Calls(double[] callers, double[] all, double[] wall, int warm, double total, int bits) {
    private static final int CALLS = 400;

    /** The new process: a subject, its width, and seconds of other work before it is loaded. */
    public static void main(String[] args) throws Exception {
        busy(Double.parseDouble(args[2]));
        Future<?> end = Backends.current().warmUp();
        Supplier<float[]> calls = Subject.valueOf(args[0]).calls(Integer.parseInt(args[1]));
        System.out.println(JsonMapper.shared().writeValueAsString(of(calls, end)));
        System.exit(0);
    }

    private static Calls of(Supplier<float[]> calls, Future<?> end) throws Exception {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] callers = new double[CALLS];
        double[] all = new double[CALLS];
        double[] wall = new double[CALLS];
        int bits = 0;
        int warm = 0;
        for (int i = 0; i < CALLS; i++) {
            if (warm == 0 && end.isDone()) {
                warm = i + 1;
            }
            long time = System.nanoTime();
            long own = threads.getCurrentThreadCpuTime();
            long whole = process.getProcessCpuTime();
            bits = 31 * bits + Arrays.hashCode(calls.get());
            all[i] = (process.getProcessCpuTime() - whole) * 1e-6;
            callers[i] = (threads.getCurrentThreadCpuTime() - own) * 1e-6;
            wall[i] = (System.nanoTime() - time) * 1e-6;
        }
        end.get();
        return new Calls(callers, all, wall, warm, process.getProcessCpuTime() * 1e-6, bits);
    }

    /** Something else than networks, as a server does while it starts. */
    private static void busy(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        Random random = new Random(1);
        while (System.nanoTime() < end) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                words.add(Integer.toString(random.nextInt()));
            }
            Collections.sort(words);
        }
    }
}
