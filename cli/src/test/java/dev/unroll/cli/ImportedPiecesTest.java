package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tasks.model.WriterTokens;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code unroll import} of a Marian translator whose tokenizer is {@code source.spm}, {@code
 * target.spm} and {@code vocab.json}. The expected ids and texts are those of {@code
 * MarianTokenizer} of transformers 5.18 with sentencepiece 0.2.2 for the same three files.
 */
class ImportedPiecesTest {
    private static final Path MARIAN =
            Path.of("..", "pretrained", "src", "test", "resources", "dev", "unroll")
                    .resolve("pretrained")
                    .resolve("marian");
    private static final int TOKENS = 40;

    @TempDir Path folder;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = Files.createDirectory(folder.resolve("model"));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(MARIAN.resolve(file), model.resolve(file));
        }
        Files.write(model.resolve("source.spm"), source().whole());
        Files.write(
                model.resolve("target.spm"),
                new SmallPieces()
                        .with("▁x", -1)
                        .with("é", -1)
                        .with("▁", -3)
                        .with("zz", -2)
                        .whole());
        Files.write(model.resolve("vocab.json"), json(vocabulary()));
    }

    private static SmallPieces source() {
        return new SmallPieces()
                .with("▁a", -1)
                .with("▁ab", -1.5f)
                .with("b", -2)
                .with("▁", -3)
                .with("q", -4);
    }

    /**
     * Has what target.spm alone has and a character that neither has, and lacks 'q' and {@code
     * <s>}.
     */
    private static Map<String, Integer> vocabulary() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        List<String> first =
                List.of(
                        "▁w0", "<pad>", "</s>", "<unk>", "b", "▁ab", "▁a", "▁", "▁x", "é", "zz",
                        ">>fr<<", "中");
        for (int id = 0; id < TOKENS; id++) {
            ids.put(id < first.size() ? first.get(id) : "▁w" + id, id);
        }
        return ids;
    }

    private static byte[] json(Map<String, Integer> vocabulary) {
        return JsonMapper.shared().writeValueAsBytes(vocabulary);
    }

    private Path imported() {
        Path run = folder.resolve("run");
        Run.done(Run.of("import", model.toString(), "--run", run.toString()));
        assertThat(Run.done(Run.of("inspect", run.toString(), "--verify")).out())
                .contains("intact    source.spm", "intact    target.spm", "intact    vocab.json");
        return run;
    }

    private WriterTokens tokens() throws IOException {
        return Translator.load(imported()).tokens();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ab a           | 5 6 2",
                "ab é a         | 5 7 9 6 2",
                "ab 中 a        | 5 7 12 6 2",
                "中é            | 7 3 2",
                "aq             | 6 3 2",
                "zz abzz        | 7 10 5 10 2",
                "ab</s> a       | 5 2 6 2",
                "ab <pad> b     | 5 1 7 4 2",
                "<s> ab         | 7 3 5 2",
                ">>fr<< ab a    | 11 5 6 2",
                ">>fr<<ab       | 11 5 2"
            })
    void a_text_becomes_the_ids_that_transformers_gives(String text, String ids)
            throws IOException {
        assertThat(tokens().source(text, 18)).containsExactly(ids(ids));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 9 7 10 2   | xé zz",
                "11 8 9       | >>fr<< xé",
                "12 4 5       | 中b ab",
                "8 1 1        | x",
                "13 9 14      | w13é w14"
            })
    void ids_become_the_text_that_transformers_gives(String ids, String text) throws IOException {
        assertThat(tokens().show(ids(ids))).isEqualTo(text);
    }

    private static int[] ids(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void what_is_unknown_is_shown_and_told() throws IOException {
        WriterTokens tokens = tokens();
        assertThat(tokens.show(new int[] {8, 3, 9})).isEqualTo("x<unk>é");
        assertThat(tokens.unknown("ab 中é a aq")).containsExactly("中é", "q");
        assertThat(tokens.unknown("ab 中 é")).isEmpty();
    }

    @Test
    void a_translation_is_that_of_the_same_ids() throws IOException {
        Path run = imported();
        Path words = Files.createDirectory(folder.resolve("words"));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(MARIAN.resolve(file), words.resolve(file));
        }
        Files.writeString(
                words.resolve("tokenizer.json"),
                """
                {"added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null,
                 "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "3", "vocab": {%s}}}
                """
                        .formatted(
                                IntStream.range(0, TOKENS)
                                        .mapToObj(i -> "\"%d\": %d".formatted(i, i))
                                        .collect(Collectors.joining(", "))));
        String written = Translator.load(words).translate("5 7 12 6 2");

        String expected = Translator.load(run).tokens().show(ids(written));
        assertThat(expected).isNotBlank();
        assertThat(Run.done(Run.of("translate", run.toString(), "ab 中 a")).out().strip())
                .isEqualTo(expected.strip());
    }

    @Test
    void a_decoder_whose_start_nobody_names_is_refused() throws IOException {
        Path config = model.resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(
                config,
                text.replace("\"decoder_start_token_id\": 2,", "")
                        .replace("\"bos_token_id\": 0,", ""));
        assertRefused("config.json", "'decoder_start_token_id' is missing", "model's page");
    }

    @Test
    void an_empty_source_spm_is_refused() throws IOException {
        Files.write(model.resolve("source.spm"), new byte[0]);
        assertRefused("source.spm: is empty", "get the file again");
    }

    @Test
    void a_source_spm_that_is_cut_off_is_refused_wherever_that_is() throws IOException {
        byte[] whole = source().whole();
        for (int length = 1; length < whole.length; length++) {
            Files.write(model.resolve("source.spm"), Arrays.copyOf(whole, length));
            assertRefused("source.spm: ", "again");
        }
        Files.write(model.resolve("source.spm"), source().unfinished());
        assertRefused("source.spm: has no normalizer_spec", "cut off", "get it again");
    }

    @Test
    void ids_that_repeat_are_refused() throws IOException {
        Map<String, Integer> ids = vocabulary();
        ids.put("zz", 9);
        Files.write(model.resolve("vocab.json"), json(ids));
        assertRefused("vocab.json: the tokens 'é' and 'zz' have the same id 9", "get the file");
    }

    @ParameterizedTest
    @ValueSource(ints = {TOKENS, 70_000})
    void ids_beyond_the_embedding_are_refused(int id) throws IOException {
        Map<String, Integer> ids = vocabulary();
        ids.put("zz", id);
        Files.write(model.resolve("vocab.json"), json(ids));
        assertRefused(
                "vocab.json: the token 'zz' has the id " + id,
                "the embedding has 40 rows",
                "from the same folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"</s>", "<unk>"})
    void a_vocabulary_without_a_token_that_is_needed_is_refused(String token) throws IOException {
        Map<String, Integer> ids = vocabulary();
        ids.remove(token);
        Files.write(model.resolve("vocab.json"), json(ids));
        assertRefused("vocab.json: ", token);
    }

    @Test
    void a_vocabulary_that_is_cut_off_is_refused() throws IOException {
        byte[] whole = json(vocabulary());
        Files.write(model.resolve("vocab.json"), Arrays.copyOf(whole, whole.length / 2));
        assertRefused("vocab.json: line 1", "cut off or damaged");
    }

    private void assertRefused(String... parts) {
        Path run = folder.resolve("none");
        Run refused = Run.of("import", model.toString(), "--run", run.toString());
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains(parts);
        assertThat(run).doesNotExist();
    }
}
