package dev.unroll.cli;

import static dev.unroll.cli.Run.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables as the input of commands, and as their answer. */
class TablesTest {
    @TempDir static Path folder;

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Packed tables and texts to train on; the classifier's has a column of another name. */
    @BeforeAll
    static void train() throws IOException {
        StringBuilder reviews = new StringBuilder("verdict,review\n");
        StringBuilder pairs = new StringBuilder("de\ten\n");
        StringBuilder tags = new StringBuilder();
        StringBuilder columns = new StringBuilder("words,pos\n");
        for (int i = 0; i < 40; i++) {
            reviews.append(i % 2 == 0 ? "pos,good film\n" : "neg,bad film\n");
            pairs.append(i % 2 == 0 ? "guter film\tgood film\n" : "mieser film\tbad film\n");
            tags.append("good\tADJ\nfilm\tNOUN\n.\tMARK\n\n");
            columns.append("good film .,ADJ NOUN MARK\n");
        }
        Files.write(folder.resolve("reviews.csv.gz"), packed(reviews.toString()));
        Files.write(folder.resolve("pairs.tsv.gz"), packed(pairs.toString()));
        Files.write(folder.resolve("tags.tsv.gz"), packed(tags.toString()));
        Files.write(folder.resolve("columns.csv.gz"), packed(columns.toString()));
        Files.write(folder.resolve("text.txt.gz"), packed("the child . ".repeat(60)));
        train(
                "cls",
                "task: classify\ndata: {file: '%s', text: review, label: verdict}\n"
                        + "tokenizer: {kind: words}",
                "reviews.csv.gz");
        train(
                "tr",
                "task: translate\ndata: {file: '%s', from: de, to: en}\ntokenizer: {kind: words}",
                "pairs.tsv.gz");
        String words = "words: {kind: gru, characterWidth: 4, hidden: 4}";
        train("tag", "task: tag\ndata: {file: '%s'}\n" + words, "tags.tsv.gz");
        train(
                "tagcolumn",
                "task: tag\ndata: {file: '%s', text: words, tags: pos}\n" + words,
                "columns.csv.gz");
        train(
                "lm",
                "task: generate\ndata: {file: '%s', length: 8, batch: 4, batches: 8}\n"
                        + "tokenizer: {kind: words}",
                "text.txt.gz");
    }

