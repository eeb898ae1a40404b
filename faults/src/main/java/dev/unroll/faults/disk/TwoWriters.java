package dev.unroll.faults.disk;

import dev.unroll.faults.Child;
import dev.unroll.faults.Findings;
import dev.unroll.faults.Plan;
import dev.unroll.faults.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Two trainings in one folder at once: the second is refused, and told who holds it. */
final class TwoWriters {
    private final Sample sample;
    private final Plan plan;
    private final Findings findings;

    TwoWriters(Sample sample, Plan plan, Findings findings) {
        this.sample = sample;
        this.plan = plan;
        this.findings = findings;
    }

    void run() throws IOException, InterruptedException {
        Path run = plan.folder().resolve("two");
        Child first = train(run, "first.txt", "training.epochs=1000000");
        try {
            while (first.process().isAlive() && !Files.exists(run.resolve("metrics.jsonl"))) {
                LockSupport.parkNanos(1_000_000);
            }
            Child second = train(run, "second.txt", "training.epochs=1000000");
            int exit = second.await();
            String holder = "is being trained by process " + first.process().pid();
            if (exit != 1 || !second.text().contains(holder)) {
                findings.fault(
                        "a second writer ends with %d and is not told of the first: %s"
                                .formatted(exit, second.text()));
            } else {
                findings.count("second writers that were refused and told who the first is");
            }
            if (!first.process().isAlive()) {
                findings.fault("the first writer ended: " + first.text());
            }
        } finally {
            first.kill();
        }
        Child third = train(run, "third.txt", "training.epochs=2");
        if (third.await() != 0) {
            findings.fault("a folder whose writer was killed is not free: " + third.text());
        } else {
            findings.count("folders that were free again when their writer had been killed");
        }
    }

    private Child train(Path run, String printed, String change) throws IOException {
        return Child.unroll(
                Child.QUICK,
                plan.folder().resolve(printed),
                List.of("train", sample.recipe().toString(), change, "--run", run.toString()));
    }
}
