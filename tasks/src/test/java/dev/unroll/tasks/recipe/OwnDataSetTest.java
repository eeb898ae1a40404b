package dev.unroll.tasks.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.data.sets.LabelledTextSet;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.classification.LabelledTexts;
import dev.unroll.tasks.tagging.TaggingRecipe;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A data set that is added by this file and one line in {@code META-INF/services}. */
class OwnDataSetTest {

    /** Whether a number, written as text, is odd. */
    public record Parity() implements LabelledTextSet {
        private static final About ABOUT =
                About.of(
                        "parity",
                        "the numbers 0 to 99, even or odd",
                        "https://example.org/",
                        "public domain",
                        "Euclid: Elements, book IX");

        @Override
        public About about() {
            return ABOUT;
        }

        @Override
        public List<String> labels() {
            return List.of("even", "odd");
        }

        @Override
        public Splits<LabelledText> load(DataFiles files) {
            List<LabelledText> all =
                    IntStream.range(0, 100)
                            .mapToObj(i -> new LabelledText(labels().get(i % 2), "number " + i))
                            .toList();
            return new Splits<>(all.subList(0, 80), List.of(), all.subList(80, 100));
        }
    }

    @Test
    void a_recipe_loads_a_data_set_of_ones_own_by_its_name() throws IOException {
        ClassificationRecipe recipe =
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        """
                        task: classify
                        data: {set: parity, validation: 0.25}
                        tokenizer: {kind: words}
                        model: {kind: lstm}
                        """);
        Corpus<LabelledText> texts =
                LabelledTexts.of(recipe.data(), 1, DataFiles.standard(ProgressListener.SILENT));
        assertThat(texts.name()).isEqualTo("parity");
        assertThat(texts.labels()).containsExactly("even", "odd");
        assertThat(texts.train()).hasSize(60);
        assertThat(texts.validation()).hasSize(20);
        assertThat(texts.test())
                .hasSize(20)
                .first()
                .isEqualTo(new LabelledText("even", "number 80"));
        assertThat(RecipeFile.write(recipe)).contains("set: \"parity\"");
    }

    @Test
    void a_set_that_is_made_has_the_sizes_and_the_length_of_the_recipe() throws IOException {
        Corpus<LabelledText> texts = listOps("examples: 60, heldOut: 7, maxTokens: 40");
        assertThat(texts.train().size() + texts.validation().size()).isEqualTo(60);
        assertThat(texts.test()).hasSize(7);
        assertThat(texts.train().getFirst().text().split(" ")).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void what_a_set_that_is_made_cannot_make_is_refused() {
        assertThatThrownBy(() -> listOps("maxTokens: 3"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("'data'", "listops", "at least 5", "not 3");
        assertThatThrownBy(() -> listOps("examples: 0"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'data.examples' is at least 1, not 0");
        assertThatThrownBy(() -> listOps("heldOut: -1"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'data.heldOut' is at least 1, not -1");
    }

    private static Corpus<LabelledText> listOps(String data) throws IOException {
        ClassificationRecipe recipe =
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        """
                        task: classify
                        data: {set: listops, %s}
                        tokenizer: {kind: words}
                        model: {kind: lstm}
                        """
                                .formatted(data));
        return LabelledTexts.of(recipe.data(), 1, DataFiles.standard(ProgressListener.SILENT));
    }

    @Test
    void a_recipe_of_another_task_is_told_the_sets_with_examples_of_its_kind() {
        assertThatThrownBy(
                        () ->
                                RecipeFile.parse(
                                        TaggingRecipe.class,
                                        """
                                        task: tag
                                        data: {set: parity}
                                        model: {kind: lstm}
                                        """))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll(
                        "'data.set'", "'parity' has another kind of example", "ud-english-ewt")
                .hasMessageContaining("'own'");
    }
}