    private static void train(String name, String recipe, String data) throws IOException {
        String file =
                write(
                        name + ".yaml",
                        recipe.formatted(at(data))
                                + "\nmodel: {kind: gru, width: 8, hidden: 8}\n"
                                + "training: {epochs: 6, learningRate: 0.03, batchTokens: 60}\n");
        done(Run.of("train", file, "--run", at(name)));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    @Test
    void a_table_is_answered_by_the_column_that_the_run_was_trained_on() throws IOException {
        String table =
                write("ask.csv", "id,review\n7,\"good film, \"\"new\"\"\"\n8,\n9,bad film\n");
        List<String> out = lines(done(Run.of("classify", at("cls"), table)).out());
        assertThat(out).hasSize(4);
        assertThat(out.get(0)).isEqualTo("id,review,prediction,probability");
        assertThat(out.get(1)).matches("7,\"good film, \"\"new\"\"\",pos,0\\.\\d{1,6}");
        assertThat(out.get(2)).isEqualTo("8,,,");
        assertThat(out.get(3)).matches("9,bad film,neg,0\\.\\d{1,6}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "jsonl"})
    void every_form_is_read_and_written_packed_or_not_with_the_same_answers(String form)
            throws IOException {
        String text =
                switch (form) {
                    case "csv" -> "id,said\n1,good film\n2,bad film\n";
                    case "tsv" -> "id\tsaid\n1\tgood film\n2\tbad film\n";
                    default ->
                            "{\"id\":1,\"said\":\"good film\"}\n{\"id\":2,\"said\":\"bad film\"}\n";
                };
        write("in." + form, text);
        Files.write(folder.resolve("in." + form + ".gz"), packed(text));
        List<String> answers = new ArrayList<>();
        for (String input : List.of(at("in." + form), at("in." + form + ".gz"))) {
            for (String output : List.of("csv", "csv.gz", "jsonl")) {
                Path out = folder.resolve("out." + output);
                Run run =
                        done(Run.of("classify", at("cls"), input, "--column=said", "--out=" + out));
                assertThat(run.out()).contains("2 rows in " + out);
                byte[] bytes = Files.readAllBytes(out);
                String written =
                        output.endsWith("gz")
                                ? new String(
                                        new GZIPInputStream(new ByteArrayInputStream(bytes))
                                                .readAllBytes(),
                                        StandardCharsets.UTF_8)
                                : new String(bytes, StandardCharsets.UTF_8);
                assertThat(lines(written)).hasSize(output.equals("jsonl") ? 2 : 3);
                if (output.equals("jsonl")) {
                    JsonNode first = JsonMapper.shared().readTree(lines(written).getFirst());
                    assertThat(first.path("id").asString()).isEqualTo("1");
                    assertThat(first.path("probability").isNumber()).isTrue();
                    answers.add(first.path("prediction").asString());
                } else {
                    assertThat(written).startsWith("id,said,prediction,probability\n");
                    answers.add(lines(written).get(1).split(",", -1)[2]);
                }
            }
        }
        assertThat(answers).containsOnly("pos").hasSize(6);
    }

    @Test
    void a_column_that_is_not_clear_is_asked_for_with_all_there_are() throws IOException {
        String table = write("unclear.csv", "id,title,body\n1,a,good film\n");
        Run refused = Run.of("classify", at("cls"), table);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("unclear.csv: which column is to be read? Name it with --column")
                .contains("'id', 'title', 'body'");
        Run wrong = Run.of("classify", at("cls"), table, "--column=text");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("no column 'text'; there are 'id', 'title', 'body'");
        assertThat(done(Run.of("classify", at("cls"), table, "--column=body")).out())
                .contains("1,a,good film,pos,");
    }

    @Test
    void a_column_that_would_be_there_twice_is_refused_unless_it_gets_another_name()
            throws IOException {
        String table = write("clash.csv", "review,prediction\ngood film,x\n");
        Path out = folder.resolve("clash-out.csv");
        Run refused = Run.of("classify", at("cls"), table, "--out", out.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("column 'prediction' already", "--prefix");
        assertThat(out).doesNotExist();
        assertThat(done(Run.of("classify", at("cls"), table, "--prefix=new_")).out())
                .startsWith("review,prediction,new_prediction,new_probability\ngood film,x,pos,");
    }

    @Test
    void rows_that_cannot_be_used_are_counted_and_the_first_ten_named() throws IOException {
        String table =
                write("bad.csv", "id,review\n1,good film\n2\n3,bad film\n" + "lonely\n".repeat(11));
        Path out = folder.resolve("bad-out.csv");
        Run run = Run.of("classify", at("cls"), table, "--out=" + out, "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("12 rows were refused", "bad.csv:3: it has 1 columns, the first line 2")
                .contains("and 2 more")
                .doesNotContain("bad.csv:14:");
        JsonNode told = JsonMapper.shared().readTree(run.out());
        assertThat(told.path("rows").asInt()).isEqualTo(2);
        assertThat(told.path("refused").asInt()).isEqualTo(12);
        assertThat(told.path("problems")).hasSize(10);
        assertThat(Files.readAllLines(out)).hasSize(3);
    }

    @Test
    void a_table_of_which_no_row_can_be_used_is_refused_and_nothing_is_written()
            throws IOException {
        String table = write("none.jsonl", "{\"review\": []}\n");
        Path out = folder.resolve("none-out.csv");
        Run run = Run.of("classify", at("cls"), table, "--out=" + out);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none.jsonl:1: 'review' is neither text nor a number");
        assertThat(out).doesNotExist();
    }

    @Test
    void what_breaks_off_leaves_the_file_that_was_there_and_no_part() throws IOException {
        byte[] whole = packed("review\n" + "good film\n".repeat(3_000));
        Path input =
                Files.write(
                        folder.resolve("broken.csv.gz"),
                        java.util.Arrays.copyOf(whole, whole.length - 9));
        Path results = Files.createDirectory(folder.resolve("results"));
        Path out = Files.writeString(results.resolve("out.csv"), "before\n");
        Run run = Run.of("classify", at("cls"), input.toString(), "--out=" + out);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("broken.csv.gz", "the gzip file breaks off or is damaged")
                .doesNotContain("cannot be written");
        assertThat(out).hasContent("before\n");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files).containsExactly(out);
        }
    }

    @Test
    void the_file_that_is_read_is_not_written_over() throws IOException {
        String table = write("same.csv", "review\ngood film\n");
        Run run = Run.of("classify", at("cls"), table, "--out=" + table);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("is the file that is read");
        assertThat(Path.of(table)).hasContent("review\ngood film\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.xlsx", "out", "out.txt"})
    void a_form_that_is_not_written_is_refused(String name) throws IOException {
        String table = write("form.csv", "review\ngood film\n");
        Run run = Run.of("classify", at("cls"), table, "--out=" + at(name));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("name it .csv, .tsv or .jsonl");
        assertThat(folder.resolve(name)).doesNotExist();
    }

    @Test
    void a_form_that_is_not_read_is_refused() throws IOException {
        String file = write("reviews.json", "[{\"review\": \"good film\"}]\n");
        Run run = Run.of("classify", at("cls"), file);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("reviews.json: this form of file is not read");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void standard_input_is_a_table_where_the_form_is_given_packed_or_not() throws IOException {
        String text = "id,review\n1,good film\n";
        InputStream before = System.in;
        try {
            List<String> outs = new ArrayList<>();
            for (byte[] bytes : List.of(text.getBytes(StandardCharsets.UTF_8), packed(text))) {
                System.setIn(new ByteArrayInputStream(bytes));
                outs.add(done(Run.of("classify", at("cls"), "-", "--format=csv")).out());
            }
            assertThat(outs.get(0)).startsWith("id,review,prediction,probability\n1,good film,pos");
            assertThat(outs.get(1)).isEqualTo(outs.get(0));
            System.setIn(new ByteArrayInputStream(packed("good film\n")));
            assertThat(done(Run.of("classify", at("cls"), "-")).out()).startsWith("pos  0.");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void lines_of_text_become_a_table() throws IOException {
        String text = write("lines.txt", "good film\n\nbad film\n");
        List<String> out =
                lines(
                        done(Run.of("classify", at("cls"), text, "--to=tsv", "--probabilities"))
                                .out());
        assertThat(out).hasSize(4);
        assertThat(out.get(0))
                .isEqualTo("text\tprediction\tprobability\tprobability_neg\tprobability_pos");
        assertThat(out.get(2)).isEqualTo("\t\t\t\t");
    }

    @Test
    void json_has_the_answers_of_a_table_as_one_object() throws IOException {
        String table = write("object.csv", "id,review\n1,good film\n2,bad film\n");
        JsonNode json =
                JsonMapper.shared()
                        .readTree(done(Run.of("classify", at("cls"), table, "--json")).out());
        assertThat(json.at("/texts/0/text").asString()).isEqualTo("good film");
        assertThat(json.at("/texts/1/answer/label").asString()).isEqualTo("neg");
        Run refused = Run.of("classify", at("cls"), table, "--explain");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--explain");
    }

    @Test
    void translations_stand_beside_their_sources() throws IOException {
        String table =
                write("de.jsonl", "{\"n\": 1.50, \"de\": \"guter zebra\"}\n{\"de\": null}\n");
        List<String> out = lines(done(Run.of("translate", at("tr"), table)).out());
        assertThat(out.get(0)).startsWith("{\"n\": 1.50, \"de\": \"guter zebra\",\"translation\":");
        JsonNode first = JsonMapper.shared().readTree(out.get(0));
        assertThat(first.path("score").isNumber()).isTrue();
        assertThat(first.path("finished").isBoolean()).isTrue();
        assertThat(first.at("/unknown/0").asString()).isEqualTo("zebra");
        assertThat(JsonMapper.shared().readTree(out.get(1)).path("translation").isNull()).isTrue();
    }

    @Test
    void tags_of_a_running_text_stand_beside_its_words() throws IOException {
        String table = write("running.csv", "id,text\n1,Good film. Good film.\n2,\n");
        assertThat(lines(done(Run.of("tag", at("tag"), table)).out()))
                .hasSize(3)
                .first()
                .isEqualTo("id,text,tokens,prediction,probability");
        String row = lines(done(Run.of("tag", at("tag"), table)).out()).get(1);
        assertThat(row)
                .startsWith(
                        "1,Good film. Good film.,Good film . Good film .,"
                                + "ADJ NOUN MARK ADJ NOUN MARK,");
    }

    @Test
    void words_of_a_table_are_split_as_in_the_table_that_was_learnt_from() throws IOException {
        String table = write("words.csv", "words,pos\nGood film.,x\n");
        assertThat(done(Run.of("tag", at("tagcolumn"), table)).out())
                .contains("Good film.,x,Good film.,");
        assertThat(done(Run.of("tag", at("tagcolumn"), table, "--words=english")).out())
                .contains("Good film.,x,Good film .,");
        String json = write("words.jsonl", "{\"words\": [\"good\", \"film.\"]}\n");
        JsonNode row =
                JsonMapper.shared().readTree(done(Run.of("tag", at("tagcolumn"), json)).out());
        assertThat(row.path("tokens")).hasSize(2);
        assertThat(row.path("prediction")).hasSize(2);
        assertThat(row.at("/probability/1").isNumber()).isTrue();
    }

    @Test
    void conllu_is_read_and_written_with_all_else_that_it_has() throws IOException {
        String text =
                """
                # sent_id = 1
                1-2\tGoodfilm\t_\t_\t_\t_\t_\t_\t_\t_
                1\tgood\tgood\t_\tJJ\tDegree=Pos\t2\tamod\t_\tSpaceAfter=No
                2\tfilm\t_\tX\t_\t_\t0\troot\t_\t_

                """;
        String file = write("in.conllu", text);
        String out = done(Run.of("tag", at("tag"), file)).out();
        assertThat(out.replaceAll("Probability=0\\.\\d+", "Probability=p"))
                .isEqualTo(
                        """
                        # sent_id = 1
                        1-2\tGoodfilm\t_\t_\t_\t_\t_\t_\t_\t_
                        1\tgood\tgood\tADJ\tJJ\tDegree=Pos\t2\tamod\t_\tSpaceAfter=No|Probability=p
                        2\tfilm\t_\tNOUN\t_\t_\t0\troot\t_\tProbability=p

                        """);
        assertThat(done(Run.of("tag", at("tag"), file, "--to=csv")).out())
                .startsWith("words,tokens,prediction,probability\ngood film,good film,ADJ NOUN,");
        Path written = folder.resolve("out.conllu");
        done(Run.of("tag", at("tag"), "Good film.", "--out=" + written));
        assertThat(Files.readString(written))
                .matches("(?s)1\tGood\t_\tADJ(\t_){5}\tProbability=0.*\n3\t\\.\t_\tMARK.*\n\n");
        Run other = Run.of("classify", at("cls"), file);
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("--to");
    }

    @Test
    void prompts_are_continued_as_if_each_were_alone() throws IOException {
        String table = write("prompts.csv", "n,prompt\n1,the\n2,child\n");
        String[] settings = {"--tokens=5", "--seed=3"};
        String out =
                done(Run.of("generate", at("lm"), table, settings[0], settings[1], "--to=tsv"))
                        .out();
        assertThat(lines(out)).hasSize(3).first().isEqualTo("n\tprompt\tcontinuation");
        String alone =
                done(Run.of("generate", at("lm"), "--prompt=child", settings[0], settings[1]))
                        .out()
                        .strip();
        assertThat("child" + lines(out).get(2).split("\t", -1)[2].stripTrailing()).isEqualTo(alone);
        Run both = Run.of("generate", at("lm"), table, "--prompt=x");
        assertThat(both.exitCode()).isEqualTo(2);
    }

    /** The rows of the answer are those of the input, in its order, over many blocks. */
    @Test
    void many_rows_keep_their_order() throws IOException {
        StringBuilder text = new StringBuilder("id,review\n");
        for (int i = 0; i < 1_000; i++) {
            text.append(i).append(i % 3 == 0 ? ",good film\n" : ",bad film\n");
        }
        String out = done(Run.of("classify", at("cls"), write("many.csv", text.toString()))).out();
        assertThat(lines(out)).hasSize(1_001);
        for (int i = 0; i < 1_000; i++) {
            assertThat(lines(out).get(i + 1))
                    .startsWith(i + (i % 3 == 0 ? ",good film,pos," : ",bad film,neg,"));
        }
    }
}
