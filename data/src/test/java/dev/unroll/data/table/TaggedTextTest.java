package dev.unroll.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.Splits;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.sets.Packed;
import dev.unroll.data.sets.UdEnglishEwt;
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
        "a.jsonl, 'go', or a table's columns named in 'data.text' and 'data.tags'",
        "a.conllu, 'go\tVERB', it has 2 columns; a line of CoNLL-U has 10",
        "a.conllu, '1\tgo\t_\t_\t_\t_\t_\t_\t_\t_', the tag of 'go' is _"
    })
    void a_malformed_line_is_refused_by_file_and_number(String name, String line, String why) {
        String first = name.equals("a.conllu") ? "# text = Yes\n" : "Yes\tINTJ\n";
        Path file = new Packed(folder).plain(name, first + line + "\n");
        assertThatThrownBy(() -> TaggedText.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(name + ":2: ", why);
    }

    @Test
    void a_sentence_with_a_word_that_has_no_tag_is_left_out_and_its_line_told() throws IOException {
        String untagged = "1\tthe\t_\t_\t_\t_\t_\t_\t_\t_\n1\tcat\t_\tNOUN\t_\t_\t_\t_\t_\t_\n\n";
        Path file = new Packed(folder).plain("a.conllu", untagged + (CONLLU + "\n").repeat(10));
        TaggedText text = TaggedText.of(file);
        assertThat(text.sentences()).hasSize(20);
        assertThat(text.remarks()).hasSize(2);
        assertThat(text.remarks().getFirst()).contains("20 sentences are used, 1 cannot be read");
        assertThat(text.remarks().getLast()).contains("a.conllu:1: the tag of 'the' is _");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.csv | `id,words,pos\n1,\"Do n't  go .\",AUX PART VERB PUNCT\n2,Yes,INTJ\n`",
                "a.tsv | `pos\twords\nAUX PART VERB PUNCT\tDo n't go .\nINTJ\t Yes \n`",
                "a.jsonl | `{\"words\": \"Do n't go .\", \"pos\":"
                        + " [\"AUX\", \"PART\", \"VERB\", \"PUNCT\"]}"
                        + "\n{\"pos\": \"INTJ\", \"words\": [\"Yes\"]}\n`"
            })
    void a_table_with_a_sentence_a_row_gives_the_same_sentences(String name, String table)
            throws IOException {
        Path file = new Packed(folder).plain(name, table);
        assertThat(TaggedText.of(file, "words", "pos").sentences()).isEqualTo(SENTENCES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.csv | a b,A | it has 2 words in 'text' and 1 tags in 'tags'",
                "a.csv | `a b,` | column 'tags' is empty",
                "a.jsonl | {\"text\": [\"a\", \"b\"], \"tags\": [\"A\", \"B\", \"C\"]} |"
                        + " it has 2 words in 'text' and 3 tags in 'tags'",
                "a.jsonl | {\"text\": [\"a b\"], \"tags\": \"A B\"} | 'text' has the element \"a b\"",
                "a.jsonl | {\"text\": \"a\", \"tags\": [1]} | 'tags' has the element 1",
                "a.jsonl | {\"text\": [], \"tags\": \"A\"} | column 'text' is empty",
                "a.jsonl | {\"text\": {}, \"tags\": \"A\"} | 'text' is neither text nor a number"
            })
    void a_row_that_cannot_be_used_is_told_and_the_others_are_used(
            String name, String row, String why) throws IOException {
        boolean csv = name.equals("a.csv");
        String good = csv ? "so it is,A B C\n" : "{\"text\": \"so it is\", \"tags\": \"A B C\"}\n";
        String first = csv ? "text,tags\n" : good;
        Path file = new Packed(folder).plain(name, first + row + "\n" + good.repeat(20));
        TaggedText text = TaggedText.of(file, "text", "tags");
        assertThat(text.sentences()).hasSize(csv ? 20 : 21);
        assertThat(text.remarks()).hasSize(2);
        assertThat(text.remarks().getLast()).contains(name + ":2: " + why);
    }

    @Test
    void a_table_that_is_mostly_bad_is_refused() {
        Path file = new Packed(folder).plain("a.csv", "text,tags\na b,A\na,A\n");
        assertThatThrownBy(() -> TaggedText.of(file, "text", "tags"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("1 of 2 rows cannot be read", "a.csv:2: ");
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
