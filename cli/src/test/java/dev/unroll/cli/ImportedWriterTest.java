package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.decode.Sampling;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.tasks.language.TextGenerator;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code unroll import} of models that write, with the small models of module {@code pretrained}
 * for which Hugging Face's transformers wrote the expected tokens; token i is the word {@code
 * w<i>}.
 */
class ImportedWriterTest {
    private static final Path MODELS =
            Path.of("..", "pretrained", "src", "test", "resources", "dev", "unroll", "pretrained");
    private static final int WORDS = 40;
    private static final String ENDS = "{\"bos_token_id\": 1, \"eos_token_id\": 1}";

    @TempDir Path folder;

    /** A model's folder with a tokenizer of words; what its generation_config.json has. */
    private Path model(String name, String rules, String... special) throws IOException {
        Path model = Files.createDirectory(folder.resolve(name));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(MODELS.resolve(name).resolve(file), model.resolve(file));
        }
        String words =
                IntStream.range(0, WORDS)
                        .mapToObj(i -> "\"%s\": %d".formatted(word(i), i))
                        .collect(Collectors.joining(", "));
        String added =
                Arrays.stream(special)
                        .map(
                                word ->
                                        """
                                        {"id": %s, "content": "%s", "single_word": true,
                                         "lstrip": false, "rstrip": false, "normalized": false,
                                         "special": true}
                                        """
                                                .formatted(word.substring(1), word))
                        .collect(Collectors.joining(", "));
        Files.writeString(
                model.resolve("tokenizer.json"),
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {%s}}}
                """
                        .formatted(added, words));
        Files.writeString(model.resolve("generation_config.json"), rules);
        return model;
    }

    private static List<JsonNode> expected(String name) throws IOException {
        String file = Files.readString(MODELS.resolve(name).resolve("expected.json"));
        return List.copyOf(new JsonMapper().readTree(file).values());
    }

    private static String word(int id) {
        return id == 3 ? "<unk>" : "w" + id;
    }

    private static List<String> words(JsonNode ids) {
        return ids.values().stream().map(id -> word(id.asInt())).toList();
    }

    private Path imported(Path model) {
        Path run = folder.resolve("run");
        Run run1 = Run.of("import", model.toString(), "--run", run.toString());
        assertThat(run1.exitCode()).as(run1.err()).isZero();
        Run intact = Run.of("inspect", run.toString(), "--verify");
        assertThat(intact.out())
                .contains("intact    model.safetensors", "intact    tokenizer.json");
        return run;
    }

    @Test
    void a_language_model_goes_on_as_transformers_does() throws IOException {
        Path run = imported(model("gpt2", ENDS));
        for (JsonNode text : expected("gpt2")) {
            List<String> given = words(text.path("ids"));
            List<String> all = words(text.path("written"));
            String prompt = String.join(" ", given);
            Run answer =
                    Run.of(
                            "generate",
                            run.toString(),
                            "--prompt",
                            prompt,
                            "--temperature",
                            "0",
                            "--tokens",
                            String.valueOf(all.size() - given.size()));
            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(answer.out().strip()).isEqualTo(String.join(" ", all));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bart", "marian"})
    void an_encoder_with_a_decoder_writes_as_transformers_does(String name) throws IOException {
        Path run = imported(model(name, "{}", "w0", "w1", "w2"));
        for (JsonNode text : expected(name)) {
            String source = String.join(" ", words(text.path("ids")));
            List<String> written = words(text.path("written"));
            Run answer = Run.of("translate", run.toString(), source);
            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(answer.out().strip())
                    .startsWith(String.join(" ", written.subList(1, written.size())));
        }
    }

    @Test
    void words_that_must_not_come_and_the_one_that_comes_first_are_as_the_files_say()
            throws IOException {
        Path model =
                model(
                        "marian",
                        """
                        {"bad_words_ids": [[35], [7, 8]], "forced_bos_token_id": 9, "num_beams": 3}
                        """,
                        "w2");
        Translator translator = Translator.load(model);

        String written = translator.translate("w5 w9 w31");

        assertThat(translator.decoding().beam()).isEqualTo(3);
        assertThat(written.split(" ")).startsWith("w9").doesNotContain("w35", "w2", "w1");
    }

    @Test
    void a_source_is_cut_to_the_positions_of_the_model_and_that_is_told() throws IOException {
        Translator translator = Translator.load(model("bart", "{}", "w0", "w1", "w2"));
        String long1 = "w7 ".repeat(40).strip();

        assertThat(translator.unread(long1)).isEqualTo(40 - 18);
        assertThat(translator.unread("w7 w7")).isZero();
        assertThat(translator.translate(long1)).isEqualTo(translator.translate(long1 + " w7"));
        assertThat(translator.translate("  ")).isEmpty();
        assertThat(translator.unknown("w5 none w6")).containsExactly("none");
    }

    @Test
    void the_special_tokens_that_a_tokenizer_adds_count_among_a_sources() throws IOException {
        Path model = model("bart", "{}", "w0", "w1", "w2");
        Path tokenizer = model.resolve("tokenizer.json");
        String around =
                """
                {"type": "TemplateProcessing",
                 "single": [{"SpecialToken": {"id": "w0", "type_id": 0}},
                   {"Sequence": {"id": "A", "type_id": 0}},
                   {"SpecialToken": {"id": "w2", "type_id": 0}}],
                 "pair": [{"Sequence": {"id": "A", "type_id": 0}},
                   {"Sequence": {"id": "B", "type_id": 1}}],
                 "special_tokens": {"w0": {"id": "w0", "ids": [0], "tokens": ["w0"]},
                   "w2": {"id": "w2", "ids": [2], "tokens": ["w2"]}}}
                """;
        String plain = Files.readString(tokenizer);
        Files.writeString(
                tokenizer,
                plain.replace("\"post_processor\": null", "\"post_processor\": " + around));
        Translator translator = Translator.load(model);

        assertThat(translator.longestSource()).isEqualTo(16);
        assertThat(translator.unread("w7 ".repeat(20).strip())).isEqualTo(4);
        assertThat(translator.translate("w7 ".repeat(20).strip())).isNotEmpty();
    }

    @Test
    void a_language_model_never_writes_what_the_files_forbid() throws IOException {
        String rules =
                "{\"bos_token_id\": 1, \"eos_token_id\": [1], \"bad_words_ids\": [[25], [27]]}";
        TextGenerator generator =
                TextGenerator.load(model("gpt2", rules))
                        .with(new TextGenerator.Options(new Sampling(0), 30));

        assertThat(generator.predict("w5 w9").strip().split(" "))
                .hasSize(30)
                .doesNotContain("w25", "w27", "w1");
    }

    @Test
    void greedy_and_beam_search_find_the_same_first_word_with_and_without_forbidden_ones()
            throws IOException {
        Translator free = Translator.load(model("marian", "{}"));
        String first = List.of(free.translate("w5 w9").split(" ")).getFirst();
        Files.writeString(
                folder.resolve("marian").resolve("generation_config.json"),
                "{\"bad_words_ids\": [[%s]]}".formatted(first.substring(1)));
        Translator ruled = Translator.load(folder.resolve("marian"));

        String greedy = List.of(ruled.translate("w5 w9").split(" ")).getFirst();
        String beam = ruled.with(ruled.decoding().beam(4)).translate("w5 w9");

        assertThat(greedy).isNotEqualTo(first);
        assertThat(beam.split(" ")).doesNotContain(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bad_words_ids\": [{\"a\": 5}]}",
                "{\"bad_words_ids\": 7}",
                "{\"bad_words_ids\": [[\"w5\"]]}",
                "{\"decoder_start_token_id\": \"2\"}",
                "{\"forced_bos_token_id\": [9, 8]}",
                "{\"forced_bos_token_id\": -1}",
                "{\"num_beams\": \"4\"}",
                "{\"num_beams\": 0}",
                "{\"eos_token_id\": 2.5}"
            })
    void rules_that_are_damaged_are_refused_with_their_file_and_key(String rules)
            throws IOException {
        Path model = model("marian", rules);
        String key = rules.substring(2, rules.indexOf('"', 2));
        assertThatThrownBy(() -> Translator.load(model))
                .isInstanceOf(PretrainedException.class)
                .hasMessageContaining("generation_config.json: '" + key + "'")
                .hasMessageContaining("it should be");
    }

    @Test
    void an_encoder_is_no_translator_and_no_generator() throws IOException {
        Path encoder = SmallBert.write(folder.resolve("bert"), "a", "tree");
        assertThatThrownBy(() -> Translator.load(encoder))
                .hasMessageContaining("a model of type 'bert' is not an encoder and a decoder");
        assertThatThrownBy(() -> TextGenerator.load(encoder))
                .hasMessageContaining("a model of type 'bert' is not a language model");
    }

    @Test
    void a_prompt_longer_than_the_context_and_an_empty_one_are_gone_on_with() throws IOException {
        TextGenerator generator =
                TextGenerator.load(model("gpt2", ENDS))
                        .with(new TextGenerator.Options(new Sampling(0), 50));

        assertThat(generator.predict("w4 ".repeat(100).strip()).strip().split(" ")).hasSize(50);
        assertThat(generator.predict("").strip().split(" ")).hasSize(50);
    }

    @Test
    void what_is_missing_or_does_not_fit_is_told() throws IOException {
        Path several = model("gpt2", "{\"bos_token_id\": 1, \"eos_token_id\": [1, 2]}");
        assertThatThrownBy(() -> TextGenerator.load(several))
                .isInstanceOf(PretrainedException.class)
                .hasMessageContaining("eos_token_id");
        Path model = model("marian", "{\"forced_bos_token_id\": 40}");
        assertThatThrownBy(() -> Translator.load(model))
                .isInstanceOf(PretrainedException.class)
                .hasMessageContaining("forced_bos_token_id")
                .hasMessageContaining("from 0 to 39");
        Files.writeString(model.resolve("generation_config.json"), "{}");
        assertThatThrownBy(() -> TextGenerator.load(model))
                .isInstanceOf(PretrainedException.class)
                .hasMessageContaining("a model of type 'marian' is not a language model");
        String run = folder.resolve("none").toString();
        Run pooled = Run.of("import", model.toString(), "--run", run, "--pooling", "mean");
        assertThat(pooled.exitCode()).isEqualTo(2);
        assertThat(pooled.err()).contains("is a model that writes");
        Files.delete(model.resolve("tokenizer.json"));
        Run bare = Run.of("import", model.toString(), "--run", run);
        assertThat(bare.exitCode()).isNotZero();
        assertThat(bare.err()).contains("has no tokenizer");
        assertThat(Path.of(run)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "bart", "marian"})
    void a_model_that_was_imported_is_exported(String name) throws IOException {
        Path run = imported(model(name, ENDS));
        Path file = folder.resolve("model.onnx");
        Run exported = Run.of("export", run.toString(), "--onnx", file.toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(file).isNotEmptyFile();
        assertThat(folder.resolve("model-step.onnx")).isNotEmptyFile();
    }
}
