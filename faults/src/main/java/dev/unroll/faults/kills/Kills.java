package dev.unroll.faults.kills;

import dev.unroll.faults.Child;
import dev.unroll.faults.Folders;
import dev.unroll.faults.Outcome;
import dev.unroll.faults.Part;
import dev.unroll.faults.Plan;
import dev.unroll.faults.sample.Sample;
import dev.unroll.faults.sample.Samples;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Kills trainings of all tasks with SIGKILL, again and again, lets them go on, and compares what
 * they end with with an unbroken training: every file of the run, bit for bit, and the course.
 */
public final class Kills implements Part {
    private static final int MOST_A_TRAINING = 6;
    private static final int TOLD_EVERY = 25;

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String about() {
        return "kills trainings of all tasks, which go on and end with the bits of unbroken ones";
    }

    @Override
    public Outcome run(Plan plan, Log log) throws IOException, InterruptedException {
        return new Session(plan, log).run();
    }

    private static final class Session {
        private final Plan plan;
        private final Log log;
        private final List<Sample> samples;
        private final Path archive;
        private final Map<Sample, Unbroken> unbroken = new HashMap<>();
        private final Map<Found, Integer> found = new EnumMap<>(Found.class);
        private final Map<String, Integer> trained = new HashMap<>();
        private final List<String> faults = new ArrayList<>();
        private int kills;
        private int trainings;
        private long mostLost;

        Session(Plan plan, Log log) throws IOException {
            this.plan = plan;
            this.log = log;
            List<Sample> all = Samples.all(plan.folder().resolve("samples"));
            this.samples = new ArrayList<>(Samples.oneOfEach(all));
            all.stream().filter(sample -> !samples.contains(sample)).forEach(samples::add);
            this.archive = plan.folder().resolve("classes.jsa");
        }

        Outcome run() throws IOException, InterruptedException {
            SplittableRandom random = new SplittableRandom(plan.seed());
            for (int i = 0; kills < plan.kills(); i++) {
                Sample sample = samples.get(i % samples.size());
                int most = Math.min(1 + random.nextInt(MOST_A_TRAINING), plan.kills() - kills);
                train(sample, most, random.split());
            }
            List<String> figures = new ArrayList<>();
            figures.add(
                    "%,d kills in %,d trainings of %d tasks and networks (%s)"
                            .formatted(
                                    kills,
                                    trainings,
                                    trained.size(),
                                    String.join(", ", new TreeSet<>(trained.keySet()))));
            found.forEach((state, count) -> figures.add("%,d %s".formatted(count, state.told())));
            figures.add(
                    "at most %d steps were lost; a checkpoint was due every %d"
                            .formatted(mostLost, Samples.CHECKPOINT_STEPS));
            return Outcome.of(figures, faults);
        }

        private void train(Sample sample, int most, SplittableRandom random)
                throws IOException, InterruptedException {
            Path folder = plan.folder().resolve("training" + trainings);
            Unbroken like = unbroken(sample);
            Victim victim = new Victim(sample, like, options(), folder);
            victim.run(most, random);
            trainings++;
            trained.merge(sample.name(), 1, Integer::sum);
            for (Found state : victim.found()) {
                found.merge(state, 1, Integer::sum);
                kills++;
                if (kills % TOLD_EVERY == 0) {
                    log.line("%,d kills, %,d trainings, %s".formatted(kills, trainings, found));
                }
            }
            mostLost = Math.max(mostLost, victim.mostLost());
            victim.faults().forEach(fault -> log.line("fault: " + fault));
            faults.addAll(victim.faults());
            if (!victim.faults().isEmpty()) {
                Folders.copy(
                        folder,
                        plan.kept().resolve("kills-%d-%s".formatted(plan.seed(), trainings)));
            }
            Folders.remove(folder);
        }

        private Unbroken unbroken(Sample sample) throws IOException, InterruptedException {
            Unbroken known = unbroken.get(sample);
            if (known == null) {
                Path run = plan.folder().resolve("unbroken").resolve(sample.name());
                List<String> options = new ArrayList<>(options());
                if (unbroken.isEmpty() && onlyArchives()) {
                    // the classes that a training needs, kept for those that follow: they start
                    // sooner
                    options.add("-XX:ArchiveClassesAtExit=" + archive);
                }
                known = Unbroken.of(sample, run, options, plan.folder().resolve("unbroken.txt"));
                unbroken.put(sample, known);
            }
            return known;
        }

        /** Whether Java can keep the classes: it takes none from folders, such as Maven's. */
        private static boolean onlyArchives() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
        }

        private List<String> options() {
            List<String> options = new ArrayList<>(Child.QUICK);
            if (Files.exists(archive)) {
                options.add("-XX:SharedArchiveFile=" + archive);
            }
            return options;
        }
    }
}
