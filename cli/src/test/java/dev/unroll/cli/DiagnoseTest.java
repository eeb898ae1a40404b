package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Eyes on a training that is too short to be good. */
class DiagnoseTest {
    private static final String[] SMALL = {
        "data.examples=300",
        "data.heldOut=20",
        "training.epochs=1",
        "training.batchTokens=400",
        "training.schedule.warmup=2",
        "model.hidden=8"
    };

    @TempDir static Path folder;
    private static Run training = new Run(-1, "", "");

    @BeforeAll
    static void train_a_little_and_watch() {
        training = train("watched", "--watch-every", "5");
    }

    private static Run train(String name, String... options) {
        String[] args = new String[4 + options.length + SMALL.length];
        args[0] = "train";
        args[1] = "quickstart";
        args[2] = "--run";
        args[3] = folder.resolve(name).toString();
        System.arraycopy(options, 0, args, 4, options.length);
        System.arraycopy(SMALL, 0, args, 4 + options.length, SMALL.length);
        return Run.of(args);
    }

    private static String run() {
        return folder.resolve("watched").toString();
    }

    @Test
    void a_watched_training_prints_verdicts_and_writes_them_into_the_run() throws IOException {
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.err()).containsPattern("step 5: (healthy|vanishing|saturated|dead)");
        assertThat(Files.readAllLines(folder.resolve("watched/diagnosis.jsonl")))
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        line ->
                                assertThat(
                                                JsonMapper.shared()
                                                        .readTree(line)
                                                        .path("summary")
                                                        .asString())
                                        .isNotBlank());
    }

    @Test
    void tensorboard_gets_an_event_file() throws IOException {
        Run logged = train("logged", "--tensorboard");
        assertThat(logged.exitCode()).as(logged.err()).isZero();
        try (var files = Files.newDirectoryStream(folder.resolve("logged"), "events.out.tf*")) {
            Path file = files.iterator().next();
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(bytes)
                    .contains("brain.Event:2")
                    .contains("training/loss")
                    .contains("validation/bleu")
                    .contains("gradients/")
                    .contains("attention/");
        }
    }

    @Test
    void the_weights_are_the_same_as_without_a_watch() {
        Run plain = train("plain");
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(folder.resolve("watched/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("plain/model.safetensors"));
    }

    @Test
    void diagnose_prints_a_row_a_layer_and_the_verdict_last() {
        Run diagnosis = Run.of("diagnose", run());
        assertThat(diagnosis.exitCode()).as(diagnosis.err()).isZero();
        assertThat(diagnosis.out())
                .contains("gradient/weight")
                .contains("forget gate")
                .contains("spectral radius");
        assertThat(diagnosis.out().lines().toList().getLast())
                .matches("(healthy|vanishing|exploding|saturated|dead): .*");
    }

    @Test
    void diagnose_answers_with_one_json_object() {
        Run diagnosis = Run.of("diagnose", run(), "--json");
        assertThat(diagnosis.exitCode()).as(diagnosis.err()).isZero();
        assertThat(diagnosis.out().strip().lines()).hasSize(1);
        JsonNode figures = JsonMapper.shared().readTree(diagnosis.out());
        assertThat(figures.path("verdicts").path(0).path("kind").asString()).isNotBlank();
        assertThat(figures.path("parameters").size()).isGreaterThan(5);
        assertThat(figures.path("clipping").path("steps").asInt()).isPositive();
    }

    @Test
    void a_folder_that_is_no_run_is_refused() {
        Run none = Run.of("diagnose", folder.resolve("none").toString());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("is no run: it has no recipe.yaml");
    }

    @Test
    void a_run_without_a_course_is_refused() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("bare"));
        for (String file :
                new String[] {"recipe.yaml", "model.safetensors", "tokenizer.json", "fitted.txt"}) {
            Path from = folder.resolve("watched").resolve(file);
            if (Files.exists(from)) {
                Files.copy(from, copy.resolve(file));
            }
        }
        Run bare = Run.of("diagnose", copy.toString());
        assertThat(bare.exitCode()).isEqualTo(1);
        assertThat(bare.err()).contains("has no metrics.jsonl");
    }

    @Test
    void a_damaged_course_is_named_by_its_line() throws IOException {
        assertThat(train("damaged").exitCode()).isZero();
        Path metrics = folder.resolve("damaged/metrics.jsonl");
        Files.writeString(metrics, "{broken\n" + Files.readString(metrics));
        Run damaged = Run.of("diagnose", folder.resolve("damaged").toString());
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.err()).contains("metrics.jsonl, line 1, is not a JSON object");
    }

    @Test
    void a_number_beyond_what_a_double_holds_is_no_number() throws IOException {
        assertThat(train("huge").exitCode()).isZero();
        Path metrics = folder.resolve("huge/metrics.jsonl");
        String huge =
                "{\"event\":\"validate\",\"step\":1,\"epoch\":0,\"loss\":"
                        + "5".repeat(400)
                        + "}\n";
        Files.writeString(metrics, Files.readString(metrics) + huge);
        Run diagnosed = Run.of("diagnose", folder.resolve("huge").toString());
        assertThat(diagnosed.exitCode()).as(diagnosed.err()).isZero();
    }
}
