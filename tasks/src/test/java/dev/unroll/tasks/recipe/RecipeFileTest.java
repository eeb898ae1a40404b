package dev.unroll.tasks.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeFileTest {
    private static final String SMALL =
            """
            data: {set: dates}
            model: {kind: lstm}
            """;

    private static TranslationRecipe read(String yaml, String... changes) {
        return (TranslationRecipe) RecipeFile.parse(yaml, List.of(changes), "test.yaml");
    }

    @Test
    void what_is_left_out_has_its_usual_value() {
        TranslationRecipe recipe = read(SMALL);
        assertThat(recipe.training().epochs()).isEqualTo(10);
        assertThat(recipe.decoding().beam()).isEqualTo(1);
        assertThat(recipe.model())
                .isInstanceOfSatisfying(
                        ModelRecipe.Recurrent.class,
                        model -> assertThat(model.bidirectional()).isTrue());
    }

    @Test
    void a_change_replaces_one_key_and_leaves_the_others() {
        TranslationRecipe recipe =
                read(SMALL, "training.epochs=3", "model.hidden=7", "decoding.beam=5");
        assertThat(recipe.training().epochs()).isEqualTo(3);
        assertThat(recipe.decoding().beam()).isEqualTo(5);
        assertThat(((ModelRecipe.Recurrent) recipe.model()).hidden()).isEqualTo(7);
    }

    @Test
    void a_recipe_that_is_written_reads_the_same() {
        TranslationRecipe lstm =
                read(SMALL, "training.deciding=exact-match", "tokenizer.kind=byte-pair");
        TranslationRecipe transformer =
                read("data: {set: multi30k, from: de, to: en}\nmodel: {kind: transformer}");
        assertThat(RecipeFile.parse(RecipeFile.write(lstm), List.of(), "again")).isEqualTo(lstm);
        assertThat(RecipeFile.parse(RecipeFile.write(transformer), List.of(), "again"))
                .isEqualTo(transformer);
    }

    @Test
    void a_kind_brings_the_keys_of_its_own_model() {
        TranslationRecipe recipe =
                read("data: {set: dates}\nmodel: {kind: transformer, positions: rotary, heads: 2}");
        assertThat(recipe.model())
                .isInstanceOfSatisfying(
                        ModelRecipe.Transformer.class,
                        model -> assertThat(model.positions()).isEqualTo(Positions.Kind.ROTARY));
        assertThatThrownBy(() -> read("data: {set: dates}\nmodel: {kind: lstm, heads: 2}"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("heads");
    }

    @ParameterizedTest
    @CsvSource({
        "training.epoch=3, training.epoch, training.epochs",
        "trainin.epochs=3, trainin, training",
        "model.hiden=3, model.hiden, model.hidden",
        "tokenizer.vocab=3, tokenizer.vocab, tokenizer.vocabulary",
        "decoding.beams=3, decoding.beams, decoding.beam"
    })
    void an_unknown_key_is_refused_and_the_nearest_named(
            String change, String wrong, String nearest) {
        assertThatThrownBy(() -> read(SMALL, change))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("test.yaml")
                .hasMessageContaining("'" + wrong + "'")
                .hasMessageContaining("did you mean '" + nearest + "'?");
    }

    static Stream<List<String>> wrongValues() {
        return Stream.of(
                List.of("training.epochs=0", "training.epochs"),
                List.of("training.rate=-1", "training.rate"),
                List.of("training.rate=.nan", "training.rate"),
                List.of("training.smoothing=1", "training.smoothing"),
                List.of("model.dropout=1.5", "model.dropout"),
                List.of("model.hidden=0", "model.hidden"),
                List.of("decoding.beam=0", "decoding.beam"),
                List.of("training.epochs=many", "epochs"),
                List.of("training.deciding=luck", "deciding"),
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
                    training.epochs=many | 'training.epochs' is a whole number, not 'many'
                    training.rate=fast | 'training.rate' is a number, not 'fast'
                    tokenizer.lowercase=perhaps | 'tokenizer.lowercase' is true or false, not 'perhaps'
                    training.deciding=luck | 'training.deciding' is loss,
                    tokenizer.kind=byte-pairs | byte-pair
                    model.kind=perceptron | 'model.kind' is elman, lstm, gru or transformer, not 'perceptron'
                    training=3 | 'training' is keys and values, indented below it
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
        Recipe recipe = RecipeFile.parse(yaml.replace("colums", "columns"), List.of(), "test.yaml");
        assertThat(RecipeFile.parse(RecipeFile.write(recipe), List.of(), "written"))
                .isEqualTo(recipe);
    }

    @ParameterizedTest
    @CsvSource({"taggg, tag", "clasify, classify", "'[tag]', tag"})
    void a_task_that_there_is_not_is_refused_and_the_nearest_named(String task, String nearest) {
        assertThatThrownBy(() -> read("task: " + task + "\n" + SMALL))
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
        assertThatThrownBy(() -> RecipeFile.read(folder.resolve("no.yaml"), List.of()))
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
                assertThat(RecipeFile.read(recipe, List.of())).isNotNull();
            }
        }
    }
}
