package dev.unroll.faults.disk;

import dev.unroll.faults.Findings;
import dev.unroll.faults.Outcome;
import dev.unroll.faults.Part;
import dev.unroll.faults.Plan;
import dev.unroll.faults.sample.Sample;
import dev.unroll.faults.sample.Samples;
import java.io.IOException;
import java.util.List;

/** Damaged files, two writers at once, folders that cannot be written, and full disks. */
public final class Disk implements Part {
    private static final int FEW = 2;

    private final boolean isShort;

    /** All of it. */
    public Disk() {
        this(false);
    }

    private Disk(boolean isShort) {
        this.isShort = isShort;
    }

    /** {@return damaged files of a few runs, and no other process} */
    public static Disk shortForm() {
        return new Disk(true);
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public String about() {
        return "damages each file of runs, lets two write at once, and fills disks";
    }

    @Override
    public Outcome run(Plan plan, Log log) throws IOException, InterruptedException {
        Findings findings = new Findings(log);
        List<Sample> samples = Samples.oneOfEach(Samples.all(plan.folder().resolve("samples")));
        for (Sample sample : isShort ? samples.subList(0, FEW) : samples) {
            new Damage(sample, plan, findings).run();
        }
        if (!isShort) {
            new TwoWriters(samples.getFirst(), plan, findings).run();
            new SmallDisk(samples.getFirst(), plan, findings).run();
            new SmallDisk(samples.getLast(), plan, findings).run();
        }
        return findings.outcome();
    }
}
