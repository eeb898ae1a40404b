package dev.unroll.cli;

import dev.unroll.cli.report.RunReport;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.formats.files.WholeFile;
import dev.unroll.page.HtmlPage;
import dev.unroll.page.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll report}: a page about runs. */
@Command(
        name = "report",
        description = {
            "Writes one HTML file about a run, or about several side by side: curves, gradients by",
            "layer and time step, attention, examples with the model's answers, recipe, machine, data."
        })
final class ReportRuns extends Subcommand {

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of runs, up to 8.")
    List<Path> runs = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write; ${DEFAULT-VALUE} if left out.")
    Path out = Path.of("report.html");

    @Option(
            names = "--brief",
            description = "Leave out what needs the data: no examples, nothing is computed.")
    boolean brief;

    /**
     * The answer of the command: the page that was written.
     *
     * @param file the page
     * @param bytes its size
     * @param runs that it shows
     */
    record Written(String file, long bytes, List<String> runs) {}

    @Override
    public Integer call() throws IOException {
        Page page;
        try (FetchView fetching = new FetchView(err())) {
            page = RunReport.of(runs, brief, DataFiles.standard(fetching));
        }
        String html = HtmlPage.of(page);
        WholeFile.write(out, html);
        answer.give(
                new Written(
                        out.toString(), html.length(), runs.stream().map(Path::toString).toList()),
                "wrote %s, %,d KB".formatted(out, html.length() / 1024));
        return 0;
    }
}
