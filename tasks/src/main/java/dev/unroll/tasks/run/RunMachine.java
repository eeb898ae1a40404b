package dev.unroll.tasks.run;

import dev.unroll.backend.Backends;
import dev.unroll.formats.files.Utf8;
import dev.unroll.formats.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The machine that a training began on: {@code machine.json} of a run.
 *
 * @param began when, in UTC, to the second
 * @param processor its model where the system says, else the architecture
 * @param threads that Java may use
 * @param system name and version
 * @param java version and vendor
 * @param heapBytes that Java may use at most
 * @param backend what did the arithmetic
 */
public record RunMachine(
        String began,
        String processor,
        int threads,
        String system,
        String java,
        long heapBytes,
        String backend) {
    private static final JsonMapper JSON = new JsonMapper();

    /** {@return this machine, now} */
    static RunMachine here() {
        return new RunMachine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                processorHere(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
                Runtime.getRuntime().maxMemory(),
                Backends.current().name());
    }

    private static String processorHere() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
                    .findFirst()
                    .orElseGet(RunMachine::architecture);
        } catch (IOException e) {
            return architecture(); // not Linux
        }
    }

    private static String architecture() {
        return String.valueOf(System.getProperty("os.arch"));
    }

    void write(RunFolder folder) throws IOException {
        WholeFile.write(folder.machine(), JSON.writeValueAsString(this) + "\n");
    }

    /**
     * Reads the machine of a run.
     *
     * @return empty for runs that were begun by an Unroll that did not note it
     * @throws RunException if the file is damaged
     */
    public static Optional<RunMachine> read(RunFolder folder) throws IOException {
        Path file = folder.machine();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Utf8.read(file), RunMachine.class));
        } catch (JacksonException e) {
            RunException damage = new RunException(file + " is damaged; delete it");
            damage.initCause(e);
            throw damage;
        }
    }
}
