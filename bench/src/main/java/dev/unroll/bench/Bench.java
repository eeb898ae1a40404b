package dev.unroll.bench;

import dev.unroll.backend.Backends;
import dev.unroll.backend.WeightStorage;
import dev.unroll.bench.embed.Latency;
import dev.unroll.bench.first.FirstCalls;
import dev.unroll.bench.growth.Growth;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code unroll bench}: how fast Unroll is beside other engines, here and now. */
@Command(
        name = "unroll bench",
        mixinStandardHelpOptions = true,
        description = {
            "Does the same work in Unroll and in another engine, in turn, in one process, and"
                    + " prints medians and their ratio. The other engine runs with the number of"
                    + " threads that suits it best, and both must compute the same numbers.",
            "",
            "Keep the machine otherwise idle."
        })
public final class Bench implements Callable<Integer> {

    @Parameters(
            paramLabel = "WORK",
            arity = "0..*",
            description =
                    "A family (gemm, recurrent, transformer, translate, attention,"
                            + " conv, embed), the beginning of"
                            + " a work's name, or nothing for everything; --list names all works.")
    List<String> wanted = List.of();

    @Option(names = "--list", description = "Name the works and do none.")
    boolean list;

    @Option(names = "--json", description = "Answer with one JSON object.")
    boolean json;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Timed turns of each side (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--memory",
            description = {
                "Measure memory instead of speed, each side in a process of its own:",
                "live: most bytes in our arrays at once",
                "peak: most bytes of our process resident at once",
                "other: most bytes of the other's process, less what it had when loaded",
                "heap: what a run of ours asks of the Java heap",
                "gc: our share of time spent on garbage collection"
            })
    boolean memory;

    @Option(
            names = "--growth",
            paramLabel = "FOLDER",
            description =
                    "Draw into this folder how the time a token takes grows with length, batch,"
                            + " width and threads.")
    @Nullable Path growth;

    @Option(
            names = "--first-calls",
            paramLabel = "SECONDS",
            description = {
                "Measure the first 400 calls of networks with both backends, each in a process of"
                        + " its own that has done something else for so many seconds before.",
                "warm: the call before which the backend had warmed up; 0: later",
                "process: processor time of the whole process until both had ended"
            })
    @Nullable Double firstCalls;

    @Option(
            names = "--latency",
            description = {
                "Time sentences through MiniLM call by call beside ONNX Runtime: medians, 99th"
                        + " percentiles, and the ratio of the means (rate).",
                "WORK chooses by the beginnings of sentences-threads-callers: single16-2-1"
            })
    boolean latency;

    @Option(
            names = "--weights",
            defaultValue = "F32",
            description =
                    "With --latency, how our side stores its weights: ${COMPLETION-CANDIDATES}"
                            + " (default: ${DEFAULT-VALUE}).")
    WeightStorage weights = WeightStorage.F32;

    @Option(
            names = "--run",
            paramLabel = "FOLDER",
            description = "A trained translation model, for the family translate.")
    @Nullable Path run;

    @Spec CommandSpec spec;

    /**
     * The answer about speed.
     *
     * @param works what each comparison gave
     * @param threads of our side
     * @param backend of our side
     */
    record Speed(List<Outcome> works, int threads, String backend) {}

    /**
     * The answer about memory.
     *
     * @param works what each work needs
     * @param threads of our side
     * @param backend of our side
     */
    record Memory(List<Of> works, int threads, String backend) {
        /** Both sides of a work. */
        record Of(String work, String peer, Footprint ours, Footprint theirs) {}
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler(
                (e, command, parsed) -> {
                    command.getErr().println("unroll bench: " + e.getMessage());
                    if (((Bench) command.getCommand()).json) {
                        print(command, Map.of("error", String.valueOf(e.getMessage())));
                    }
                    return 1;
                });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (latency) {
            requireCases();
            new Latency(rounds, weights).print(wanted, out());
            return 0;
        }
        List<Work> works = works();
        if (growth != null) {
            Growth.draw(growth);
        } else if (firstCalls != null) {
            FirstCalls.print(firstCalls, out());
        } else if (list) {
            works.forEach(work -> out().println(work.name()));
        } else if (memory) {
            measureMemory(works);
        } else {
            measureSpeed(works);
        }
        return 0;
    }

