package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands from end to end on a training that is too short to be good. */
class CommandsTest {
    @TempDir static Path folder;
    private static Run quickstart = new Run(-1, "", "");

    private static String run() {
        return folder.resolve("quick").toString();
    }

    @BeforeAll
    static void train_a_little() {
        quickstart =
                Run.of(
                        "quickstart",
                        "--json",
                        "--run",
                        run(),
                        "data.examples=300",
                        "data.heldOut=20",
                        "training.epochs=1",
                        "training.schedule.warmup=2",
                        "model.hidden=8");
    }

    /** Standard output as the one JSON object it must be. */
    private static JsonNode json(Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode node = JsonMapper.shared().readTree(run.out());
        assertThat(node.isObject()).isTrue();
        assertThat(run.out().strip().lines()).hasSize(1);
        return node;
    }

    @Test
    void quickstart_ends_in_an_object_with_its_figures() {
        JsonNode figures = json(quickstart);
        assertThat(figures.path("exactMatch").asDouble(-1)).isBetween(0.0, 1.0);
        assertThat(figures.path("seconds").asDouble()).isPositive();
        assertThat(figures.path("examples").asInt()).isEqualTo(300);
        assertThat(figures.path("backend").asString()).isEqualTo("vector");
    }

    @Test
    void translate_answers_a_text_a_file_and_says_more_as_json() throws IOException {
        Run one = Run.of("translate", run(), "mardi 5 juin 2018");
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(one.out().lines()).hasSize(1);

        Path file = Files.writeString(folder.resolve("dates.txt"), "5 juin 2018\n\n6 mai 1999\n");
        assertThat(Run.of("translate", run(), file.toString()).out().split("\n", -1)).hasSize(4);

        JsonNode best = json(Run.of("translate", run(), "5 juin 2018", "--n-best", "3", "--json"));
        JsonNode candidates = best.path("translations").path(0).path("candidates");
        assertThat(candidates.size()).isEqualTo(3);
        assertThat(candidates.path(0).path("score").asDouble())
                .isGreaterThanOrEqualTo(candidates.path(1).path("score").asDouble());
    }

    @Test
    void evaluate_gives_its_figures_as_json_and_for_people() {
        JsonNode figures = json(Run.of("evaluate", run(), "--json"));
        assertThat(figures.propertyNames())
                .contains("bleu", "chrf", "signature", "sentences", "seconds", "exactMatch");
        assertThat(figures.path("sentences").asInt()).isEqualTo(20);
        assertThat(Run.of("evaluate", run()).out()).contains("BLEU").contains("chrF");
    }

    @Test
    void inspect_shows_layers_and_what_the_run_was_trained_on() {
        Run text = Run.of("inspect", run());
        assertThat(text.out()).contains("encoder.layers.weight_ih_l0").contains("set: \"dates\"");
        JsonNode contents = json(Run.of("inspect", run(), "--json"));
        long sum = 0;
        for (JsonNode layer : contents.path("layers")) {
            sum += layer.path("parameters").asLong();
        }
        assertThat(contents.path("parameters").asLong()).isEqualTo(sum).isPositive();
    }

    @Test
    void train_goes_on_with_a_run_and_refuses_another_recipe_in_its_folder() {
        JsonNode more = json(Run.of("train", run(), "training.epochs=2", "--json"));
        assertThat(more.path("steps").asLong()).isPositive();
        Run other = Run.of("train", "quickstart", "--run", run(), "model.hidden=9");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("--run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"translate", "evaluate", "inspect"})
    void a_folder_that_is_no_run_is_refused_in_one_line(String command) {
        Run result = Run.of(command, folder.resolve("nowhere").toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().strip().lines()).hasSize(1);
        assertThat(result.err()).contains("unroll train");
    }

    @Test
    void a_misspelt_key_is_refused_and_the_right_one_named() {
        Run result = Run.of("train", "quickstart", "training.epoch=3");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("did you mean 'training.epochs'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "translate", "evaluate", "inspect"})
    void a_command_without_its_argument_is_wrong_usage(String command) {
        assertThat(Run.of(command).exitCode()).isEqualTo(2);
    }

    @Test
    void a_recipe_that_does_not_exist_says_what_can_be_given() {
        Run result = Run.of("train", "nothing-like-it");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("there is no recipe nothing-like-it", "unroll recipes");
    }

    @Test
    void a_misspelt_recipe_is_answered_with_the_right_one() {
        Run result = Run.of("train", "imdbb");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("did you mean 'imdb'", "unroll recipes");
    }

    @Test
    void recipes_lists_each_with_its_task_and_what_it_shows() throws IOException {
        Run text = Run.of("recipes");
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out())
                .containsPattern("imdb +classify +Film reviews, liked or not: many to one\\.");
        JsonNode all = json(Run.of("recipes", "--json")).path("recipes");
        assertThat(all)
                .extracting(recipe -> recipe.path("name").asString())
                .contains("imdb", "multi30k-de-en-transformer", "quickstart")
                .isSorted();
        assertThat(all)
                .allSatisfy(recipe -> assertThat(recipe.path("about").asString()).isNotBlank());
    }

    @Test
    void a_change_that_a_run_does_not_allow_is_refused_by_its_key() {
        Run other = Run.of("train", run(), "model.hidden=9");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("'model.hidden' differs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void a_hidden_size_below_1_is_refused_by_its_key(String size) {
        Run refused = Run.of("train", "quickstart", "--run=" + run() + "x", "model.hidden=" + size);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("'model.hidden' is at least 1, not " + size);
    }

    @Test
    void a_recipe_that_is_written_has_no_limit_that_nobody_set() throws IOException {
        assertThat(Files.readString(folder.resolve("quick/recipe.yaml")))
                .doesNotContain("minutes: 525600")
                .contains("model:");
    }

    @Test
    void the_end_of_a_training_says_which_weights_are_kept_and_why() {
        assertThat(quickstart.err())
                .containsPattern(
                        "kept: the weights of step \\d+, epoch \\d+, with the \\w+ \\w+ \\(");
    }
}
