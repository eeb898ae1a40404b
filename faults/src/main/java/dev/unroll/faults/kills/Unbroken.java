package dev.unroll.faults.kills;

import dev.unroll.faults.Child;
import dev.unroll.faults.Folders;
import dev.unroll.faults.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * A training that nobody disturbed: its files are what all others of its recipe must end with.
 *
 * @param run its folder
 * @param course of the training
 * @param metricsBytes of {@code metrics.jsonl}
 * @param startNanos from the start of the process to the first step
 * @param trainingNanos from the first step to the end of the process
 */
record Unbroken(Path run, Course course, long metricsBytes, long startNanos, long trainingNanos) {

    /** Files that hold times or the checksums of such, or that are there for the one who writes. */
    private static final Set<String> OWN =
            Set.of("metrics.jsonl", "machine.json", "manifest.json", ".lock");

    /**
     * Trains.
     *
     * @throws IllegalStateException if it fails
     */
    static Unbroken of(Sample sample, Path run, List<String> options, Path printed)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path metrics = run.resolve("metrics.jsonl");
        Child child =
                Child.unroll(
                        options,
                        printed,
                        List.of("train", sample.recipe().toString(), "--run", run.toString()));
        while (child.process().isAlive() && !Files.exists(metrics)) {
            LockSupport.parkNanos(200_000);
        }
        long begun = System.nanoTime();
        int exit = child.await();
        if (exit != 0) {
            throw new IllegalStateException(
                    "%s cannot be trained: exit code %d, %s"
                            .formatted(sample.name(), exit, child.text()));
        }
        return new Unbroken(
                run,
                Course.read(metrics),
                Files.size(metrics),
                begun - start,
                System.nanoTime() - begun);
    }

    /** {@return how another run differs, a line each} */
    List<String> differences(Path other) throws IOException {
        List<String> found = new ArrayList<>();
        Map<String, Path> mine = Folders.files(run);
        Map<String, Path> its = Folders.files(other);
        Set<String> names = new TreeSet<>(mine.keySet());
        names.addAll(its.keySet());
        names.removeAll(OWN);
        for (String name : names) {
            Path left = mine.get(name);
            Path right = its.get(name);
            if (right == null) {
                found.add(name + " is missing");
            } else if (left == null) {
                found.add(name + " is left over");
            } else if (!Arrays.equals(Files.readAllBytes(left), Files.readAllBytes(right))) {
                found.add(name + " has other bytes");
            }
        }
        Course its2 = Course.read(other.resolve("metrics.jsonl"));
        if (!its2.events().equals(course.events())) {
            found.add(
                    "metrics.jsonl tells of %d steps and validations that are not the same %d"
                            .formatted(its2.events().size(), course.events().size()));
        }
        if (!its2.ended()) {
            found.add("metrics.jsonl tells of no end");
        }
        return found;
    }
}
