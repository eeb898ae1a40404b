package dev.unroll.tasks.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTagsTest {

    private static final String SENTENCE = "to\tSMALL\nwalk\tVERB\n\n";

    @TempDir Path folder;

    @Test
    void shares_of_one_file_are_set_aside() throws IOException {
        Corpus<TaggedSentence> data = of(write("a.tsv", SENTENCE.repeat(20)), "", "");
        assertThat(data.train()).hasSize(16);
        assertThat(data.validation()).hasSize(2);
        assertThat(data.test()).hasSize(2);
        assertThat(data.labels()).containsExactly("SMALL", "VERB");
        assertThat(data.remarks()).isEmpty();
    }

    @Test
    void other_files_take_the_place_of_shares() throws IOException {
        String other = write("b.tsv", SENTENCE.repeat(3));
        Corpus<TaggedSentence> data = of(write("a.tsv", SENTENCE.repeat(20)), other, other);
        assertThat(data.train()).hasSize(20);
        assertThat(data.validation()).hasSize(3);
        assertThat(data.test()).hasSize(3);
    }

    @Test
    void a_sentence_with_a_bad_line_is_told_and_the_others_are_used() throws IOException {
        String text = SENTENCE.repeat(2) + "to SMALL\nwalk\tVERB\nrun\n\n" + SENTENCE.repeat(20);
        Corpus<TaggedSentence> data = of(write("a.tsv", text), "", "");
        assertThat(data.remarks())
                .hasSize(2)
                .first()
                .asString()
                .contains("22 sentences are used, 1 cannot be read");
        assertThat(data.remarks().get(1))
                .endsWith("a.tsv:7: it has 1 columns; expected a word, a tab and a tag");
    }

    @Test
    void a_file_that_is_mostly_bad_or_empty_is_refused() {
        String bad = write("a.tsv", "to SMALL\n\n" + SENTENCE.repeat(3));
        assertThatThrownBy(() -> of(bad, "", ""))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("1 of 4 sentences cannot be read", "a.tsv:1: ");
        String empty = write("b.tsv", "");
        assertThatThrownBy(() -> of(empty, "", ""))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.tsv: is empty");
    }

    @Test
    void no_file_and_too_few_sentences_are_refused() {
        assertThatThrownBy(() -> of("", "", ""))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'data.file' is missing");
        String few = write("a.tsv", SENTENCE.repeat(2));
        assertThatThrownBy(() -> of(few, "", ""))
                .hasMessageContaining(
                        "a.tsv: with 1 for validation and 1 for the test, nothing is left");
    }

    @Test
    void columns_that_are_named_make_the_file_a_table() throws IOException {
        String file = write("a.tsv", "id\twords\ttags\n" + "1\tto walk\tSMALL VERB\n".repeat(20));
        TaggingRecipe recipe =
                RecipeFile.parse(
                        TaggingRecipe.class,
                        """
                        task: tag
                        data: {file: '%s', text: words}
                        model: {kind: lstm}
                        """
                                .formatted(file));
        assertThat(recipe.data().tags()).isEqualTo("tags");
        assertThat(RecipeFile.parse(TaggingRecipe.class, RecipeFile.write(recipe)))
                .isEqualTo(recipe);
        Corpus<TaggedSentence> data =
                TaggedSentences.of(recipe.data(), 1, DataFiles.standard(ProgressListener.SILENT));
        assertThat(data.train()).hasSize(16);
        assertThat(data.labels()).containsExactly("SMALL", "VERB");
        assertThat(data.test().getFirst().words()).containsExactly("to", "walk");
    }

    private static Corpus<TaggedSentence> of(String file, String validation, String test)
            throws IOException {
        return TaggedSentences.of(
                new TaggingData("own", file, "", "", validation, test, 0.1, 0.1),
                1,
                DataFiles.standard(ProgressListener.SILENT));
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
