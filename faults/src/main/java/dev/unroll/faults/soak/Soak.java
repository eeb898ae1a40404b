package dev.unroll.faults.soak;

import dev.unroll.faults.Child;
import dev.unroll.faults.Findings;
import dev.unroll.faults.Outcome;
import dev.unroll.faults.Part;
import dev.unroll.faults.Plan;
import dev.unroll.faults.soak.Soaking.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Trains and predicts in one process for a long time. What is in use after a collection, and what
 * is resident, do not grow: the last third of the time is compared with the one before.
 */
public final class Soak implements Part {
    private static final int HEAP_MEGABYTES = 256;
    private static final double MEBIBYTE = 1 << 20;
    private static final double MOST_GROWTH = 0.05;

    /** Readings by which growth is judged: three in each third. */
    static final int FEWEST = 9;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String about() {
        return "trains and predicts in one process for a long time, whose memory does not grow";
    }

    @Override
    public Outcome run(Plan plan, Log log) throws IOException, InterruptedException {
        Findings findings = new Findings(log);
        Path printed = plan.folder().resolve("soak.txt");
        Child child =
                Child.start(
                        Soaking.class.getName(),
                        List.of(
                                "-XX:+UseSerialGC",
                                "-Xms" + HEAP_MEGABYTES + "m",
                                "-Xmx" + HEAP_MEGABYTES + "m",
                                "-XX:+AlwaysPreTouch",
                                "-Xlog:disable",
                                "-Djava.awt.headless=true"),
                        printed,
                        List.of(
                                Double.toString(plan.minutes()),
                                plan.folder().resolve("soak").toString()),
                        Map.of());
        while (!child.process().waitFor(60, TimeUnit.SECONDS)) {
            readings(child).stream().reduce((a, b) -> b).ifPresent(last -> log.line(told(last)));
        }
        List<Reading> readings = readings(child);
        if (child.process().exitValue() != 0) {
            findings.fault("exit code %d: %s".formatted(child.process().exitValue(), child.text()));
        }
        judge(readings, findings);
        return findings.outcome();
    }

    private static List<Reading> readings(Child child) {
        return child.text().lines().filter(Reading::isOne).map(Reading::of).toList();
    }

    private static String told(Reading one) {
        return "after %.1f minutes: heap %.2f MiB, resident %.1f MiB, %d threads, %d open files"
                .formatted(
                        one.minutes(),
                        one.heap() / MEBIBYTE,
                        one.resident() / MEBIBYTE,
                        one.threads(),
                        one.files());
    }

    private static void judge(List<Reading> readings, Findings findings) {
        if (readings.isEmpty()) {
            findings.fault("there is no reading");
            return;
        }
        findings.figure(
                "%,d trainings and %,d answers in %.1f minutes, %,d readings"
                        .formatted(
                                readings.stream().mapToLong(Reading::trainings).sum(),
                                readings.stream().mapToLong(Reading::predictions).sum(),
                                readings.getLast().minutes(),
                                readings.size()));
        findings.figure(told(readings.getLast()));
        judge("heap", readings, Reading::heap, findings);
        judge("resident", readings, Reading::resident, findings);
        judge("threads", readings, Reading::threads, findings);
        judge("open files", readings, Reading::files, findings);
    }

    /** The first third is that in which classes are loaded and compiled. */
    private static void judge(
            String what, List<Reading> readings, ToLongFunction<Reading> size, Findings findings) {
        int third = readings.size() / 3;
        double first = mean(readings.subList(0, third), size);
        double before = mean(readings.subList(third, 2 * third), size);
        double last = mean(readings.subList(2 * third, readings.size()), size);
        boolean bytes = before > MEBIBYTE;
        double unit = bytes ? MEBIBYTE : 1;
        findings.figure(
                "%s, mean of each third: %.2f, %.2f, %.2f%s; %+.3f a minute by least squares over the last two"
                        .formatted(
                                what,
                                first / unit,
                                before / unit,
                                last / unit,
                                bytes ? " MiB" : "",
                                slope(readings.subList(third, readings.size()), size) / unit));
        if (last > before * (1 + MOST_GROWTH) + (bytes ? MEBIBYTE : 1)) {
            findings.fault("%s grows".formatted(what));
        }
    }

    private static double mean(List<Reading> some, ToLongFunction<Reading> size) {
        return some.stream().mapToLong(size).average().orElse(0);
    }

    private static double slope(List<Reading> some, ToLongFunction<Reading> size) {
        double x = some.stream().mapToDouble(Reading::minutes).average().orElse(0);
        double y = mean(some, size);
        double xy = 0;
        double xx = 0;
        for (Reading one : some) {
            xy += (one.minutes() - x) * (size.applyAsLong(one) - y);
            xx += (one.minutes() - x) * (one.minutes() - x);
        }
        return xx == 0 ? 0 : xy / xx;
    }
}
