package dev.unroll.faults.disk;

import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.faults.Findings;
import dev.unroll.faults.Folders;
import dev.unroll.faults.Plan;
import dev.unroll.faults.sample.Sample;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Damages each file of a run: bits are flipped, ends cut off, files emptied and taken away. A
 * manifest tells of each file that it knows, and nobody gets other answers without a word.
 */
final class Damage {
    private static final DataFiles FILES = DataFiles.standard(ProgressListener.SILENT);
    private static final int FLIPS = 6;

    /** Files that grow, of which no checksum can be kept, and the list of checksums itself. */
    private static final Set<String> UNKNOWN =
            Set.of("metrics.jsonl", "diagnosis.jsonl", "attention.json", "manifest.json", ".lock");

    private final Sample sample;
    private final Findings findings;
    private final Path run;
    private final SplittableRandom random;
    private final Logger logger = Logger.getLogger("dev.unroll");
    private final List<String> warned = new ArrayList<>();

    Damage(Sample sample, Plan plan, Findings findings) {
        this.sample = sample;
        this.findings = findings;
        this.run = plan.folder().resolve("damaged").resolve(sample.name());
        this.random = new SplittableRandom(plan.seed() + sample.name().hashCode());
    }

    void run() throws IOException {
        TrainingRun training =
                Tasks.prepare(
                        Tasks.read(
                                sample.recipe(), List.of("training.epochs=1"), new ArrayList<>()),
                        new RunFolder(run),
                        FILES);
        training.run();
        String answers = answers();
        Handler handler = new Warnings();
        logger.addHandler(handler);
        try {
            for (Map.Entry<String, Path> file : Folders.files(run).entrySet()) {
                byte[] whole = Files.readAllBytes(file.getValue());
                for (Harm harm : harms(whole)) {
                    if (harm.left == null) {
                        Files.delete(file.getValue());
                    } else {
                        Files.write(file.getValue(), harm.left);
                    }
                    check(file.getKey(), harm.told, answers);
                    Files.write(file.getValue(), whole);
                }
            }
        } finally {
            logger.removeHandler(handler);
        }
    }

    private final class Warnings extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                warned.add(String.valueOf(record.getMessage()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private record Harm(String told, byte @Nullable [] left) {}

    private List<Harm> harms(byte[] whole) {
        List<Harm> harms = new ArrayList<>();
        harms.add(new Harm("taken away", null));
        if (whole.length > 0) {
            harms.add(new Harm("emptied", new byte[0]));
            harms.add(new Harm("cut in half", Arrays.copyOf(whole, whole.length / 2)));
            harms.add(new Harm("without its last byte", Arrays.copyOf(whole, whole.length - 1)));
            harms.add(new Harm("with a byte more", Arrays.copyOf(whole, whole.length + 1)));
            for (int i = 0; i < FLIPS; i++) {
                byte[] flipped = whole.clone();
                int at = random.nextInt(whole.length);
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                harms.add(new Harm("with a bit flipped in byte " + at, flipped));
            }
        }
        return harms;
    }

    private void check(String file, String harm, String answers) throws IOException {
        findings.count("damages to files of runs");
        String what = "%s/%s %s".formatted(sample.name(), file, harm);
        if (!UNKNOWN.contains(file)) {
            verify(file, what);
        }
        warned.clear();
        try {
            if (answers().equals(answers)) {
                findings.count("damages after which the answers are the same");
            } else if (warned.stream().anyMatch(line -> line.contains(file))) {
                findings.count("damages that a warning tells, and the answers differ");
            } else {
                findings.fault(what + ": other answers, without a word");
            }
        } catch (IllegalArgumentException | IOException e) {
            findings.count("damages that are refused when the run is used");
            String message = String.valueOf(e.getMessage());
            // a place that a recipe names may be gone; its key is told then
            if (!message.contains(Path.of(file).getFileName().toString())
                    && !(file.equals("recipe.yaml") && message.contains("'data."))) {
                findings.fault("%s: refused, and the file is not named: %s".formatted(what, e));
            }
        } catch (RuntimeException e) {
            findings.fault("%s: %s at %s".formatted(what, e, e.getStackTrace()[0]));
        }
        goesOn(file, what);
    }

    private void verify(String file, String what) throws IOException {
        RunFolder folder = new RunFolder(run);
        Optional<Manifest> manifest = Manifest.read(folder);
        Manifest.State state = manifest.isEmpty() ? null : manifest.get().states(folder).get(file);
        if (state == null || state == Manifest.State.INTACT) {
            findings.fault(what + ": inspect --verify does not tell");
        }
    }

    /** A checkpoint that is damaged is not gone on from. */
    private void goesOn(String file, String what) throws IOException {
        if (!file.startsWith("checkpoints")) {
            return;
        }
        if (!Files.exists(run.resolve(file))) {
            return; // it begins anew, and would write into the run
        }
        try {
            Tasks.prepare(
                    Tasks.read(new RunFolder(run), List.of("training.epochs=2")),
                    new RunFolder(run),
                    FILES);
            findings.fault(what + ": goes on from it");
        } catch (IllegalArgumentException | IOException e) {
            findings.count("damaged checkpoints that are not gone on from");
        }
    }

    private String answers() throws IOException {
        RunFolder folder = new RunFolder(run);
        Recipe recipe = Tasks.read(folder, List.of());
        String metrics = Tasks.evaluate(recipe, folder, Split.TEST, FILES).metrics().toString();
        return metrics.replaceAll("[sS]econds?=[^,\\]]+", "")
                + " "
                + Tasks.samples(recipe, folder, 5, FILES);
    }
}
