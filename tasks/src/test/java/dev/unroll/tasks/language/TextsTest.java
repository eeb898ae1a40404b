package dev.unroll.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @TempDir Path folder;

    /** Outside the first plane; of two emoji and a joiner; of a letter and an accent; a flag. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\ude00",
                "\ud83d\udc69\u200d\ud83d\ude80",
                "e\u0301",
                "\ud83c\udde9\ud83c\uddea"
            })
    void a_text_is_cut_between_characters(String character) {
        String text = character.repeat(10);
        for (double share = 0.01; share < 1; share += 0.01) {
            Corpus<String> parts = Texts.of("text", text, share);
            String train = parts.train().getFirst();
            assertThat(train + parts.validation().getFirst()).isEqualTo(text);
            assertThat(train.length() % character.length()).as("share %s", share).isZero();
        }
    }

    @Test
    void the_place_of_a_cut_between_plain_letters_is_the_share() {
        assertThat(Texts.of("text", "abcdefghij", 0.3).train()).containsExactly("abcdefg");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_a_text() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "\ufeffabcdefghij");
        LanguageRecipe recipe =
                RecipeFile.parse(
                        LanguageRecipe.class,
                        "task: generate\ndata: {file: '%s', validation: 0.1}\nmodel: {kind: gru}\n"
                                .formatted(file));
        Corpus<String> text = Texts.of(recipe.data(), DataFiles.standard(ProgressListener.SILENT));
        assertThat(text.train()).containsExactly("abcdefghi");
    }
}
