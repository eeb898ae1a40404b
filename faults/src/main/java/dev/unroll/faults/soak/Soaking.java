package dev.unroll.faults.soak;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.faults.Folders;
import dev.unroll.faults.sample.Sample;
import dev.unroll.faults.sample.Samples;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The process that trains and predicts; prints a line each round. */
final class Soaking {
    private static final double NANOS_A_MINUTE = 60e9;

    private Soaking() {}

    /** Takes the minutes and a folder. */
    public static void main(String[] args) throws IOException {
        double minutes = Double.parseDouble(args[0]);
        Path folder = Path.of(args[1]);
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        List<Sample> samples = Samples.all(folder.resolve("samples"));
        long start = System.nanoTime();
        double passed = 0;
        // beside other work a round may take long; growth is judged by several
        for (int rounds = 0; passed < minutes || rounds < Soak.FEWEST; rounds++) {
            long predictions = 0;
            for (Sample sample : samples) {
                predictions += round(sample, folder.resolve("run"), files);
            }
            passed = (System.nanoTime() - start) / NANOS_A_MINUTE;
            System.out.println(Reading.now(passed, samples.size(), predictions).line());
        }
    }

    private static long round(Sample sample, Path run, DataFiles files) throws IOException {
        RunFolder folder = new RunFolder(run);
        Recipe recipe = Tasks.read(sample.recipe(), List.of(), new ArrayList<>());
        Tasks.prepare(recipe, folder, files).run();
        long predictions = 0;
        for (int i = 0; i < 3; i++) {
            predictions += Tasks.samples(recipe, folder, 100, files).size();
        }
        Folders.remove(run);
        return predictions;
    }

    /**
     * The process at a moment.
     *
     * @param minutes since the start
     * @param trainings of this round
     * @param predictions of this round
     * @param heap bytes in use after a collection
     * @param resident bytes of the process in memory
     * @param threads of the process
     * @param files that are open
     */
    record Reading(
            double minutes,
            long trainings,
            long predictions,
            long heap,
            long resident,
            long threads,
            long files) {
        private static final String MARK = "reading";

        static Reading now(double minutes, long trainings, long predictions) throws IOException {
            System.gc();
            System.gc();
            return new Reading(
                    minutes,
                    trainings,
                    predictions,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    status("VmRSS:") * 1024,
                    status("Threads:"),
                    open());
        }

        private static long status(String key) throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.exists(status)) {
                return 0;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }

        private static long open() throws IOException {
            Path open = Path.of("/proc/self/fd");
            if (!Files.exists(open)) {
                return 0;
            }
            try (Stream<Path> files = Files.list(open)) {
                return files.count();
            }
        }

        String line() {
            return "%s %s %d %d %d %d %d %d"
                    .formatted(
                            MARK, minutes, trainings, predictions, heap, resident, threads, files);
        }

        static boolean isOne(String line) {
            return line.startsWith(MARK + " ");
        }

        static Reading of(String line) {
            String[] words = line.split(" ", -1);
            return new Reading(
                    Double.parseDouble(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    Long.parseLong(words[6]),
                    Long.parseLong(words[7]));
        }
    }
}
