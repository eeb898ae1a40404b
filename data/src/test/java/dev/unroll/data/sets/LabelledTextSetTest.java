package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.table.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledTextSetTest {

    @TempDir Path folder;

    @Test
    void the_published_archive_of_imdb_and_its_tables_give_the_same() throws IOException {
        Packed tables = new Packed(folder.resolve("tables"));
        tables.gzip("imdb/train.tsv.gz", "0\t3\t0\tBad.\n0\t1\t10\tWorse.<br />\n1\t9\t2\tGood.\n");
        tables.gzip("imdb/test.tsv.gz", "0\t2\t7\tDull.\n1\t10\t8\tFine é.\n");
        Packed archive = new Packed(folder.resolve("archive"));
        Map<String, String> reviews = new LinkedHashMap<>(); // not in order, as in the original
        reviews.put("aclImdb/README", "who made it");
        reviews.put("aclImdb/test/pos/8_10.txt", "Fine é.");
        reviews.put("aclImdb/train/pos/2_9.txt", "Good.");
        reviews.put("aclImdb/train/neg/10_1.txt", "Worse.<br />");
        reviews.put("aclImdb/train/neg/0_3.txt", "Bad.");
        reviews.put("aclImdb/train/unsup/0_0.txt", "Nobody has judged this.");
        reviews.put("aclImdb/test/neg/7_2.txt", "Dull.");
        archive.tarGzip("imdb/aclImdb_v1.tar.gz", reviews);
        Splits<LabelledText> splits = new Imdb().load(tables.files());
        assertThat(splits.train())
                .containsExactly(
                        new LabelledText("negative", "Bad."),
                        new LabelledText("negative", "Worse.<br />"),
                        new LabelledText("positive", "Good."));
        assertThat(splits.validation()).isEmpty();
        assertThat(splits.test())
                .containsExactly(
                        new LabelledText("negative", "Dull."),
                        new LabelledText("positive", "Fine é."));
        assertThat(new Imdb().load(archive.files())).isEqualTo(splits);
    }

    @ParameterizedTest
    @CsvSource({
        "2\t3\t0\tBad., the label is '2'",
        "negative\t3\t0\tBad., the label is 'negative'",
        "0\t3\tBad., 'expected a label, a rating, a number and a text'",
        "0\t3\t0\t\t, 'expected a label, a rating, a number and a text'",
        "'', it is blank"
    })
    void a_malformed_line_is_refused_by_file_and_number(String line, String why) {
        Packed packed = new Packed(folder);
        packed.gzip("imdb/train.tsv.gz", "1\t9\t2\tGood.\n" + line + "\n1\t9\t2\tGood.\n");
        packed.gzip("imdb/test.tsv.gz", "1\t9\t2\tGood.\n");
        assertThatThrownBy(() -> new Imdb().load(packed.files()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("train.tsv.gz, line 2: ", why);
    }

    @Test
    void an_empty_table_is_refused() {
        Packed packed = new Packed(folder);
        packed.gzip("imdb/train.tsv.gz", "");
        packed.gzip("imdb/test.tsv.gz", "1\t9\t2\tGood.\n");
        assertThatThrownBy(() -> new Imdb().load(packed.files()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train.tsv.gz: it is empty");
    }

    @Test
    void an_archive_that_breaks_off_is_refused() throws IOException {
        Packed packed = new Packed(folder);
        Path archive =
                packed.tarGzip(
                        "imdb/aclImdb_v1.tar.gz",
                        Map.of(
                                "aclImdb/train/pos/0_9.txt",
                                "Good. ".repeat(1_000),
                                "aclImdb/test/pos/0_9.txt",
                                "Good."));
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> new Imdb().load(packed.files()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("aclImdb_v1.tar.gz", "delete it and fetch it again");
    }

    @Test
    void an_archive_of_something_else_is_refused() {
        Packed packed = new Packed(folder);
        packed.tarGzip("imdb/aclImdb_v1.tar.gz", Map.of("other/train/pos/0_9.txt", "Good."));
        assertThatThrownBy(() -> new Imdb().load(packed.files()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("aclImdb/train: it is empty");
    }

    @Test
    void every_tenth_sentence_of_each_file_is_for_the_test() throws IOException {
        Packed packed = new Packed(folder);
        Path zip =
                packed.zip(
                        "reviews.zip",
                        Map.of("polarity/rt-polarity.neg", sentences(20), "x.pos", sentences(19)));
        List<LabelledText> train = new ArrayList<>();
        List<LabelledText> test = new ArrayList<>();
        MovieReviews.split("negative", TextLines.ofZip(zip, "rt-polarity.neg"), train, test);
        MovieReviews.split("positive", TextLines.ofZip(zip, "x.pos"), train, test);
        assertThat(test)
                .containsExactly(
                        new LabelledText("negative", "sentence 10"),
                        new LabelledText("negative", "sentence 20"),
                        new LabelledText("positive", "sentence 10"));
        assertThat(train).hasSize(36).doesNotContainAnyElementsOf(test);
    }

    @Test
    void nine_tenths_of_a_text_are_to_learn_from() {
        Splits<String> splits = TinyShakespeare.split("0123456789abcdefghi");
        assertThat(splits.train()).containsExactly("0123456789abcdefg");
        assertThat(splits.validation()).containsExactly("hi");
        assertThat(splits.test()).isEmpty();
    }

    private static String sentences(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "sentence " + i + " \n")
                .collect(Collectors.joining());
    }
}
