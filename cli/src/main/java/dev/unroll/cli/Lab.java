package dev.unroll.cli;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.site.Experiments;
import dev.unroll.lab.site.LabPage;
import dev.unroll.lab.site.Story;
import dev.unroll.page.Block;
import dev.unroll.page.HtmlPage;
import dev.unroll.page.MarkdownPage;
import dev.unroll.page.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code unroll lab}: runs experiments and writes a page of what they found. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the experiments of the lab, runs one of them, or runs all.",
            "Each tests a claim or answers a question about sequence models."
        })
final class Lab implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "An experiment, or 'all'; lists them if left out.")
    @Nullable String name;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Write the page here: index.html, index.md and figures.")
    @Nullable Path out;

    @Option(
            names = "--quick",
            description = "Small sizes and one seed: the sign of each effect in seconds.")
    boolean quick;

    @Spec CommandSpec command;

    @Override
    public Integer call() throws IOException {
        PrintWriter said = command.commandLine().getOut();
        if (name == null) {
            Experiments.ALL.forEach(experiment -> list(experiment, "", said));
            Experiments.LONG.forEach(experiment -> list(experiment, " (long; not in all)", said));
            return 0;
        }
        List<LabPage.Result> results = new ArrayList<>();
        for (Experiment experiment : chosen(name)) {
            command.commandLine().getErr().printf("%s ...%n", experiment.name());
            long start = System.nanoTime();
            Finding finding = experiment.run(quick ? Trials.fast() : Trials.full());
            LabPage.Result result =
                    new LabPage.Result(experiment, finding, (System.nanoTime() - start) * 1e-9);
            results.add(result);
            say(result, said);
        }
        if (out != null) {
            Page page = LabPage.of(facts(results), results);
            MarkdownPage.write(page, out.resolve("index.md"));
            Files.writeString(out.resolve("index.html"), HtmlPage.of(page));
            said.printf("the page is %s%n", out.resolve("index.html"));
        }
        return 0;
    }

    private static void list(Experiment experiment, String remark, PrintWriter said) {
        said.printf("%-18s %s%s%n", experiment.name(), Story.of(experiment).title(), remark);
    }

    private List<Experiment> chosen(String asked) {
        if (asked.equals("all")) {
            return Experiments.ALL;
        }
        try {
            return List.of(Experiments.named(asked));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Plain text for a terminal: question, tables, answer, effects. */
    private static void say(LabPage.Result result, PrintWriter said) {
        Story story = Story.of(result.experiment());
        Finding finding = result.finding();
        said.printf("%n%s%n%n%s%n%n", story.title(), story.asked());
        for (Block block : finding.blocks()) {
            switch (block) {
                case Block.Table table -> {
                    said.println(String.join("  |  ", table.header()));
                    table.rows().forEach(row -> said.println(String.join("  |  ", row)));
                    said.println();
                }
                case Block.Code code -> said.printf("%s%n%n", code.code());
                case Block.Text text -> said.printf("%s%n%n", text.markdown());
                case Block.Figure _, Block.Image _, Block.Folded _ -> {}
            }
        }
        said.printf("%s%n%n", story.filled("Answer", finding));
        for (Finding.Effect effect : finding.effects()) {
            said.printf("%-4s %s%n", effect.holds() ? "yes" : "NO", effect.claim());
        }
        said.printf(Locale.ROOT, "%n%.0f s%n", result.seconds());
        said.flush();
    }

    private String facts(List<LabPage.Result> results) {
        double seconds = results.stream().mapToDouble(LabPage.Result::seconds).sum();
        Trials trials = quick ? Trials.fast() : Trials.full();
        return """
        These figures were taken on %s on %s, with the seeds %s, in %.1f minutes.%s

        Text and figures are under CC-BY 4.0.
        """
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.summary(),
                        trials.seeds().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")),
                        seconds / 60,
                        quick ? " **This was a quick run: it shows directions, not sizes.**" : "");
    }
}
