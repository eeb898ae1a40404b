package dev.unroll.cli;

import static dev.unroll.cli.Run.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts on the command line, from files, from pipes and from standard input. */
class InputTextTest {
    @TempDir static Path folder;

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    @BeforeAll
    static void train() throws IOException {
        List<String> rows = new ArrayList<>(List.of("label,text"));
        List<String> pairs = new ArrayList<>(List.of("de\ten"));
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.add(i % 2 == 0 ? "pos,good film" : "neg,bad film");
            pairs.add(i % 2 == 0 ? "guter film\tgood film" : "mieser film\tbad film");
            tags.append("good\tADJ\nfilm\tNOUN\n\n");
        }
        Files.write(folder.resolve("cls.csv"), rows);
        Files.write(folder.resolve("pairs.tsv"), pairs);
        Files.writeString(folder.resolve("tags.tsv"), tags);
        train(
                "cls",
                "task: classify\ndata: {file: '%s'}\ntokenizer: {kind: words}"
                        .formatted(at("cls.csv")));
        train(
                "tr",
                "task: translate\ndata: {file: '%s', from: de, to: en}\ntokenizer: {kind: words}"
                        .formatted(at("pairs.tsv")));
        train(
                "tag",
                "task: tag\ndata: {file: '%s'}\nwords: {kind: gru, characterWidth: 4, hidden: 4}"
                        .formatted(at("tags.tsv")));
    }

    private static void train(String name, String recipe) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve(name + ".yaml"),
                        recipe
                                + "\nmodel: {kind: gru, width: 8, hidden: 8}\n"
                                + "training: {epochs: 4, learningRate: 0.02, batchTokens: 60}\n");
        done(Run.of("train", file.toString(), "--run", at(name)));
    }

    private static String translated(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("ask.txt"), text);
        return done(Run.of("translate", at("tr"), file.toString())).out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"translate tr", "classify cls"})
    void as_many_lines_come_out_as_line_feeds_go_in(String command) throws IOException {
        String[] words = command.split(" ", -1);
        Path file = Files.writeString(folder.resolve("cr.txt"), "guter\rfilm\ngood film\r\n");
        assertThat(done(Run.of(words[0], at(words[1]), file.toString())).out().lines()).hasSize(2);
    }

    @Test
    void a_byte_order_mark_before_a_text_is_no_part_of_it() throws IOException {
        assertThat(translated("\ufeffguter film\n")).isEqualTo(translated("guter film\n"));
    }

    @Test
    void an_empty_line_gives_an_empty_line() throws IOException {
        String answers = translated("guter film\n\nmieser film\n");
        assertThat(answers.split("\\R", -1)[1]).isEmpty();
        assertThat(answers.lines()).hasSize(3);
        Path file = Files.writeString(folder.resolve("empty.txt"), "good film\n\nbad film\n");
        List<String> classes =
                done(Run.of("classify", at("cls"), file.toString())).out().lines().toList();
        assertThat(classes).hasSize(3);
        assertThat(classes.get(1)).isEmpty();
        JsonNode json =
                JsonMapper.shared()
                        .readTree(
                                done(Run.of("classify", at("cls"), file.toString(), "--json"))
                                        .out());
        assertThat(json.at("/texts/1/answer").isNull()).isTrue();
        assertThat(json.at("/texts/2/answer/label").isString()).isTrue();
        List<String> tags = done(Run.of("tag", at("tag"), file.toString())).out().lines().toList();
        assertThat(tags).hasSize(7);
        assertThat(tags.get(2) + tags.get(3) + tags.get(6)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_named_pipe_is_read() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        Files.writeString(pipe, "good film\nbad film\n");
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                });
        assertThat(done(Run.of("classify", at("cls"), pipe.toString())).out().lines()).hasSize(2);
        writer.join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./no/such/file.txt",
                "/no/such/file",
                "no-such-file.txt",
                "../a b.csv",
                "~/texts"
            })
    void what_looks_like_a_path_and_is_no_file_is_refused(String path) {
        Run refused = Run.of("classify", at("cls"), path);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("there is no file " + path);
    }

    @Test
    void a_folder_is_refused_as_a_text() {
        Run refused = Run.of("classify", at("cls"), folder.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains(folder + " is a folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"good and/or bad", "A film. Good", "1/2", "@@x", "@file", "good film..."})
    void other_texts_are_texts(String text) {
        JsonNode answer =
                JsonMapper.shared()
                        .readTree(done(Run.of("classify", at("cls"), text, "--json")).out());
        assertThat(answer.at("/texts/0/text").asString()).isEqualTo(text);
    }

    @Test
    void a_text_that_begins_with_a_dash_gets_a_hint_and_is_read_behind_two_dashes() {
        Run refused = Run.of("classify", at("cls"), "-great film");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("RUN -- '-great film'");
        assertThat(done(Run.of("classify", at("cls"), "--", "-great film")).out()).isNotBlank();
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void what_is_not_utf8_is_refused_by_its_line_from_a_file_and_from_standard_input()
            throws IOException {
        byte[] latin = "good\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin.txt"), latin);
        Run refused = Run.of("classify", at("cls"), file.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("latin.txt:2: byte 4 of the line is not UTF-8");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(latin));
        try {
            Run piped = Run.of("classify", at("cls"), "-");
            assertThat(piped.exitCode()).isEqualTo(1);
            assertThat(piped.err()).contains("standard input:2: byte 4 of the line");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void an_unknown_word_of_a_source_is_told_and_flagged_in_json() {
        Run people = done(Run.of("translate", at("tr"), "guter zebra"));
        assertThat(people.err()).contains("<unk>: 'zebra'");
        JsonNode json =
                JsonMapper.shared()
                        .readTree(
                                done(Run.of("translate", at("tr"), "guter zebra", "--json")).out());
        assertThat(json.at("/translations/0/unknown/0").asString()).isEqualTo("zebra");
        assertThat(json.at("/translations/0/candidates/0/unknown").isInt()).isTrue();
        Run known = done(Run.of("translate", at("tr"), "guter film"));
        assertThat(known.err()).doesNotContain("<unk>");
    }

    @Test
    void a_text_that_goes_on_after_an_unknown_word_keeps_the_space_between() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "the child . ".repeat(60));
        train(
                "lm",
                "task: generate\ndata: {file: '%s', length: 8, batch: 4, batches: 8}\ntokenizer: {kind: words}"
                        .formatted(text));
        JsonNode json =
                JsonMapper.shared()
                        .readTree(
                                done(Run.of(
                                                "generate",
                                                at("lm"),
                                                "--prompt=zebra",
                                                "--tokens=6",
                                                "--temperature=0",
                                                "--json"))
                                        .out());
        assertThat(json.path("text").asString()).startsWith(" ");
        assertThat(json.at("/unknown/0").asString()).isEqualTo("zebra");
    }
}