    private void measureSpeed(List<Work> works) {
        PrintWriter people = people();
        people.printf("%-44s %-12s %12s %12s %7s%n", "work", "unit", "unroll", "other", "ratio");
        Comparison comparison = new Comparison(rounds);
        List<Outcome> outcomes = new ArrayList<>();
        for (Work work : works) {
            Outcome o = comparison.of(work);
            outcomes.add(o);
            people.printf(
                    Locale.ROOT,
                    "%-44s %-12s %,12.1f %,12.1f %7.2f  %s, %d thread%s%n",
                    o.work(),
                    o.unit(),
                    o.ours(),
                    o.theirs(),
                    o.ratio(),
                    o.peer(),
                    o.theirThreads(),
                    o.theirThreads() == 1 ? "" : "s");
            people.flush();
        }
        answer(new Speed(outcomes, Backends.current().threads(), backend()));
    }

    private void measureMemory(List<Work> works) throws IOException {
        PrintWriter people = people();
        people.printf(
                "%-44s %10s %10s %10s %12s %8s%n",
                "work", "live MB", "peak MB", "other MB", "heap kB/run", "gc %");
        List<Memory.Of> outcomes = new ArrayList<>();
        for (Work work : works) {
            Footprint ours = Alone.measure(work, Alone.Side.OURS);
            Footprint theirs = Alone.measure(work, Alone.Side.THEIRS);
            outcomes.add(new Memory.Of(work.name(), work.peer(), ours, theirs));
            people.printf(
                    Locale.ROOT,
                    "%-44s %,10d %,10d %,10d %,12.0f %8.2f%n",
                    work.name(),
                    ours.live() >> 20,
                    ours.peak() >> 20,
                    theirs.added() >> 20,
                    ours.allocated() / 1024,
                    100 * ours.collecting());
            people.flush();
        }
        answer(new Memory(outcomes, Backends.current().threads(), backend()));
    }

    private static String backend() {
        return Backends.current().name() + ": " + Backends.current().description();
    }

    private void requireCases() {
        List<String> all = Latency.names();
        for (String want : wanted) {
            if (all.stream().noneMatch(name -> name.startsWith(want))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no case's name begins with '%s'; there are %s"
                                .formatted(want, String.join(", ", all)));
            }
        }
    }

    private List<Work> works() {
        List<Work> all = Family.all(new Setting(run));
        for (String want : wanted) {
            if (all.stream().noneMatch(work -> begins(work, want)) && family(want).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no work and no family '%s'; --list names all works"
                                .formatted(want));
            }
        }
        if (wanted.isEmpty()) {
            return all;
        }
        List<Work> chosen = new ArrayList<>();
        for (Family family : Family.values()) {
            for (Work work : family.works(new Setting(run))) {
                if (wanted.contains(family.word())
                        || wanted.stream().anyMatch(want -> begins(work, want))) {
                    chosen.add(work);
                }
            }
        }
        return chosen;
    }

    private static Optional<Family> family(String word) {
        return Arrays.stream(Family.values()).filter(f -> f.word().equals(word)).findFirst();
    }

    private static boolean begins(Work work, String want) {
        return work.name().startsWith(want);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** {@return the stream for people, which is never the one of the JSON object} */
    private PrintWriter people() {
        return json ? spec.commandLine().getErr() : out();
    }

    private void answer(Record answer) {
        if (json) {
            print(spec.commandLine(), answer);
        }
    }

    private static void print(CommandLine line, Object answer) {
        line.getOut().println(JsonMapper.shared().writeValueAsString(answer));
    }
}
