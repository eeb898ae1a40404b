package dev.unroll.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.tasks.data.DataFolders;
import dev.unroll.tasks.data.DataFolders.Place;
import dev.unroll.tasks.data.Multi30k;
import dev.unroll.tasks.data.Pair;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.TranslationData;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CorpusTest {

    @Test
    void a_recipe_that_names_multi30k_gets_its_published_splits() throws IOException {
        assumeTrue(
                DataFolders.standard().place(new Multi30k()) != Place.ABSENT,
                "needs the data set multi30k: run 'unroll data fetch multi30k', or name a folder"
                        + " that has it in UNROLL_DATA");
        Corpus corpus = Corpus.of(recipe(TranslationData.Set.MULTI30K, "en", "de"), 1);
        assertThat(corpus.name()).isEqualTo("multi30k, en to de");
        assertThat(corpus.training()).hasSize(29_000);
        assertThat(corpus.validation()).hasSize(1_014);
        assertThat(corpus.test()).hasSize(1_000);
        assertThat(corpus.test())
                .element(0)
                .extracting(Pair::source)
                .isEqualTo("A man in an orange hat starring at something.");
    }

    @Test
    void languages_that_a_set_does_not_have_are_a_mistake_in_the_recipe() {
        assertThatThrownBy(() -> Corpus.of(recipe(TranslationData.Set.TATOEBA, "en", "de"), 1))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("'data.from'", "'data.to'", "[en, fr]");
    }

    private static TranslationData recipe(TranslationData.Set set, String from, String to) {
        return new TranslationData(set, from, to, null, null, null);
    }
}
