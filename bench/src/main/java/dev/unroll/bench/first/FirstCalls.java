package dev.unroll.bench.first;

import dev.unroll.bench.Child;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first 400 calls of a network with the vector backend and with the scalar one, each in a
 * process of its own.
 */
public final class FirstCalls {
    private static final int[] WIDTHS = {64, 256};
    private static final List<String> BACKENDS = List.of("scalar", "vector");

    private FirstCalls() {}

    /**
     * Measures and prints.
     *
     * @param seconds of other work in each process before the network is loaded
     * @throws IOException if a process cannot be started or fails
     */
    public static void print(double seconds, PrintWriter out) throws IOException {
        out.printf(
                "milliseconds of the caller's processor time (medians), and of the whole process%n"
                        + "%-28s %5s %-7s %9s %9s %9s %9s %6s %9s%n",
                "network", "width", "backend", "first", "2-10", "11-100", "301-400", "warm",
                "process");
        for (Subject subject : Subject.values()) {
            for (int width : WIDTHS) {
                for (String backend : BACKENDS) {
                    line(subject, width, backend, seconds, out);
                }
            }
        }
    }

    private static void line(
            Subject subject, int width, String backend, double seconds, PrintWriter out)
            throws IOException {
        List<String> options = List.of("-XX:+UseParallelGC", "-Dunroll.backend=" + backend);
        byte[] answer =
                Child.run(
                        options,
                        Calls.class,
                        subject.name(),
                        Integer.toString(width),
                        Double.toString(seconds));
        Calls calls = JsonMapper.shared().readValue(answer, Calls.class);
        out.printf(
                Locale.ROOT,
                "%-28s %5d %-7s %9.2f %9.2f %9.2f %9.2f %6d %9.0f%n",
                subject.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                width,
                backend,
                median(calls.callers(), 0, 1),
                median(calls.callers(), 1, 10),
                median(calls.callers(), 10, 100),
                median(calls.callers(), 300, 400),
                calls.warm(),
                calls.total());
        out.flush();
    }

    private static double median(double[] times, int from, int to) {
        double[] some = Arrays.copyOfRange(times, from, to);
        Arrays.sort(some);
        return some[some.length / 2];
    }
}
