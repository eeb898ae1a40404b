package dev.unroll.faults.fuzz;

import dev.unroll.faults.Outcome;
import dev.unroll.faults.Part;
import dev.unroll.faults.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Gives mutated inputs to every reader. A case is a pure function of the seed, the reader and its
 * number, so a rule that was broken once is broken again.
 */
public final class Fuzzing implements Part {
    private static final int MOST_FAULTS = 5;
    private static final long CASES_A_ROUND = 100_000;
    private static final long MOST_ROUNDS = 20;

    @Override
    public String name() {
        return "fuzz";
    }

    @Override
    public String about() {
        return "gives mutated inputs to every reader of files";
    }

    @Override
    public Outcome run(Plan plan, Log log) throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        long cases = 0;
        try (Targets targets = Targets.in(plan.folder());
                Watchdog watchdog = new Watchdog(plan.kept())) {
            List<Target> all = targets.all();
            int shares = all.stream().mapToInt(Target::share).sum();
            List<Run> runs = new ArrayList<>();
            for (Target target : all) {
                long count = Math.max(1, plan.cases() * target.share() / shares);
                runs.add(new Run(target, count, plan, watchdog, faults));
            }
            // in rounds, so that one that is ended early has given cases to all
            int rounds = (int) Math.clamp(plan.cases() / CASES_A_ROUND, 1, MOST_ROUNDS);
            for (int round = 1; round <= rounds; round++) {
                long sum = 0;
                for (Run run : runs) {
                    run.until(run.count * round / rounds);
                    sum += run.done;
                }
                log.line(
                        "round %d of %d: %,d cases, %d faults"
                                .formatted(round, rounds, sum, faults.size()));
                cases = sum;
            }
            runs.forEach(run -> log.line(run.told()));
        }
        return Outcome.of(List.of("%,d cases".formatted(cases)), faults);
    }

    /** The cases of a reader. */
    private static final class Run {
        private final Target target;
        private final long count;
        private final Plan plan;
        private final Watchdog watchdog;
        private final List<String> faults;
        private final Mutator mutator;
        private final Held held;
        private long done;
        private int found;

        Run(Target target, long count, Plan plan, Watchdog watchdog, List<String> faults) {
            this.target = target;
            this.count = count;
            this.plan = plan;
            this.watchdog = watchdog;
            this.faults = faults;
            this.mutator = new Mutator(target);
            this.held = new Held(target);
            Held whole = new Held(target);
            for (byte[] seed : target.seeds()) {
                whole.read(target.repair().apply(seed))
                        .ifPresent(rule -> faults.add(target.name() + ", as it is: " + rule));
            }
            if (whole.refused() == target.seeds().size()) {
                faults.add(target.name() + ", as it is: refused");
            }
        }

        void until(long end) throws IOException {
            for (; done < end && found < MOST_FAULTS; done++) {
                SplittableRandom random = random(done);
                byte[] input = mutator.draw(random);
                if (random.nextBoolean()) {
                    input = target.repair().apply(input);
                }
                watchdog.begin(target.name(), input);
                Optional<String> broken = held.read(input);
                watchdog.end();
                if (broken.isPresent()) {
                    found++;
                    faults.add(
                            "%s, case %d of seed %d: %s; kept as %s"
                                    .formatted(
                                            target.name(),
                                            done,
                                            plan.seed(),
                                            broken.get(),
                                            keep(input, done)));
                }
            }
        }

        String told() {
            return "%-34s %,11d cases, %5.1f %% refused, %,8.3f ms each, at most %,7.1f ms and %,6.1f MiB"
                    .formatted(
                            target.name(),
                            done,
                            100.0 * held.refused() / Math.max(1, done),
                            held.nanos() * 1e-6 / Math.max(1, done),
                            held.mostNanos() * 1e-6,
                            held.mostBytes() / (double) (1 << 20));
        }

        private SplittableRandom random(long number) {
            return new SplittableRandom(
                    plan.seed() * 0x9E37_79B9_7F4A_7C15L
                            + target.name().hashCode() * 0xC2B2_AE3D_27D4_EB4FL
                            + number);
        }

        private Path keep(byte[] input, long number) throws IOException {
            Files.createDirectories(plan.kept());
            String name = target.name().replaceAll("[^a-z0-9.]+", "-");
            return Files.write(
                    plan.kept().resolve("%s-%d-%d".formatted(name, plan.seed(), number)), input);
        }
    }
}
