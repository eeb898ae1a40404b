package dev.unroll.faults.disk;

import dev.unroll.faults.Child;
import dev.unroll.faults.Findings;
import dev.unroll.faults.Folders;
import dev.unroll.faults.Plan;
import dev.unroll.faults.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A disk that is full at some point of a training, and one that cannot be written to. Needs the
 * right to mount a file system in memory.
 */
final class SmallDisk {
    private static final int DISKS = 6;
    private static final int PAGE = 4096;

    private final Sample sample;
    private final Plan plan;
    private final Findings findings;

    SmallDisk(Sample sample, Plan plan, Findings findings) {
        this.sample = sample;
        this.plan = plan;
        this.findings = findings;
    }

    void run() throws IOException, InterruptedException {
        Path whole = plan.folder().resolve("whole-" + sample.name());
        Child unbroken = train(whole, "whole.txt");
        if (unbroken.await() != 0) {
            throw new IllegalStateException("cannot be trained: " + unbroken.text());
        }
        long pages = 0;
        for (Path file : Folders.files(whole).values()) {
            pages += (Files.size(file) + PAGE - 1) / PAGE;
        }
        SplittableRandom random = new SplittableRandom(plan.seed());
        Path place = Files.createDirectories(plan.folder().resolve("small-" + sample.name()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> unmountQuietly(place)));
        for (int i = 0; i < DISKS; i++) {
            long size = 2 + random.nextLong(pages);
            if (!mount(place, "size=%dk".formatted(size * PAGE / 1024))) {
                findings.skip(
                        "full disks and disks that cannot be written: no right to mount one here");
                return;
            }
            try {
                fill(place, whole, size);
            } finally {
                command("umount", place.toString());
            }
        }
        readOnly(place, whole);
    }

    private void fill(Path place, Path whole, long size) throws IOException, InterruptedException {
        String what = "%s on a disk of %,d bytes".formatted(sample.name(), size * PAGE);
        Path run = place.resolve("run");
        Child full = train(run, "full.txt");
        int exit = full.await();
        if (exit == 0) {
            findings.count("trainings that a small disk was enough for");
            return;
        }
        requireTold(what, exit, full, "No space left on device");
        for (String file : Folders.files(place).keySet()) {
            if (file.endsWith(".part")) {
                findings.fault(what + ": left " + file);
            }
        }
        command("mount", "-o", "remount,size=64m", place.toString());
        ends(what, run, whole);
        findings.count("full disks");
    }

    private void readOnly(Path place, Path whole) throws IOException, InterruptedException {
        mount(place, "size=64m");
        try {
            Path run = place.resolve("run");
            Folders.copy(whole, run);
            command("mount", "-o", "remount,ro", place.toString());
            Child refused =
                    Child.unroll(
                            Child.QUICK,
                            plan.folder().resolve("read-only.txt"),
                            List.of("train", run.toString(), "training.epochs=99"));
            String what = sample.name() + " on a disk that cannot be written";
            requireTold(what, refused.await(), refused, "Read-only file system");
            Child used =
                    Child.unroll(
                            Child.QUICK,
                            plan.folder().resolve("evaluated.txt"),
                            List.of("evaluate", run.toString()));
            if (used.await() != 0) {
                findings.fault(what + ": it cannot be evaluated: " + used.text());
            }
            findings.count("disks that cannot be written, from which a run is read all the same");
        } finally {
            command("umount", place.toString());
        }
    }

    private void requireTold(String what, int exit, Child child, String reason) {
        String text = child.text();
        if (exit != 1 || text.contains("\tat ") || !text.contains(reason)) {
            findings.fault(
                    "%s: exit code %d, and not told as '%s': %s"
                            .formatted(what, exit, reason, text.strip()));
        } else if (!text.contains(plan.folder().toString())) {
            findings.fault("%s: no file is named: %s".formatted(what, text.strip()));
        }
    }

    private void ends(String what, Path run, Path whole) throws IOException, InterruptedException {
        Child again = train(run, "again.txt");
        if (again.await() != 0) {
            findings.fault("%s, then a larger one: %s".formatted(what, again.text().strip()));
            return;
        }
        Map<String, Path> files = Folders.files(run);
        for (String name : List.of("model.safetensors", "checkpoints/last.safetensors")) {
            Path file = files.get(name);
            if (file == null
                    || !Arrays.equals(
                            Files.readAllBytes(file), Files.readAllBytes(whole.resolve(name)))) {
                findings.fault("%s, then a larger one: %s has other bytes".formatted(what, name));
            }
        }
    }

    private Child train(Path run, String printed) throws IOException {
        return Child.unroll(
                Child.QUICK,
                plan.folder().resolve(printed),
                List.of("train", sample.recipe().toString(), "--run", run.toString()));
    }

    private boolean mount(Path place, String options) throws InterruptedException {
        return command("mount", "-t", "tmpfs", "-o", options, "none", place.toString());
    }

    /** Of a process that is interrupted. */
    private static void unmountQuietly(Path place) {
        try {
            command("umount", place.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean command(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }
}
