package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code unroll import} and {@code unroll embed}, of a BERT with random weights. */
class ImportedEncoderTest {
    @TempDir Path folder;
    private Path source;

    @BeforeEach
    void write() throws IOException {
        source = SmallBert.write(folder.resolve("source"), "a", "tree", "house", "bird", "small");
    }

    @Test
    void a_model_that_was_imported_gives_the_vectors_of_its_folder() throws IOException {
        Path run = folder.resolve("run");
        Run imported = Run.of("import", source.toString(), "--run", run.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        Run intact = Run.of("inspect", run.toString(), "--verify");
        assertThat(intact.out()).contains("intact    model.safetensors");
        Run ours = Run.of("embed", run.toString(), "a small tree");
        Run theirs = Run.of("embed", source.toString(), "a small tree");
        assertThat(ours.exitCode()).as(ours.err()).isZero();
        assertThat(ours.out()).isEqualTo(theirs.out());
        assertThat(ours.out().strip().split(" ")).hasSize(8);
    }

    @Test
    void a_model_whose_tokenizer_is_a_vocabulary_with_merges_keeps_it() throws IOException {
        Path roberta =
                Path.of("..", "pretrained", "src", "test", "resources", "dev", "unroll")
                        .resolve("pretrained")
                        .resolve("roberta");
        Path model = Files.createDirectory(folder.resolve("roberta"));
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(roberta.resolve(file), model.resolve(file));
        }
        Files.writeString(
                model.resolve("vocab.json"),
                """
                {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "a": 4, "b": 5, "ab": 6}
                """);
        Files.writeString(model.resolve("merges.txt"), "#version: 0.2\na b\n");
        Path run = folder.resolve("run");
        Run.done(Run.of("import", model.toString(), "--run", run.toString()));
        assertThat(Run.done(Run.of("embed", run.toString(), "abba")).out())
                .isEqualTo(Run.done(Run.of("embed", model.toString(), "abba")).out());
    }

    @Test
    void the_nearest_lines_of_a_file_are_told_with_their_scores() throws IOException {
        Path lines =
                Files.writeString(folder.resolve("lines.txt"), "a house\na small tree\nbird\n");
        Run run =
                Run.of(
                        "embed",
                        source.toString(),
                        "a small tree",
                        "--similar",
                        lines.toString(),
                        "--top",
                        "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("1.0000       2  a small tree").doesNotContain("a house");
    }

    @Test
    void a_table_that_is_searched_has_a_column_of_its_own() throws IOException {
        Path passages =
                Files.writeString(
                        folder.resolve("passages.csv"),
                        "id,passage\n1,a house\n2,a small tree\n3," + "bird ".repeat(30) + "\n");
        Path questions =
                Files.writeString(
                        folder.resolve("questions.csv"),
                        "id,question\n1,a small tree\n2," + "bird ".repeat(40) + "\n");
        String[] similar = {"--similar", passages.toString()};
        String[] column = {"--similar-column", "passage"};
        Run asked = Run.of(embed("a small tree", similar, column));
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(asked.out()).contains("1.0000       2  a small tree");
        Run unnamed =
                Run.of(embed(questions.toString(), new String[] {"--column", "question"}, similar));
        assertThat(unnamed.err())
                .contains("has no column 'question'")
                .contains("name one of them with --similar-column");
        assertThat(Run.of(embed("a small tree", column)).err()).contains("give both");
        assertThat(asked.err())
                .contains("1 of 3 texts have more tokens than the model reads, and were cut");
        Run table =
                Run.of(
                        embed(
                                questions.toString(),
                                new String[] {"--column", "question"},
                                similar,
                                column));
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out())
                .contains(
                        "id,question,nearest,score,truncated",
                        "1,a small tree,a small tree,1,false",
                        ",true");
        Run unclear = Run.of(embed("a small tree", similar));
        assertThat(unclear.exitCode()).isEqualTo(1);
        assertThat(unclear.err())
                .contains("Name it with --similar-column; there are 'id', 'passage'");
    }

    @Test
    void what_cannot_be_compared_with_is_refused() throws IOException {
        Path blank = Files.writeString(folder.resolve("blank.txt"), "\n   \n");
        Path questions = Files.writeString(folder.resolve("questions.csv"), "text\na bird\n");
        Run none =
                Run.of(embed(questions.toString(), new String[] {"--similar", blank.toString()}));
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("blank.txt has no texts to compare with");
        Run both = Run.of(embed("-", new String[] {"--similar", "-"}));
        assertThat(both.exitCode()).isEqualTo(1);
        assertThat(both.err()).contains("standard input cannot be both", "as a file");
    }

    private String[] embed(String what, String[]... options) {
        return Stream.concat(
                        Stream.of("embed", source.toString(), what),
                        Arrays.stream(options).flatMap(Arrays::stream))
                .toArray(String[]::new);
    }

    @Test
    void weights_in_fewer_bytes_change_the_vectors_a_little() {
        double[] whole = numbers(Run.of("embed", source.toString(), "a bird"));
        for (String kind : new String[] {"bf16", "int8"}) {
            Run run = Run.of("embed", source.toString(), "a bird", "--weights", kind);
            assertThat(run.exitCode()).as(run.err()).isZero();
            double[] rounded = numbers(run);
            assertThat(rounded).isNotEqualTo(whole).hasSameSizeAs(whole);
            for (int i = 0; i < whole.length; i++) {
                assertThat(Math.abs(rounded[i] - whole[i])).isLessThan(0.05);
            }
        }
    }

    private static double[] numbers(Run run) {
        return Arrays.stream(run.out().strip().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void an_onnx_file_that_is_named_is_read_and_not_the_weights_beside_it() throws IOException {
        Path file = source.resolve("graph.onnx");
        Run.done(Run.of("export", source.toString(), "--onnx", file.toString()));
        Files.delete(source.resolve("tokenizer.json"));
        Files.writeString(
                source.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\ntree\n");
        Run run = Run.of("import", file.toString(), "--run", folder + "/x");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("graph.onnx", "was written by 'unroll export'", "exported from");
    }

    @Test
    void a_file_that_is_no_model_is_refused_by_its_name() throws IOException {
        Path config = source.resolve("config.json");
        Run single = Run.of("import", config.toString(), "--run", folder + "/x");
        assertThat(single.exitCode()).isEqualTo(1);
        assertThat(single.err()).contains("config.json is neither a jar nor", "give the folder");
        Path jar = Files.writeString(folder.resolve("cut.jar"), "PK");
        Run cut = Run.of("import", jar.toString(), "--run", folder + "/x");
        assertThat(cut.exitCode()).isEqualTo(1);
        assertThat(cut.err()).contains("cut.jar is damaged or no jar");
    }

    @Test
    void a_folder_that_is_no_model_is_refused_with_what_is_missing() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (String command : new String[] {"import", "embed"}) {
            Run run =
                    command.equals("import")
                            ? Run.of(command, empty.toString(), "--run", folder + "/x")
                            : Run.of(command, empty.toString(), "a text");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("empty has no config.json");
        }
        Run missing = Run.of("embed", folder.resolve("none").toString(), "a text");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("none");
    }
}
