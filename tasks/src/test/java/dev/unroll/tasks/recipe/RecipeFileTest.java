package dev.unroll.tasks.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unroll.nn.layers.Positions;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.train.AdamW;
import dev.unroll.train.Schedule;
import dev.unroll.train.Sgd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RecipeFileTest {
    private static final String SMALL =
            """
            task: translate
            data: {set: dates}
            model: {kind: lstm}
            """;

    private static TranslationRecipe read(String yaml, String... changes) {
        return (TranslationRecipe)
                Tasks.parse(yaml, List.of(changes), "test.yaml", new ArrayList<>());
    }

    @Test
    void what_is_left_out_has_its_usual_value() {
        TranslationRecipe recipe = read(SMALL);
        assertThat(recipe.training().epochs()).isEqualTo(10);
        assertThat(recipe.decoding().beam()).isEqualTo(1);
        assertThat(recipe.model())
                .isInstanceOfSatisfying(
                        NetworkRecipe.Recurrent.class,
                        model -> assertThat(model.layers()).isEqualTo(1));
    }

    @Test
    void an_emoji_may_stand_anywhere_in_a_recipe() {
        for (int length = 1_000; length < 1_060; length++) {
            String comment = "# " + "x".repeat(length - SMALL.length()) + "\ud83d\ude00 smile\n";
            assertThat(read(SMALL + comment).decoding().beam()).isEqualTo(1);
        }
    }

    @Test
    void more_layers_than_a_thousand_are_refused() {
        assertThatThrownBy(() -> read(SMALL, "model.layers=11111111"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'model.layers' is at most 1,000, not 11,111,111");
    }

    @Test
    void a_change_replaces_one_key_and_leaves_the_others() {
        TranslationRecipe recipe =
                read(SMALL, "training.epochs=3", "model.hidden=7", "decoding.beam=5");
        assertThat(recipe.training().epochs()).isEqualTo(3);
        assertThat(recipe.decoding().beam()).isEqualTo(5);
        assertThat(((NetworkRecipe.Recurrent) recipe.model()).hidden()).isEqualTo(7);
    }

    @Test
    void a_recipe_that_is_written_reads_the_same() {
        TranslationRecipe lstm =
                read(
                        SMALL,
                        "training.validation={monitor: exact-match, patience: 3}",
                        "training.optimiser={kind: sgd, nesterov: true, decay: 0.25}",
                        "training.schedule={kind: plateau, warmup: 7}",
                        "training.minutes=2.5",
                        "tokenizer.kind=byte-pair");
        TranslationRecipe transformer =
                read(
                        "task: translate\ndata: {set: multi30k, from: de, to: en}\nmodel: {kind: transformer}");
        assertThat(Tasks.parse(RecipeFile.write(lstm), List.of(), "again", new ArrayList<>()))
                .isEqualTo(lstm);
        assertThat(
                        Tasks.parse(
                                RecipeFile.write(transformer),
                                List.of(),
                                "again",
                                new ArrayList<>()))
                .isEqualTo(transformer);
    }

    @Test
    void a_kind_brings_the_keys_of_its_own_model() {
        TranslationRecipe recipe =
                read(
                        "task: translate\ndata: {set: dates}\nmodel: {kind: transformer, positions: rotary, heads: 2}");
        assertThat(recipe.model())
                .isInstanceOfSatisfying(
                        NetworkRecipe.Transformer.class,
                        model -> assertThat(model.positions()).isEqualTo(Positions.Kind.ROTARY));
        assertThatThrownBy(
                        () ->
                                read(
                                        "task: translate\ndata: {set: dates}\nmodel: {kind: lstm, heads: 2}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("heads");
    }

    @ParameterizedTest
    @CsvSource({
        "training.epoch=3, training.epoch, training.epochs",
        "trainin.epochs=3, trainin, training",
        "model.hiden=3, model.hiden, model.hidden",
        "tokenizer.vocab=3, tokenizer.vocab, tokenizer.vocabulary",
        "decoding.beams=3, decoding.beams, decoding.beam",
        "training.validation.monitr=loss, training.validation.monitr, training.validation.monitor"
    })
    void an_unknown_key_is_refused_and_the_nearest_named(
            String change, String wrong, String nearest) {
        assertThatThrownBy(() -> read(SMALL, change))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("test.yaml")
                .hasMessageContaining("'" + wrong + "'")
                .hasMessageContaining("did you mean '" + nearest + "'?");
    }

    @ParameterizedTest
    @CsvSource({
        "rate=1, learningRate",
        "smoothing=0.1, labelSmoothing",
        "deciding=bleu, validation.monitor",
        "measureEvery=7, validation.every",
        "patience=2, validation.patience",
        "average=2, validation.average",
        "momentum=0.9, optimiser.momentum",
        "decay=0.1, optimiser.decay",
        "warmup=10, schedule.warmup",
        "plateau=2, schedule.patience",
        "clipValue=1, clip.value"
    })
    void a_key_that_had_another_name_is_answered_with_the_one_it_has(String change, String now) {
        String old = change.substring(0, change.indexOf('='));
        assertThatThrownBy(() -> read(SMALL, "training." + change))
                .isInstanceOf(RecipeException.class)
                .hasMessage("test.yaml: 'training.%s' is now 'training.%s'".formatted(old, now));
    }

    @ParameterizedTest
    @CsvSource({
        "patch, patches.size, is now",
        "heads, patches.heads, write",
        "changes.shift, changes.geometry.shift, write",
        "changes.noise, changes.pixels.noise, write"
    })
    void a_key_that_stands_further_in_is_answered_with_its_place(
            String wrong, String right, String told) {
        String yaml = "task: caption\ndata: {folder: a}\nmodel: {kind: lstm}\n";
        assertThatThrownBy(
                        () ->
                                Tasks.parse(
                                        yaml,
                                        List.of("image." + wrong + "=0.1"),
                                        "test.yaml",
                                        new ArrayList<>()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'image.%s'".formatted(wrong))
                .hasMessageContaining("%s 'image.%s'".formatted(told, right));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    translate | set: dates
                    classify | file: a.csv
                    generate | file: a.txt
                    tag | file: a.conllu
                    caption | {folder: a, captions: a.csv}
                    label-frames | {file: a.csv, columns: [x]}
                    segment-masks | {frames: a, masks: b}
                    """)
    void a_recipe_may_leave_out_all_but_its_data_and_its_model(String task, String data) {
        String keys = data.startsWith("{") ? data : "{" + data + "}";
        Recipe recipe =
                Tasks.parse(
                        "{task: " + task + ", data: " + keys + ", model: {kind: gru}}",
                        List.of(),
                        "test.yaml",
                        new ArrayList<>());
        assertThat(recipe.training()).isEqualTo(read(SMALL).training());
        assertThat(Tasks.parse(RecipeFile.write(recipe), List.of(), "again", new ArrayList<>()))
                .isEqualTo(recipe);
    }

    /** A record that stays closed to Jackson: one of the JDK's own. */
    @Test
    void a_record_that_is_not_opened_to_jackson_says_what_to_open()
            throws ReflectiveOperationException {
        Class<?> closed = Class.forName("jdk.internal.foreign.abi.Binding$Dup");
        JacksonException failure =
                catchThrowableOfType(
                        JacksonException.class, () -> new YAMLMapper().readValue("{}", closed));
        assertThat(Mistakes.told(failure))
                .contains(
                        closed.getName(),
                        "add 'opens jdk.internal.foreign.abi to tools.jackson.databind;'");
    }

    @Test
    void an_optimiser_and_a_schedule_are_described_by_the_keys_of_their_kind() {
        TrainingRecipe training =
                read(
                                SMALL,
                                "training.optimiser={kind: sgd, nesterov: true}",
                                "training.schedule={kind: plateau, factor: 0.1}")
                        .training();
        assertThat(training.optimiser()).isEqualTo(new Sgd(0.9, true, 0));
        assertThat(training.schedule()).isEqualTo(new Schedule.Plateau(0, 0.1, 2));
        assertThat(read(SMALL, "training.optimiser={kind: adamw, decay: 0}").training().optimiser())
                .isEqualTo(new AdamW(0.9, 0.999, 1e-8, 0));
    }

    @Test
    void a_limit_that_is_left_out_is_not_written() {
        String written = RecipeFile.write(read(SMALL));
        assertThat(written)
                .contains("kind: \"adam\"", "norm: 1.0")
                .doesNotContain("\n  minutes", "patience", "value", "null");
        TranslationRecipe none = read(SMALL, "training.clip={}");
        assertThat(none.training().clip()).isEqualTo(new ClipRecipe(null, null));
        assertThat(Tasks.parse(RecipeFile.write(none), List.of(), "again", new ArrayList<>()))
                .isEqualTo(none);
    }

    static Stream<List<String>> wrongValues() {
        return Stream.of(
                List.of("training.epochs=0", "training.epochs"),
                List.of("training.learningRate=-1", "training.learningRate"),
                List.of("training.learningRate=.nan", "training.learningRate"),
                List.of("training.labelSmoothing=1", "training.labelSmoothing"),
                List.of("model.dropout=1.5", "model.dropout"),
                List.of("model.hidden=0", "model.hidden"),
                List.of("decoding.beam=0", "decoding.beam"),
                List.of("training.epochs=many", "epochs"),
                List.of("training.validation.monitor=luck", "training.validation.monitor"),
                List.of("training.validation.patience=0", "training.validation.patience"),
                List.of("training.clip.norm=0", "training.clip.norm"),
                List.of("model.kind=perceptron", "kind"),
                List.of("data.set=everything", "set"),
                List.of("training", "key=value"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void a_wrong_value_is_refused_by_name(List<String> changeAndName) {
        assertThatThrownBy(() -> read(SMALL, changeAndName.get(0)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("test.yaml")
                .hasMessageContaining(changeAndName.get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    training.epochs= | 'training.epochs=' has no value; write key=value
                    training.optimiser={kind: adam, momentum: 0.9} | unknown key 'training.optimiser.momentum'; beside this 'kind' there can be beta1, beta2 and epsilon
                    training.schedule={kind: cosine, warmp: 3} | unknown key 'training.schedule.warmp'; beside this 'kind' there can be warmup
                    training.epochs=many | 'training.epochs' is a whole number, not 'many'
                    training.learningRate=fast | 'training.learningRate' is a number, not 'fast'
                    tokenizer.lowercase=perhaps | 'tokenizer.lowercase' is true or false, not 'perhaps'
                    training.validation.monitor=luck | 'training.validation.monitor' is loss,
                    tokenizer.kind=byte-pairs | byte-pair
                    model.kind=perceptron | 'model.kind' is elman, elman-relu, elman-sigmoid, lstm, gru, mingru, minlstm, mlp or transformer, not 'perceptron'
                    training=3 | 'training' is keys and values, indented below it
                    training.optimiser=adam | 'training.optimiser' is keys and values, such as {kind: adam}
                    training.schedule=linear | 'training.schedule' is keys and values, such as {kind: cosine, warmup: 100}
                    training.clip=1.0 | 'training.clip' is keys and values, such as {norm: 1}
                    training.optimiser={beta1: 0.5} | 'training.optimiser.kind' is missing; it is sgd, adam or adamw
                    training.optimiser={kind: adm} | 'training.optimiser.kind' is sgd, adam or adamw, not 'adm'
                    training.optimiser={kind: adamw, decay: much} | 'training.optimiser.decay' is a number, not 'much'
                    training.optimiser={kind: sgd, nesterov: perhaps} | 'training.optimiser.nesterov' is true or false, not 'perhaps'
                    training.optimiser={kind: sgd, momentum: 2} | 'training.optimiser': sgd: momentum in [0, 1) and decay from 0, not 2.0 and 0.0
                    training.schedule={kind: cosin} | 'training.schedule.kind' is constant, linear, cosine, inverse-square-root or plateau, not 'cosin'
                    training.schedule={kind: cosine, warmup: soon} | 'training.schedule.warmup' is a whole number, not 'soon'
                    """)
    void a_wrong_value_is_answered_with_what_is_right(String change, String told) {
        assertThatThrownBy(() -> read(SMALL, change))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(told.strip())
                .message()
                .doesNotContain("dev.unroll", "java.", "deserialize");
    }

    @Test
    void one_value_where_a_list_is_wanted_is_answered_with_a_list() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        task: label-frames
                                        data: {file: a.csv, columns: 3}
                                        model: {kind: lstm}
                                        """))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'data.columns' is a list, such as [a, b]");
    }

    @Test
    void an_element_of_a_list_is_answered_with_the_key_of_the_list() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        task: classify
                                        data: {file: a.csv}
                                        model: {pretrained: bert, lora: {layers: [query, valeu]}}
                                        """))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'model.lora.layers' is query, key,")
                .hasMessageContaining("not 'valeu'");
    }

    @Test
    void the_keys_of_data_of_ones_own_stand_beside_the_set_and_are_named_when_misspelt() {
        String yaml =
                """
                task: label-frames
                data: {file: a.csv, colums: [x]}
                model: {kind: lstm}
                """;
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("unknown key 'data.colums'; did you mean 'data.columns'?");
        Recipe recipe =
                Tasks.parse(
                        yaml.replace("colums", "columns"),
                        List.of(),
                        "test.yaml",
                        new ArrayList<>());
        assertThat(Tasks.parse(RecipeFile.write(recipe), List.of(), "written", new ArrayList<>()))
                .isEqualTo(recipe);
    }

    @ParameterizedTest
    @CsvSource({"taggg, tag", "clasify, classify", "'[tag]', tag"})
    void a_task_that_there_is_not_is_refused_and_the_nearest_named(String task, String nearest) {
        assertThatThrownBy(() -> read(SMALL, "task=" + task))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("test.yaml: unknown task")
                .hasMessageContaining("did you mean '" + nearest + "'?");
    }

    @ParameterizedTest
    @MethodSource("noRecipes")
    void what_is_no_recipe_is_refused(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("test.yaml");
    }

    static Stream<String> noRecipes() {
        return Stream.of(
                "", "42", "[1, 2]", "data: {set: dates}", "model: {kind: lstm}", "a: [", "{");
    }

    @Test
    void a_missing_file_says_where_recipes_are(@TempDir Path folder) {
        assertThatThrownBy(
                        () -> Tasks.read(folder.resolve("no.yaml"), List.of(), new ArrayList<>()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("no.yaml")
                .hasMessageContaining("recipes/");
    }

    @Test
    void every_recipe_that_comes_with_unroll_can_be_read() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "recipes"))) {
            List<Path> recipes = files.filter(f -> f.toString().endsWith(".yaml")).toList();
            assertThat(recipes).hasSizeGreaterThanOrEqualTo(4);
            for (Path recipe : recipes) {
                assertThat(Tasks.read(recipe, List.of(), new ArrayList<>())).isNotNull();
            }
        }
    }

    @Test
    void a_key_that_is_there_twice_is_refused_and_both_lines_named() {
        String twice =
                """
                task: classify
                training: {epochs: 3}
                data: {file: a.csv}
                model: {kind: gru}
                training: {epochs: 5}
                """;
        assertThatThrownBy(() -> RecipeFile.parse(ClassificationRecipe.class, twice))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'training' is there twice, in line 2 and in line 5");
        String inside = "task: classify\nmodel:\n  kind: gru\n  width: 8\n  width: 9\n";
        assertThatThrownBy(() -> RecipeFile.parse(ClassificationRecipe.class, inside))
                .hasMessageContaining("'model.width' is there twice, in line 4 and in line 5");
    }

    @Test
    void a_number_that_is_not_finite_is_refused_by_name() {
        String yaml = "task: classify\ndata: {file: a.csv}\nmodel: {kind: gru}\n";
        assertThatThrownBy(
                        () ->
                                RecipeFile.parse(
                                        ClassificationRecipe.class,
                                        yaml,
                                        "training.learningRate=1e400"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("'training.learningRate' is 1e400", "no finite number");
    }

    @Test
    void a_byte_that_is_not_utf8_is_named_by_file_and_line(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("recipe.yaml");
        Files.write(file, "task: classify\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> RecipeFile.task(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file
                                + ":2: byte 6 of the line is not UTF-8; save the file as text in UTF-8");
    }

    @Test
    void a_file_that_is_too_large_for_a_recipe_is_refused_before_it_is_read(@TempDir Path folder)
            throws IOException {
        Path large =
                Files.writeString(folder.resolve("large.yaml"), "task: " + "x".repeat(2 << 20));
        assertThatThrownBy(() -> Tasks.read(large, List.of(), new ArrayList<>()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("large.yaml: has 2,097,158 bytes, and a recipe has at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"balanced", "{pos: 19.0, neg: 0.5}"})
    void weights_of_classes_are_written_as_they_are_read(String weights) {
        ClassificationRecipe recipe =
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        "task: classify\ndata: {set: own}\nmodel: {kind: gru}\n",
                        "training.classWeights=" + weights);
        String written = RecipeFile.write(recipe);
        assertThat(written).contains("classWeights");
        assertThat(RecipeFile.parse(ClassificationRecipe.class, written)).isEqualTo(recipe);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "classify | training.classWeights=even | is balanced, or classes with their weights",
                "classify | training.classWeights.pos=0 | 'training.classWeights.pos' is a number above 0",
                "translate | training.classWeights=balanced | for tasks that choose among classes",
            })
    void weights_of_classes_that_cannot_be_are_refused(String task, String change, String why) {
        String yaml = "task: %s\ndata: {set: own}\nmodel: {kind: gru}\n".formatted(task);
        Class<? extends Recipe> type =
                task.equals("classify") ? ClassificationRecipe.class : TranslationRecipe.class;
        assertThatThrownBy(() -> RecipeFile.parse(type, yaml, change))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(why);
    }
}
