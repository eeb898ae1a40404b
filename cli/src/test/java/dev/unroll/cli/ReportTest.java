package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A page about trainings that are too short to be good. */
class ReportTest {
    @TempDir static Path folder;

    private static String run(String name) {
        return folder.resolve(name).toString();
    }

    private static void train(String name, String... more) {
        String[] small = {
            "train",
            "quickstart",
            "--run",
            run(name),
            "data.examples=300",
            "data.heldOut=20",
            "training.epochs=1",
            "training.batchTokens=400",
            "training.schedule.warmup=2"
        };
        String[] args = new String[small.length + more.length];
        System.arraycopy(small, 0, args, 0, small.length);
        System.arraycopy(more, 0, args, small.length, more.length);
        Run training = Run.of(args);
        assertThat(training.exitCode()).as(training.err()).isZero();
    }

    @BeforeAll
    static void train_two() {
        train("watched", "model.hidden=8", "--watch-every", "5");
        train("plain", "model.kind=transformer", "model.layers=1", "model.width=16");
    }

    private static String page(String... args) throws IOException {
        Path file = folder.resolve("page.html");
        String[] all = new String[args.length + 3];
        all[0] = "report";
        all[1] = "--out";
        all[2] = file.toString();
        System.arraycopy(args, 0, all, 3, args.length);
        Run report = Run.of(all);
        assertThat(report.exitCode()).as(report.err()).isZero();
        return Files.readString(file);
    }

    @Test
    void the_page_of_a_watched_run_has_curves_gradients_attention_examples_and_where_it_came_from()
            throws IOException {
        String page = page(run("watched"));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("Training loss")
                .contains("exactMatch")
                .contains("How much the loss feels each earlier input, by layer")
                .contains("How much flows back through the memory c")
                .contains("Values at the flat ends of gates and activations")
                .contains("Attention: decoder alignment, head 1")
                .contains("Examples of the validation set")
                .contains("language-yaml")
                .contains("batchTokens")
                .contains("processor");
        assertThat(page).doesNotContain("<script").doesNotContain("src=\"http");
    }

    @Test
    void runs_stand_side_by_side_and_one_that_was_not_watched_is_looked_at() throws IOException {
        String page = page(run("watched"), run("plain"));
        assertThat(page)
                .contains("2 runs side by side")
                .contains("The training was not watched")
                .contains("Entropy of attention");
    }

    @Test
    void a_brief_page_computes_nothing() throws IOException {
        assertThat(page(run("plain"), "--brief"))
                .contains("Training loss")
                .doesNotContain("Examples of the validation set")
                .doesNotContain("Entropy of attention");
    }

    @Test
    void the_answer_as_json_names_the_file() {
        Run report =
                Run.of(
                        "report",
                        run("plain"),
                        "--brief",
                        "--json",
                        "--out",
                        folder.resolve("j.html").toString());
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(JsonMapper.shared().readTree(report.out()).path("file").asString())
                .endsWith("j.html");
    }

    @Test
    void a_folder_that_is_no_run_and_one_without_a_step_are_refused() throws IOException {
        Run none = Run.of("report", run("none"));
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("is no run: it has no recipe.yaml");

        Path empty = Files.createDirectories(folder.resolve("empty"));
        Files.copy(folder.resolve("plain/recipe.yaml"), empty.resolve("recipe.yaml"));
        assertThat(Run.of("report", empty.toString()).err()).contains("has no metrics.jsonl");
        Files.writeString(empty.resolve("metrics.jsonl"), "");
        assertThat(Run.of("report", empty.toString()).err()).contains("nothing to report");
    }

    @Test
    void a_damaged_diagnosis_is_named_by_its_line() throws IOException {
        train("damaged", "model.hidden=8", "--watch-every", "5");
        Files.writeString(folder.resolve("damaged/diagnosis.jsonl"), "{\"step\": tru");
        Run damaged = Run.of("report", run("damaged"));
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.err()).contains("diagnosis.jsonl, line 1, is not a diagnosis");
    }

    @Test
    void more_than_eight_runs_are_refused() {
        String[] args = new String[10];
        Arrays.fill(args, run("plain"));
        args[0] = "report";
        assertThat(Run.of(args).err()).contains("at most 8 runs side by side, not 9");
    }
}
