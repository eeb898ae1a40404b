package dev.unroll.bench.embed;

import dev.unroll.backend.Backends;
import dev.unroll.backend.WeightStorage;
import dev.unroll.bench.Contestant;
import dev.unroll.nn.Parameters;
import dev.unroll.vector.VectorBackend;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Calls one after another, timed each by itself: the median and the 99th percentile of both sides,
 * which take turns of a tenth of a second. Either side has one thread or two, and one caller calls
 * or two at once.
 *
 * @param rounds turns of each side
 * @param storage of our side's weights
 */
public record Latency(int rounds, WeightStorage storage) {
    private static final long TURN = 100_000_000;
    private static final long WARM_UP = 1_500_000_000;

    /** More of it in a process's first case, until the loops of vectors are compiled. */
    private static final long FIRST_WARM_UP = 10_000_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int[] LENGTHS = {8, 16, 32, 64, 128, 256};

    public Latency {
        if (rounds < 1) {
            throw new IllegalArgumentException("latencies take a round or more, not " + rounds);
        }
    }

    /**
     * Sentences, and who asks for them.
     *
     * @param name of the sentences
     * @param threads that a side may use
     * @param callers at once
     */
    private record Case(String name, Sentences sentences, int threads, int callers) {
        /** The name of the case: sentences-threads-callers, such as single16-2-1. */
        String key() {
            return name + "-" + threads + "-" + callers;
        }
    }

    /** The cases there are, as they are chosen: sentences-threads-callers. */
    public static List<String> names() {
        return cases().stream().map(Case::key).toList();
    }

    /**
     * Measures and prints one line for each case.
     *
     * @param wanted beginnings of names, or nothing for all
     */
    public void print(List<String> wanted, PrintWriter out) {
        out.printf(
                "milliseconds a call%n%-18s %7s %7s %9s %9s %7s %9s %9s %7s %7s %7s%n",
                "sentences",
                "threads",
                "callers",
                "p50",
                "other",
                "ratio",
                "p99",
                "other",
                "ratio",
                "rate",
                "cpu");
        double logs = 0;
        int count = 0;
        if (storage != WeightStorage.F32) {
            out.println(Difference.of(storage));
        }
        MiniLm model = Parameters.map(MiniLm.load(), parameter -> parameter.packed(storage));
        for (Case one : cases()) {
            if (wanted.isEmpty() || wanted.stream().anyMatch(one.key()::startsWith)) {
                long warmUp = count == 0 ? FIRST_WARM_UP : WARM_UP;
                logs += Math.log(line(model, one, warmUp, out));
                count++;
            }
        }
        out.printf(
                Locale.ROOT,
                "geometric mean of the medians' ratios: %.2f%n",
                Math.exp(logs / count));
        out.flush();
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            for (int length : LENGTHS) {
                cases.add(new Case("single" + length, Sentences.of(1, length, length), threads, 1));
            }
        }
        for (int threads : new int[] {1, 2}) {
            for (int length : new int[] {16, 64}) {
                cases.add(new Case("single" + length, Sentences.of(1, length, length), threads, 2));
            }
            cases.add(new Case("mixed32", Sentences.of(32, 4, 64), threads, 1));
            cases.add(new Case("equal32", Sentences.of(32, 32, 32), threads, 1));
        }
        return cases;
    }

    /** Measures a case after so many nanoseconds of use; the ratio of the medians. */
    private double line(MiniLm model, Case of, long warmUp, PrintWriter out) {
        VectorBackend backend = new VectorBackend(of.threads);
        UnrollEmbedding embedding = new UnrollEmbedding(model, of.sentences);
        Contestant ours = () -> Backends.with(backend, embedding::run);
        try (OnnxRuntime theirs = new OnnxRuntime(of.sentences)) {
            theirs.threads(of.threads);
            check(of, ours.run(), theirs.run());
            warmUp(ours, warmUp);
            warmUp(theirs, WARM_UP / 5);
            List<Call> us = new ArrayList<>();
            List<Call> them = new ArrayList<>();
            for (int r = 0; r < rounds; r++) {
                us.addAll(turn(ours, of.callers));
                them.addAll(turn(theirs, of.callers));
            }
            double[] a = sorted(us, Call::wall);
            double[] b = sorted(them, Call::wall);
            double ratio = quantile(b, 0.5) / quantile(a, 0.5);
            double processor =
                    quantile(sorted(them, Call::processor), 0.5)
                            / quantile(sorted(us, Call::processor), 0.5);
            out.printf(
                    Locale.ROOT,
                    "%-18s %7d %7d %9.3f %9.3f %7.2f %9.3f %9.3f %7.2f %7.2f %7.2f%n",
                    of.name,
                    of.threads,
                    of.callers,
                    quantile(a, 0.5),
                    quantile(b, 0.5),
                    ratio,
                    quantile(a, 0.99),
                    quantile(b, 0.99),
                    quantile(b, 0.99) / quantile(a, 0.99),
                    mean(b) / mean(a),
                    processor);
            out.flush();
            return ratio;
        }
    }

    /**
     * A call, in milliseconds.
     *
     * @param wall time from its begin to its end
     * @param processor time of the caller's thread
     */
    private record Call(double wall, double processor) {}

    private static double mean(double[] times) {
        return Arrays.stream(times).average().orElseThrow();
    }

    private void check(Case of, double a, double b) {
        double tolerance = storage == WeightStorage.F32 ? 1e-4 : 0.1;
        if (!(Math.abs(a - b) <= tolerance * Math.abs(b))) {
            throw new IllegalStateException(
                    "%s: %s here and %s in the other: not the same function"
                            .formatted(of.name, a, b));
        }
    }

    /** Calls until the caller has used so much processor time: on a busy machine it is slow. */
    private static void warmUp(Contestant side, long nanoseconds) {
        long end = THREADS.getCurrentThreadCpuTime() + nanoseconds;
        while (THREADS.getCurrentThreadCpuTime() < end) {
            side.run();
        }
    }

    /** Calls for a turn. */
    private static List<Call> turn(Contestant side, int callers) {
        if (callers == 1) {
            return calls(side);
        }
        CountDownLatch ready = new CountDownLatch(callers);
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            return IntStream.range(0, callers)
                    .mapToObj(
                            _ ->
                                    threads.submit(
                                            () -> {
                                                ready.countDown();
                                                ready.await();
                                                return calls(side);
                                            }))
                    .toList()
                    .stream()
                    .flatMap(done -> result(done).stream())
                    .toList();
        }
    }

    private static List<Call> result(Future<List<Call>> done) {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<Call> calls(Contestant side) {
        List<Call> calls = new ArrayList<>();
        long end = System.nanoTime() + TURN;
        long begun = System.nanoTime();
        do {
            long processor = THREADS.getCurrentThreadCpuTime();
            side.run();
            long used = THREADS.getCurrentThreadCpuTime() - processor;
            long now = System.nanoTime();
            calls.add(new Call((now - begun) * 1e-6, used * 1e-6));
            begun = now;
        } while (begun < end);
        return calls;
    }

    private static double[] sorted(List<Call> calls, ToDoubleFunction<Call> time) {
        return calls.stream().mapToDouble(time).sorted().toArray();
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
    }
}
