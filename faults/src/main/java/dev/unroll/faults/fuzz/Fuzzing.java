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
        List<String> figures = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        long cases = 0;
        try (Targets targets = Targets.in(plan.folder());
                Watchdog watchdog = new Watchdog(plan.kept())) {
            int shares = targets.all().stream().mapToInt(Target::share).sum();
            for (Target target : targets.all()) {
                long count = Math.max(1, plan.cases() * target.share() / shares);
                String line = new Run(target, plan, watchdog, faults).cases(count);
                log.line(line);
                figures.add(line);
                cases += count;
            }
        }
        figures.clear(); // told already
        figures.add("%,d cases".formatted(cases));
        return Outcome.of(figures, faults);
    }

    /** The cases of a reader. */
    private record Run(Target target, Plan plan, Watchdog watchdog, List<String> faults) {

        String cases(long count) throws IOException {
            long start = System.nanoTime();
            Mutator mutator = new Mutator(target);
            Held held = new Held(target);
            int found = 0;
            for (byte[] seed : target.seeds()) {
                held.read(target.repair().apply(seed))
                        .ifPresent(rule -> faults.add(target.name() + ", as it is: " + rule));
            }
            for (long i = 0; i < count && found < MOST_FAULTS; i++) {
                SplittableRandom random = random(i);
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
                                            i,
                                            plan.seed(),
                                            broken.get(),
                                            keep(input, i)));
                }
            }
            return "%-34s %,11d cases, %5.1f %% refused, %,8.0f a second, at most %,7.1f ms and %,6.1f MiB"
                    .formatted(
                            target.name(),
                            count,
                            100.0 * held.refused() / count,
                            count / ((System.nanoTime() - start) * 1e-9),
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
