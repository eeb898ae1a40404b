package dev.unroll.tasks.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordSplitterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "What if it works? | What if it works ?",
                "Don't go, it's late. | Do n't go , it 's late .",
                "You cannot: they’ll say I'd won't. | You can not : they ’ll say I 'd wo n't .",
                "(He said \"well-known\"!!) | ( He said \" well - known \" !! )",
                "Mr. J. Smith of the U.S. paid $3,500.50 | Mr. J. Smith of the U.S. paid $ 3,500.50",
                "Wait... and/or 10:30, 50% | Wait ... and / or 10:30 , 50%",
                "See http://a.example/b?c=d, or me@x.example. | See http://a.example/b?c=d , or"
                        + " me@x.example .",
                "'quoted' words' | ' quoted ' words '",
                "the dogs' 's | the dogs ' 's",
                "漢字 😀 | 漢字 😀",
                "-- | --"
            })
    void words_are_found_as_treebanks_have_them(String text, String words) {
        assertThat(String.join(" ", WordSplitter.words(text))).isEqualTo(words);
    }

    /** None may take time by its square, or run out of stack. */
    @Test
    void words_without_end_are_split() {
        int many = 200_000;
        assertThat(WordSplitter.words("1.".repeat(many)))
                .containsExactly("1.".repeat(many - 1) + "1", ".");
        assertThat(WordSplitter.words("1.".repeat(450) + "1")).hasSize(1);
        assertThat(WordSplitter.words("a@b" + ".c".repeat(450))).hasSize(1);
        assertThat(WordSplitter.words("a@b" + ".c".repeat(many))).hasSize(1);
        assertThat(WordSplitter.words("\ud801\udc00.".repeat(300))).hasSize(1);
        assertThat(WordSplitter.words("!?".repeat(many))).hasSize(2 * many).startsWith("!", "?");
        assertThat(WordSplitter.words(".-".repeat(many))).hasSize(2 * many);
        assertThat(WordSplitter.words("a" + "'s".repeat(many))).hasSize(many + 1).endsWith("'s");
        assertThat(WordSplitter.words("a-".repeat(many) + "a")).hasSize(2 * many + 1);
    }

    @Test
    void lines_and_full_stops_end_sentences() {
        assertThat(WordSplitter.sentences("Time flies. Fruit flies\nlike it!  \n\n"))
                .containsExactly(
                        List.of("Time", "flies", "."),
                        List.of("Fruit", "flies"),
                        List.of("like", "it", "!"));
        assertThat(WordSplitter.sentences("")).isEmpty();
    }
}
