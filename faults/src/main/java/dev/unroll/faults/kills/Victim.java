package dev.unroll.faults.kills;

import dev.unroll.faults.Child;
import dev.unroll.faults.sample.Sample;
import dev.unroll.faults.sample.Samples;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A training that is killed several times, and then left to end. */
final class Victim {
    private static final int KILLED = 128 + 9;
    private static final Pattern GOING_ON = Pattern.compile("going on after step ([0-9,.\\s]+) of");

    private final Sample sample;
    private final Unbroken like;
    private final List<String> options;
    private final Path run;
    private final Path printed;
    private final List<Found> found = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long mostLost;
    private long done;

    Victim(Sample sample, Unbroken like, List<String> options, Path folder) throws IOException {
        this.sample = sample;
        this.like = like;
        this.options = options;
        this.run = Files.createDirectories(folder).resolve("run");
        this.printed = folder.resolve("printed.txt");
    }

    /** {@return the states in which kills left the folder} */
    List<Found> found() {
        return found;
    }

    /** {@return what did not hold} */
    List<String> faults() {
        return faults;
    }

    /** {@return the most steps that a kill cost} */
    long mostLost() {
        return mostLost;
    }

    /** Kills it so often, or until it ends, and lets it end. */
    void run(int kills, SplittableRandom random) throws IOException, InterruptedException {
        for (int i = 0; i < kills && faults.isEmpty(); i++) {
            if (!kill(Moment.draw(random), random.nextBoolean())) {
                break;
            }
        }
        if (faults.isEmpty()) {
            end(random.nextBoolean());
        }
    }

    private Child start(boolean byRecipe) throws IOException {
        boolean goesOn = Files.exists(run.resolve("recipe.yaml")) && !byRecipe;
        return Child.unroll(
                options,
                printed,
                goesOn
                        ? List.of("train", run.toString())
                        : List.of("train", sample.recipe().toString(), "--run", run.toString()));
    }

    /** {@return whether it was killed before it ended} */
    private boolean kill(Moment moment, boolean byRecipe) throws IOException, InterruptedException {
        long seen = Course.read(run.resolve("metrics.jsonl")).lastStep();
        boolean stood = Files.exists(run.resolve("checkpoints/last.safetensors"));
        Moment.Stale before = Moment.Stale.of(run);
        Child child = start(byRecipe);
        if (moment.await(child.process(), run, like, before)) {
            child.kill();
        }
        int exit = child.await();
        checkLoss(child, seen, stood);
        if (exit == KILLED) {
            found.add(Found.in(run));
            return true;
        }
        if (exit != 0) {
            fault("exit code %d: %s".formatted(exit, child.text().strip()));
        }
        return false;
    }

    private void end(boolean byRecipe) throws IOException, InterruptedException {
        long seen = Course.read(run.resolve("metrics.jsonl")).lastStep();
        boolean stood = Files.exists(run.resolve("checkpoints/last.safetensors"));
        Child child = start(byRecipe);
        int exit = child.await();
        if (exit != 0) {
            fault("exit code %d: %s".formatted(exit, child.text().strip()));
            return;
        }
        checkLoss(child, seen, stood);
        like.differences(run).forEach(this::fault);
        Optional<Manifest> manifest = Manifest.read(new RunFolder(run));
        if (manifest.isEmpty()) {
            fault("it has no manifest");
            return;
        }
        manifest.get()
                .states(new RunFolder(run))
                .forEach(
                        (file, state) -> {
                            if (state != Manifest.State.INTACT) {
                                fault("%s is %s to its manifest".formatted(file, state));
                            }
                        });
    }

    /**
     * Compares the steps that had been done with the step that it went on after.
     *
     * @param seen the last step that the course tells of
     * @param stood whether there was a checkpoint
     */
    private void checkLoss(Child child, long seen, boolean stood) {
        Matcher told = GOING_ON.matcher(child.text());
        if (told.find()) {
            long from = Long.parseLong(told.group(1).replaceAll("\\D", ""));
            lost(seen - from);
            if (from < done) {
                fault("went on after step %d, and had once gone on after %d".formatted(from, done));
            }
            done = from;
        } else if (!stood) {
            lost(seen);
        }
    }

    private void lost(long steps) {
        mostLost = Math.max(mostLost, steps);
        if (steps > Samples.CHECKPOINT_STEPS) {
            fault("lost %d steps, and %d may be lost".formatted(steps, Samples.CHECKPOINT_STEPS));
        }
    }

    private void fault(String what) {
        faults.add("%s, killed %s: %s".formatted(sample.name(), found, what));
    }
}
