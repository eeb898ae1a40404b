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
        assertThat(SentenceSplitter.sentences("Mr. ".repeat(many) + "A")).hasSize(1);
        assertThat(SentenceSplitter.sentences("A. " + "(".repeat(many) + "He. B. ".repeat(many)))
                .hasSize(many + 1);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "I met Mr. Smith. He left at 5 p.m. today. | I met Mr. Smith . # He left at 5 p.m."
                        + " today .",
                "He left at 5 p.m. Mary stayed. | He left at 5 p.m. # Mary stayed .",
                "Ask Dr.  Who and Prof. \"X\" Y, e.g. Tuesdays. | Ask Dr. Who and Prof. \" X \""
                        + " Y , e.g. Tuesdays .",
                "J. Smith met J. R. R. Tolkien, J.K. Rowling and A. Hall. | J. Smith met J. R. R."
                        + " Tolkien , J.K. Rowling and A. Hall .",
                "The U.S. Army left the U.S. It is in the U.S. now. | The U.S. Army left the U.S. #"
                        + " It is in the U.S. now .",
                "So did I. Mary and I. He too. | So did I. # Mary and I. # He too .",
                "I. Newton met J. I. Smith. | I. Newton met J. I. Smith .",
                "It is Acme Inc. They make it, etc. and so on. Yes. | It is Acme Inc. # They make it"
                        + " , etc. and so on . # Yes .",
                "See No. 5, Fig. A vs. (B), Jan. 3. No. Fine. | See No. 5 , Fig. A vs. ( B ) , Jan. 3"
                        + " . # No. # Fine .",
                "Ask the Mr. | Ask the Mr.",
                "He said \"No Dr.\" She left. | He said \" No Dr. \" # She left ."
            })
    void sentences_do_not_end_within_names_and_times(String text, String sentences) {
        assertThat(
                        WordSplitter.sentences(text).stream()
                                .map(words -> String.join(" ", words))
                                .toList())
                .isEqualTo(List.of(sentences.split(" # ")));
    }

    @Test
    void a_title_at_a_lines_end_ends_the_sentence() {
        assertThat(WordSplitter.sentences("Ask Mr.\nSmith.")).hasSize(2);
    }
}
