package dev.unroll.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.fetch.DataFolders.Place;
import dev.unroll.data.sets.Multi30k;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

    @Test
    void a_recipe_that_names_multi30k_gets_its_published_splits() throws IOException {
        assumeTrue(
                DataFolders.standard().place(new Multi30k().about()) != Place.ABSENT,
                "needs the data set multi30k: run 'unroll data fetch multi30k', or name a folder"
                        + " that has it in UNROLL_DATA");
        Corpus<Pair> corpus = Pairs.of(recipe("multi30k", "en", "de"), 1);
        assertThat(corpus.name()).isEqualTo("multi30k, en to de");
        assertThat(corpus.train()).hasSize(29_000);
        assertThat(corpus.validation()).hasSize(1_014);
        assertThat(corpus.test()).hasSize(1_000);
        assertThat(corpus.test())
                .element(0)
                .extracting(Pair::source)
                .isEqualTo("A man in an orange hat starring at something.");
    }

    @Test
    void languages_that_a_set_does_not_have_are_a_mistake_in_the_recipe() {
        assertThatThrownBy(() -> Pairs.of(recipe("tatoeba-en-fr", "en", "de"), 1))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("'data.from'", "'data.to'", "[en, fr]");
    }

    private static TranslationData recipe(String set, String from, String to) {
        return new TranslationData(set, "", from, to, 40_000, 1_000, 128);
    }

    @Test
    void a_table_of_your_own_gives_pairs_and_names_the_rows_that_cannot_be_read(@TempDir Path dir)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of("english,french"));
        for (int i = 0; i < 40; i++) {
            lines.add("word %d,mot %d".formatted(i, i));
        }
        lines.set(7, "only one");
        Path file = Files.write(dir.resolve("pairs.csv"), lines);
        Corpus<Pair> corpus =
                Pairs.of(
                        new TranslationData("own", file.toString(), "english", "french", 1, 1, 128),
                        1);
        assertThat(corpus.test()).contains(new Pair("word 1", "mot 1"));
        assertThat(corpus.train().size() + corpus.validation().size() + corpus.test().size())
                .isEqualTo(39);
        assertThat(corpus.remarks()).anyMatch(r -> r.startsWith(file + ":8: "));
    }
}
