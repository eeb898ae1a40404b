package dev.unroll.faults.memory;

import dev.unroll.faults.Child;
import dev.unroll.faults.Findings;
import dev.unroll.faults.Outcome;
import dev.unroll.faults.Part;
import dev.unroll.faults.Plan;
import dev.unroll.faults.sample.Sample;
import dev.unroll.faults.sample.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Heaps that are too small: a training ends with an error that says what to do, and goes on with a
 * larger heap to the same bits.
 */
public final class Memory implements Part {
    /** Too large for small heaps, and steps enough to take some time. */
    private static final List<String> LARGE =
            List.of(
                    "model.hidden=384",
                    "model.width=256",
                    "training.batchTokens=2000",
                    "training.epochs=2",
                    "training.checkpoint.steps=1");

    private static final int[] HEAPS = {16, 24, 32, 48, 64, 96, 128};
    private static final int ENOUGH = 512;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "trains with heaps that are too small, and goes on with larger ones";
    }

    @Override
    public Outcome run(Plan plan, Log log) throws IOException, InterruptedException {
        Findings findings = new Findings(log);
        Sample sample =
                Samples.all(plan.folder().resolve("samples")).stream()
                        .filter(one -> one.name().equals("classify-gru"))
                        .findFirst()
                        .orElseThrow();
        Path whole = plan.folder().resolve("whole");
        Child unbroken = train(sample, plan, whole, ENOUGH);
        if (unbroken.await() != 0) {
            throw new IllegalStateException("cannot be trained: " + unbroken.text());
        }
        for (int heap : HEAPS) {
            Path run = plan.folder().resolve("run" + heap);
            Child small = train(sample, plan, run, heap);
            int exit = small.await();
            if (exit == 0) {
                findings.count("heaps that were enough, of up to %d MB".formatted(heap));
                break;
            }
            findings.count("heaps that were too small");
            String text = small.text();
            if (exit != 1 || text.contains("\tat ") || !text.contains("-Xmx")) {
                findings.fault(
                        "a heap of %d MB: exit code %d, and not told what to do: %s"
                                .formatted(heap, exit, text.strip()));
            }
            Child again = train(sample, plan, run, ENOUGH);
            if (again.await() != 0) {
                findings.fault(
                        "a heap of %d MB, then a larger one: %s"
                                .formatted(heap, again.text().strip()));
            } else if (!Arrays.equals(weights(run), weights(whole))) {
                findings.fault("a heap of %d MB, then a larger one: other bits".formatted(heap));
            } else {
                findings.count("trainings that went on with a larger heap to the same bits");
            }
        }
        return findings.outcome();
    }

    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("model.safetensors"));
    }

    private static Child train(Sample sample, Plan plan, Path run, int heap) throws IOException {
        List<String> options = new ArrayList<>(Child.QUICK);
        // as the launcher does; this collector gives up when it does nothing but collect
        Collections.replaceAll(options, "-XX:+UseSerialGC", "-XX:+UseParallelGC");
        options.add("-Xmx" + heap + "m");
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("train", sample.recipe().toString()));
        arguments.addAll(LARGE);
        arguments.addAll(List.of("--run", run.toString()));
        return Child.unroll(options, plan.folder().resolve("printed" + heap + ".txt"), arguments);
    }
}
