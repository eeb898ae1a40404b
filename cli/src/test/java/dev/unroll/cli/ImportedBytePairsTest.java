package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.decode.Sampling;
import dev.unroll.tasks.language.TextGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code unroll import} of a GPT-2 whose tokenizer is {@code vocab.json} and {@code merges.txt}.
 * The ids of the texts are those of {@code GPT2Tokenizer} of transformers 5.18 for the same files.
 */
class ImportedBytePairsTest {
    private static final String HELLO = "hello world 😀!";
    private static final int[] HELLO_IDS = {259, 260, 111, 114, 108, 100, 32, 262, 128, 33};
    private static final String ROCKET = "👩\u200d🚀 né";
    private static final int[] ROCKET_IDS = {
        261, 145, 169, 226, 128, 141, 261, 154, 128, 32, 110, 195, 169
    };

    @TempDir Path folder;

    private Path imported(int... text) throws IOException {
        SmallGpt2.write(folder.resolve("model"), text);
        Path run = folder.resolve("run");
        Run.done(Run.of("import", folder.resolve("model").toString(), "--run", run.toString()));
        assertThat(Run.done(Run.of("inspect", run.toString(), "--verify")).out())
                .contains("intact    vocab.json", "intact    merges.txt");
        return run;
    }

    private static Run generated(Path run, String prompt, int tokens, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "generate",
                                run.toString(),
                                "--prompt",
                                prompt,
                                "--temperature",
                                "0",
                                "--tokens",
                                String.valueOf(tokens)));
        words.addAll(List.of(more));
        return Run.done(Run.of(words.toArray(String[]::new)));
    }

    @Test
    void a_text_whose_characters_lie_in_several_tokens_is_written_whole() throws IOException {
        Path run = imported(HELLO_IDS);
        assertThat(generated(run, "hello", HELLO_IDS.length - 1).out().strip()).isEqualTo(HELLO);
        String answer = generated(run, "hello", HELLO_IDS.length - 1, "--json").out();
        assertThat(new JsonMapper().readTree(answer).path("text").asString())
                .isEqualTo(" world 😀!");
    }

    @Test
    void a_prompt_that_ends_within_no_character_is_gone_on_with_behind_its_bytes()
            throws IOException {
        Path run = imported(ROCKET_IDS);
        assertThat(generated(run, "👩", ROCKET_IDS.length - 3).out().strip()).isEqualTo(ROCKET);
    }

    @Test
    void pieces_that_are_handed_out_are_whole_characters() throws IOException {
        TextGenerator generator =
                TextGenerator.load(imported(ROCKET_IDS))
                        .with(new TextGenerator.Options(new Sampling(0), ROCKET_IDS.length - 3));
        List<String> pieces = new ArrayList<>();
        generator.generate("👩", pieces::add);
        assertThat(pieces).containsExactly("\u200d", "🚀", " ", "n", "é");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7, 8, 20})
    void an_emoji_behind_bytes_that_are_no_text_is_written_whole(int strays) throws IOException {
        byte[] emoji = "😀".getBytes(StandardCharsets.UTF_8);
        int[] text = new int[1 + strays + emoji.length];
        text[0] = 'a';
        Arrays.fill(text, 1, 1 + strays, 0x80);
        for (int i = 0; i < emoji.length; i++) {
            text[1 + strays + i] = emoji[i] & 0xFF;
        }
        assertThat(generated(imported(text), "a", text.length - 1).out().strip())
                .isEqualTo("a" + "\uFFFD".repeat(strays) + "😀");
    }

    @Test
    void a_character_that_the_last_token_leaves_open_is_shown_as_such() throws IOException {
        assertThat(generated(imported(HELLO_IDS), "hello", 7).out().strip())
                .isEqualTo("hello world \uFFFD");
    }

    @Test
    void neither_the_end_of_text_nor_an_id_without_a_token_is_written() throws IOException {
        Path run = imported('a', SmallGpt2.END, SmallGpt2.END + 1, 'b');
        TextGenerator generator =
                TextGenerator.load(run).with(new TextGenerator.Options(new Sampling(0), 3));
        assertThat(generator.predict("a")).hasSize(3).endsWith("b");
    }

    @Test
    void the_end_of_text_in_a_prompt_is_one_token_and_an_empty_prompt_begins_a_line()
            throws IOException {
        Path run = imported(SmallGpt2.END, 'x', 'y');
        assertThat(generated(run, "<|endoftext|>", 2).out().strip()).isEqualTo("<|endoftext|>xy");
        assertThat(generated(run, "", 2).out().strip()).isEqualTo("xy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hell o      | hello        | merges.txt: line 5: 'hello' | get the file again",
                "hell o      | hell o o     | merges.txt: line 5: 'hell o o' | get the file again",
                "hell o      | hell x       | merges.txt: line 5: | lacks the token 'hellx'",
                "hell o      | q\u20ac o    | merges.txt: line 5: | lacks the token 'q\u20ac'"
            })
    void a_damaged_line_of_the_merges_is_refused_by_its_number(
            String line, String damaged, String place, String why) throws IOException {
        SmallGpt2.write(folder.resolve("model"), 'a');
        Path merges = folder.resolve("model").resolve("merges.txt");
        Files.writeString(merges, Files.readString(merges).replace(line, damaged));
        assertRefused(place, why);
    }

    @Test
    void merges_that_are_not_text_are_refused_by_their_line() throws IOException {
        SmallGpt2.write(folder.resolve("model"), 'a');
        Path merges = folder.resolve("model").resolve("merges.txt");
        byte[] bytes = Files.readAllBytes(merges);
        bytes[15] = (byte) 0xFF;
        Files.write(merges, bytes);
        assertRefused("merges.txt:2: byte 2 of the line is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "258  | vocab.json: the tokens 'hell' and '<|endoftext|>' have the same id 258",
                "266  | vocab.json: the token '<|endoftext|>' has the id 266, and the embedding has 266",
                "-1   | vocab.json: ['<|endoftext|>'] is -1; ids are at least 0",
                "2000000000 | vocab.json: token '<|endoftext|>' has the id 2000000000"
            })
    void ids_that_repeat_or_that_the_model_has_no_row_for_are_refused(int id, String message)
            throws IOException {
        SmallGpt2.write(folder.resolve("model"), 'a');
        Map<String, Integer> ids = SmallGpt2.vocabulary();
        ids.put("<|endoftext|>", id);
        Files.write(
                folder.resolve("model").resolve("vocab.json"),
                JsonMapper.shared().writeValueAsBytes(ids));
        assertRefused(message);
    }

    private void assertRefused(String... parts) {
        Path run = folder.resolve("none");
        Run refused = Run.of("import", folder.resolve("model").toString(), "--run", run.toString());
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains(parts);
        assertThat(run).doesNotExist();
    }
}
