package dev.unroll.cli.report;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.page.Block;
import dev.unroll.page.Page;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunMachine;
import dev.unroll.tasks.run.TrainingCourse.Step;
import dev.unroll.tasks.run.TrainingCourse.Validation;
import dev.unroll.watch.Diagnosis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Makes a page of runs. */
public final class RunReport {
    private static final int LONGEST_TEXT = 300;

    private RunReport() {}

    /**
     * A page of some runs side by side.
     *
     * @param runs folders of runs, 1 to 8
     * @param brief whether to leave out what needs the data: examples, and gradients of runs that
     *     were not watched
     * @param files finds the data
     * @return the page
     * @throws dev.unroll.tasks.run.RunException if one of them cannot be reported on
     */
    public static Page of(List<Path> runs, boolean brief, DataFiles files) throws IOException {
        if (runs.size() > Lines.MOST) {
            throw new IllegalArgumentException(
                    "a report shows at most %d runs side by side, not %d"
                            .formatted(Lines.MOST, runs.size()));
        }
        RunReader reader = new RunReader(files);
        List<RunRecord> records = new ArrayList<>();
        for (Path run : runs) {
            records.add(reader.read(run, brief));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(overview(records));
        blocks.add(new Block.Text("## Curves"));
        blocks.addAll(CourseBlocks.of(records));
        for (int i = 0; i < records.size(); i++) {
            blocks.addAll(section(records.get(i), "run%d-".formatted(i + 1)));
        }
        String title =
                records.size() == 1
                        ? "Run " + records.getFirst().name()
                        : "%d runs side by side".formatted(records.size());
        return new Page(title, blocks);
    }

    private static Block.Table overview(List<RunRecord> runs) {
        return new Block.Table(
                List.of("run", "task", "steps", "best", "last loss", "verdict"),
                runs.stream()
                        .map(
                                run -> {
                                    Step last = run.course().steps().getLast();
                                    return List.of(
                                            run.name(),
                                            Tasks.of(run.recipe()).name(),
                                            "%,d".formatted(last.step()),
                                            best(run),
                                            number(last.loss()),
                                            run.last()
                                                    .map(RunReport::findings)
                                                    .orElse("not known"));
                                })
                        .toList());
    }

    private static String findings(Diagnosis d) {
        return String.join(
                ", ", d.verdicts().stream().map(v -> v.kind().written()).distinct().toList());
    }

    private static String best(RunRecord run) {
        var monitor = run.recipe().training().validation().toMonitor();
        OptionalDouble best =
                monitor.best(
                        run.course().validations().stream()
                                .map(v -> v.metrics().getOrDefault(monitor.metric(), Double.NaN))
                                .filter(value -> !value.isNaN())
                                .toList());
        return best.isEmpty()
                ? "-"
                : "%s %s".formatted(monitor.metric(), number(best.getAsDouble()));
    }

    private static List<Block> section(RunRecord run, String prefix) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text("## " + run.name()));
        run.remarks().forEach(remark -> blocks.add(new Block.Text(remark)));
        run.last()
                .ifPresent(
                        d -> {
                            blocks.add(new Block.Text("### Gradients"));
                            blocks.add(
                                    new Block.Text(
                                            "**"
                                                    + d.summary()
                                                            .replaceAll("([*_`\\[\\]<>])", "\\\\$1")
                                                    + "**"));
                            blocks.addAll(DiagnosisBlocks.of(d, run.attention(), prefix));
                        });
        samples(run.answers().samples(), blocks);
        validations(run, blocks);
        blocks.add(
                new Block.Folded(
                        "Recipe", List.of(new Block.Code("yaml", RecipeFile.write(run.recipe())))));
        blocks.add(new Block.Folded("Machine", List.of(machine(run))));
        blocks.add(new Block.Folded("Data", List.of(data(run.answers().files()))));
        return blocks;
    }

    private static void validations(RunRecord run, List<Block> blocks) {
        List<Validation> all = run.course().validations();
        if (!all.isEmpty()) {
            List<String> metrics = List.copyOf(all.getLast().metrics().keySet());
            List<String> header = new ArrayList<>(List.of("step", "epoch"));
            header.addAll(metrics);
            List<List<String>> rows = new ArrayList<>();
            for (Validation v : all) {
                List<String> row =
                        new ArrayList<>(List.of("%,d".formatted(v.step()), "" + v.epoch()));
                metrics.forEach(m -> row.add(number(v.metrics().getOrDefault(m, Double.NaN))));
                rows.add(row);
            }
            blocks.add(new Block.Folded("Validations", List.of(new Block.Table(header, rows))));
        }
    }

    private static void samples(List<Sample> samples, List<Block> blocks) {
        if (!samples.isEmpty()) {
            blocks.add(new Block.Text("### Examples of the validation set"));
            blocks.add(
                    new Block.Table(
                            List.of("input", "expected", "model's answer"),
                            samples.stream()
                                    .map(
                                            s ->
                                                    List.of(
                                                            cut(s.input()),
                                                            cut(s.expected()),
                                                            cut(s.output())))
                                    .toList()));
        }
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + " …";
    }

    private static Block machine(RunRecord run) {
        List<Step> steps = run.course().steps();
        double speed =
                steps.stream()
                        .mapToDouble(Step::tokensPerSecond)
                        .filter(s -> s > 0)
                        .average()
                        .orElse(0);
        List<List<String>> rows = new ArrayList<>();
        run.answers().machine().ifPresent(m -> rows.addAll(rows(m)));
        if (rows.isEmpty()) {
            rows.add(List.of("machine", "not noted: the run was begun by an earlier Unroll"));
        }
        if (speed > 0) {
            rows.add(List.of("tokens a second, mean", "%,.0f".formatted(speed)));
        }
        return new Block.Table(List.of("", ""), rows);
    }

    private static List<List<String>> rows(RunMachine m) {
        return List.of(
                List.of("began", m.began()),
                List.of("processor", "%s, %d threads".formatted(m.processor(), m.threads())),
                List.of("system", m.system()),
                List.of("Java", m.java()),
                List.of("heap", "%,d MB".formatted(m.heapBytes() >> 20)),
                List.of("backend", m.backend()));
    }

    private static Block data(List<DataSum> files) {
        return files.isEmpty()
                ? new Block.Text("The data are made, or their files are not here.")
                : new Block.Table(
                        List.of("file", "bytes", "SHA-256"),
                        files.stream()
                                .map(f -> List.of(f.file(), "%,d".formatted(f.size()), f.sha256()))
                                .toList());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
