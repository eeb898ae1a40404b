package dev.unroll.bench;

import dev.unroll.backend.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
                    "A family (gemm, recurrent, transformer, translate), the beginning of a"
                            + " work's name, or nothing for everything; --list names all works.")
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
            names = "--run",
            paramLabel = "FOLDER",
            description = "A trained translation model, for the family translate.")
    @Nullable Path run;

    @Spec CommandSpec spec;

    /**
     * The answer.
     *
     * @param works what each comparison gave
     * @param threads of our side
     * @param backend of our side
     */
    record Answer(List<Outcome> works, int threads, String backend) {}

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
    public Integer call() {
        List<Work> works = works();
        CommandLine line = spec.commandLine();
        if (list) {
            works.forEach(work -> line.getOut().println(work.name()));
            return 0;
        }
        var people = json ? line.getErr() : line.getOut();
        people.printf("%-44s %-12s %12s %12s %7s%n", "work", "unit", "unroll", "other", "ratio");
        Comparison comparison = new Comparison(rounds, 0.2, 3);
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
        if (json) {
            print(
                    line,
                    new Answer(
                            outcomes,
                            Backends.current().threads(),
                            Backends.current().name() + ": " + Backends.current().description()));
        }
        return 0;
    }

    private List<Work> works() {
        Setting setting = new Setting(run);
        List<Work> all = new ArrayList<>();
        List<Work> chosen = new ArrayList<>();
        for (Family family : Family.values()) {
            List<Work> works = family.works(setting);
            all.addAll(works);
            String name = family.name().toLowerCase(Locale.ROOT);
            works.stream()
                    .filter(w -> wanted.isEmpty() || wanted.contains(name) || begins(w.name()))
                    .forEach(chosen::add);
        }
        for (String want : wanted) {
            boolean isFamily =
                    List.of(Family.values()).stream()
                            .anyMatch(f -> f.name().toLowerCase(Locale.ROOT).equals(want));
            if (!isFamily && all.stream().noneMatch(w -> w.name().startsWith(want))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no work and no family '%s'; --list names all works"
                                .formatted(want));
            }
        }
        return chosen;
    }

    private boolean begins(String name) {
        return wanted.stream().anyMatch(name::startsWith);
    }

    private static void print(CommandLine line, Object answer) {
        line.getOut().println(JsonMapper.shared().writeValueAsString(answer));
    }
}
