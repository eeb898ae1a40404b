package dev.unroll.faults;

import dev.unroll.faults.clocks.Clocks;
import dev.unroll.faults.disk.Disk;
import dev.unroll.faults.fuzz.Coverage;
import dev.unroll.faults.fuzz.Fuzzing;
import dev.unroll.faults.kills.Kills;
import dev.unroll.faults.memory.Memory;
import dev.unroll.faults.soak.Soak;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code unroll faults}: makes things go wrong, and says what did not hold. */
@Command(
        name = "unroll faults",
        mixinStandardHelpOptions = true,
        description = {
            "Kills trainings, fills disks, damages files, takes memory away, mutates inputs, and"
                    + " trains for a long time; says what did not hold. docs/reliability.md says"
                    + " what is promised.",
            ""
        })
public final class Faults implements Callable<Integer> {
    private static final List<Part> PARTS =
            List.of(
                    new Kills(),
                    new Disk(),
                    new Memory(),
                    new Clocks(),
                    new Fuzzing(),
                    new Coverage(),
                    new Soak());

    @Parameters(paramLabel = "PART", arity = "0..*", description = "Parts; all if left out.")
    List<String> wanted = List.of();

    @Option(names = "--list", description = "Name the parts and do none.")
    boolean list;

    @Option(names = "--seed", defaultValue = "1", description = "Of all that is drawn (1).")
    long seed;

    @Option(names = "--kills", defaultValue = "300", description = "Kills of processes (300).")
    int kills;

    @Option(
            names = "--cases",
            defaultValue = "10000000",
            description = "Mutated inputs, over all readers (10000000).")
    long cases;

    @Option(
            names = "--minutes",
            defaultValue = "30",
            description = "Of training and predicting in one process (30).")
    double minutes;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            defaultValue = "faults-found",
            description = "Where what broke a rule is kept (${DEFAULT-VALUE}).")
    Path kept = Path.of("");

    @Spec CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Faults()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            PARTS.forEach(part -> out.printf("%-8s %s%n", part.name(), part.about()));
            return 0;
        }
        boolean held = true;
        for (Part part : parts()) {
            held &= run(part, out);
        }
        return held ? 0 : 1;
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (String name : wanted) {
            parts.add(
                    PARTS.stream()
                            .filter(part -> part.name().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new ParameterException(
                                                    spec.commandLine(),
                                                    "there is no part '%s'; the parts are %s"
                                                            .formatted(name, names()))));
        }
        return parts.isEmpty() ? PARTS : parts;
    }

    private static String names() {
        return PARTS.stream().map(Part::name).collect(Collectors.joining(", "));
    }

    private boolean run(Part part, PrintWriter out) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory("unroll-faults-");
        Outcome outcome;
        try {
            outcome =
                    part.run(
                            new Plan(seed, kills, cases, minutes, folder, kept.toAbsolutePath()),
                            line -> {
                                out.printf("%s: %s%n", part.name(), line);
                                out.flush();
                            });
        } finally {
            Folders.remove(folder);
        }
        outcome.figures().forEach(line -> out.printf("%s: %s%n", part.name(), line));
        outcome.skipped().forEach(line -> out.printf("%s: skipped: %s%n", part.name(), line));
        outcome.faults().forEach(line -> out.printf("%s: FAULT: %s%n", part.name(), line));
        out.printf(
                "%s: %,d faults, %.0f s%n",
                part.name(), outcome.faults().size(), (System.nanoTime() - start) * 1e-9);
        out.flush();
        return outcome.faults().isEmpty();
    }
}
