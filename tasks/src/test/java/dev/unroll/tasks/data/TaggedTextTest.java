package dev.unroll.tasks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedTextTest {

    private static final String CONLLU =
            """
            # sent_id = 1
            # text = Don't go.
            1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
            1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_
            2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
            3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
            3.1\tgone\tgo\tVERB\tVB\t_\t_\t_\t_\t_
            4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

            # text = Yes
            1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
            """;

    private static final String TABLE = "Do\tAUX\nn't\tPART\ngo\tVERB\n.\tPUNCT\n\n\nYes\tINTJ\n\n";

    private static final List<TaggedSentence> SENTENCES =
            List.of(
                    new TaggedSentence(
                            List.of("Do", "n't", "go", "."),
                            List.of("AUX", "PART", "VERB", "PUNCT")),
                    new TaggedSentence(List.of("Yes"), List.of("INTJ")));

    @TempDir Path folder;

    @Test
    void both_forms_give_the_same_sentences() throws IOException {
        Packed packed = new Packed(folder);
        assertThat(TaggedText.read(packed.plain("a.conllu", CONLLU))).isEqualTo(SENTENCES);
        assertThat(TaggedText.read(packed.plain("a.tsv", TABLE))).isEqualTo(SENTENCES);
        assertThat(TaggedText.read(packed.plain("b.tsv", TABLE.replace("\n", "\r\n"))))
                .isEqualTo(SENTENCES);
    }

    @Test
    void the_treebank_is_read_from_either_form() throws IOException {
        Packed published = new Packed(folder.resolve("published"));
        Packed other = new Packed(folder.resolve("other"));
        for (String split : List.of("train", "dev", "test")) {
            published.plain("ud-english-ewt/en_ewt-ud-" + split + ".conllu", CONLLU);
            other.plain("ud-english-ewt/" + split + ".tok_upos.tsv", TABLE);
        }
        UdEnglishEwt set = new UdEnglishEwt();
        assertThat(set.load(published.files()))
                .isEqualTo(new Splits<>(SENTENCES, SENTENCES, SENTENCES));
        assertThat(set.load(other.files())).isEqualTo(set.load(published.files()));
    }

    @ParameterizedTest
    @CsvSource({
        "a.tsv, 'go', 'it has 1 columns; expected a word, a tab and a tag'",
        "a.tsv, 'go\tVERB\tVB', 'it has 3 columns; expected a word, a tab and a tag'",
        "a.tsv, 'go\t ', the tag is blank",
        "a.tsv, ' \tVERB', the word is blank",
        "a.conllu, 'go\tVERB', it has 2 columns; a line of CoNLL-U has 10"
    })
    void a_malformed_line_is_refused_by_file_and_number(String name, String line, String why) {
        String first = name.equals("a.tsv") ? "Yes\tINTJ\n" : "# text = Yes\n";
        Path file = new Packed(folder).plain(name, first + line + "\n");
        assertThatThrownBy(() -> TaggedText.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(name + ":2: ", why);
    }

    @ParameterizedTest
    @CsvSource({"''", "'\n\n'"})
    void a_file_without_sentences_is_refused(String text) {
        Path file = new Packed(folder).plain("a.tsv", text);
        assertThatThrownBy(() -> TaggedText.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(".*a.tsv: (is empty|has no sentences)");
    }

    @Test
    void a_sentence_has_as_many_tags_as_words() {
        assertThatThrownBy(() -> new TaggedSentence(List.of("go", "on"), List.of("VERB")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 words with 1 tags");
    }
}
