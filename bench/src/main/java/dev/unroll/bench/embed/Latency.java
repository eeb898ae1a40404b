package dev.unroll.bench.embed;

import dev.unroll.backend.Backends;
import dev.unroll.backend.WeightStorage;
import dev.unroll.bench.Contestant;
import dev.unroll.vector.VectorBackend;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private static final long WARM_UP = 2_500_000_000L;
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
    private record Case(String name, Sentences sentences, int threads, int callers) {}

    /**
     * Measures and prints one line for each case.
     *
     * @param wanted beginnings of names, or nothing for all
     */
    public void print(List<String> wanted, PrintWriter out) {
        out.printf(
                "milliseconds a call%n%-18s %7s %7s %9s %9s %7s %9s %9s %7s %7s%n",
                "sentences",
                "threads",
                "callers",
                "p50",
                "other",
                "ratio",
                "p99",
                "other",
                "ratio",
                "rate");
        double logs = 0;
        int count = 0;
        if (storage != WeightStorage.F32) {
            out.println(Difference.of(storage));
        }
        for (Case one : cases()) {
            String key = one.name + "-" + one.threads + "-" + one.callers;
            if (wanted.isEmpty() || wanted.stream().anyMatch(key::startsWith)) {
                logs += Math.log(line(one, out));
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

    /** Measures a case; the ratio of the medians. */
    private double line(Case of, PrintWriter out) {
        VectorBackend backend = new VectorBackend(of.threads);
        UnrollEmbedding embedding = new UnrollEmbedding(of.sentences, storage);
        Contestant ours = () -> Backends.with(backend, embedding::run);
        try (OnnxRuntime theirs = new OnnxRuntime(of.sentences)) {
            theirs.threads(of.threads);
            check(of, ours.run(), theirs.run());
            turn(ours, of.callers, WARM_UP);
            turn(theirs, of.callers, WARM_UP / 5);
            double[][] us = new double[rounds][];
            double[][] them = new double[rounds][];
            for (int r = 0; r < rounds; r++) {
                us[r] = turn(ours, of.callers, TURN);
                them[r] = turn(theirs, of.callers, TURN);
            }
            double[] a = sorted(us);
            double[] b = sorted(them);
            double ratio = quantile(b, 0.5) / quantile(a, 0.5);
            out.printf(
                    Locale.ROOT,
                    "%-18s %7d %7d %9.3f %9.3f %7.2f %9.3f %9.3f %7.2f %7.2f%n",
                    of.name,
                    of.threads,
                    of.callers,
                    quantile(a, 0.5),
                    quantile(b, 0.5),
                    ratio,
                    quantile(a, 0.99),
                    quantile(b, 0.99),
                    quantile(b, 0.99) / quantile(a, 0.99),
                    Arrays.stream(b).average().orElseThrow()
                            / Arrays.stream(a).average().orElseThrow());
            out.flush();
            return ratio;
        }
    }

    private void check(Case of, double a, double b) {
        double tolerance = storage == WeightStorage.F32 ? 1e-4 : 0.1;
        if (!(Math.abs(a - b) <= tolerance * Math.abs(b))) {
            throw new IllegalStateException(
                    "%s: %s here and %s in the other: not the same function"
                            .formatted(of.name, a, b));
        }
    }

    /** Calls for some time; milliseconds of each. */
    private static double[] turn(Contestant side, int callers, long nanoseconds) {
        if (callers == 1) {
            return calls(side, System.nanoTime() + nanoseconds);
        }
        CountDownLatch ready = new CountDownLatch(callers);
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            return IntStream.range(0, callers)
                    .mapToObj(
                            c ->
                                    threads.submit(
                                            () -> {
                                                ready.countDown();
                                                ready.await();
                                                return calls(side, System.nanoTime() + nanoseconds);
                                            }))
                    .toList()
                    .stream()
                    .flatMapToDouble(done -> Arrays.stream(result(done)))
                    .toArray();
        }
    }

    private static double[] result(Future<double[]> done) {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static double[] calls(Contestant side, long end) {
        double[] times = new double[64];
        int count = 0;
        long last = System.nanoTime();
        do {
            side.run();
            long now = System.nanoTime();
            times = count == times.length ? Arrays.copyOf(times, 2 * count) : times;
            times[count++] = (now - last) * 1e-6;
            last = now;
        } while (last < end);
        return Arrays.copyOf(times, count);
    }

    private static double[] sorted(double[][] rounds) {
        return Arrays.stream(rounds).flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
    }
}
