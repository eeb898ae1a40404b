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
