package dev.unroll.lab.site;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.page.Block;
import dev.unroll.page.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Makes a page of what experiments found. */
public final class LabPage {
    private LabPage() {}

    /**
     * An experiment that was run.
     *
     * @param experiment the code
     * @param finding what it found
     * @param seconds it took
     */
    public record Result(Experiment experiment, Finding finding, double seconds) {}

    /**
     * {@return the page}
     *
     * @param facts in Markdown: when it was run, on which machine and with which seeds
     * @param results in the order of the page
     */
    public static Page of(String facts, List<Result> results) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(resource(LabPage.class, "introduction.md")));
        blocks.add(new Block.Text(facts));
        results.forEach(result -> blocks.addAll(section(result)));
        return new Page("The lab", blocks);
    }

    /** {@return the blocks of one experiment, under a heading of level 2} */
    public static List<Block> section(Result result) {
        Story story = Story.of(result.experiment());
        Finding finding = result.finding();
        List<Block> blocks = new ArrayList<>();
        String asked = story.asked().replace("\n", "\n> ");
        blocks.add(new Block.Text("## " + story.title() + "\n\n> " + asked));
        blocks.add(new Block.Text(story.filled("Formula", finding)));
        blocks.add(new Block.Text("### Look for\n\n" + story.filled("Look for", finding)));
        blocks.addAll(finding.blocks());
        blocks.add(new Block.Text("### Answer\n\n" + story.filled("Answer", finding)));
        blocks.add(
                new Block.Table(
                        List.of("expected", "seen in this run"),
                        finding.effects().stream()
                                .map(e -> List.of(e.claim(), e.holds() ? "yes" : "no"))
                                .toList()));
        blocks.add(new Block.Text("### Run it again"));
        blocks.add(new Block.Code("sh", "./unroll lab " + result.experiment().name()));
        blocks.add(
                new Block.Text(
                        String.format(
                                Locale.ROOT,
                                "This run took %.0f seconds. The code can be pasted into"
                                        + " `./unroll jshell`.",
                                result.seconds())));
        blocks.add(
                new Block.Folded(
                        "The code", List.of(new Block.Code("java", source(result.experiment())))));
        blocks.add(new Block.Text("### Exercises\n\n" + story.filled("Exercises", finding)));
        return blocks;
    }

    /** {@return the experiment's class as it was written, without its package} */
    public static String source(Experiment experiment) {
        Class<?> type = experiment.getClass();
        String text = resource(type, type.getSimpleName() + ".java");
        return text.substring(text.indexOf(';') + 1).strip();
    }

    private static String resource(Class<?> beside, String file) {
        try (InputStream in =
                Objects.requireNonNull(beside.getResourceAsStream(file), "no file " + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
