package dev.unroll.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.pretrained.architecture.GuessedConfig;
import dev.unroll.pretrained.weights.NamedWeights;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedTest {
    @TempDir Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "bert-shards",
                "bert-masked",
                "roberta",
                "electra",
                "distilbert",
                "gpt2",
                "bart",
                "marian"
            })
    void a_model_that_was_saved_loads_back_to_the_same_bits(String name) throws IOException {
        Pretrained before = Pretrained.load(Golden.folder(name));
        before.save(before.network(), temporary.resolve("saved"));
        Pretrained after = Pretrained.load(temporary.resolve("saved"));
        assertThat(bits(after.network())).isEqualTo(bits(before.network()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "roberta", "distilbert", "gpt2", "bart", "marian"})
    void what_is_saved_are_the_arrays_of_the_file_under_their_names(String name)
            throws IOException {
        Pretrained model = Pretrained.load(Golden.folder(name));
        Map<String, Safetensors.Array> there =
                Safetensors.read(Golden.folder(name).resolve("model.safetensors")).arrays();
        Map<String, Safetensors.Array> saved = model.weights(model.network()).arrays();
        assertThat(saved).isNotEmpty();
        saved.forEach(
                (array, values) -> {
                    Safetensors.Array same = Objects.requireNonNull(there.get(array), array);
                    assertThat(values.values()).isEqualTo(same.values());
                    assertThat(values.shape()).isEqualTo(same.shape());
                });
        assertThat(there.keySet().stream().filter(n -> !saved.containsKey(n)))
                .allMatch(n -> model.left().contains(n) || n.endsWith("embed_positions.weight"));
    }

    @Test
    void a_packed_network_is_saved_as_the_unpacked_one() throws IOException {
        Pretrained model = Pretrained.load(Golden.folder("gpt2"));
        Safetensors packed = model.weights(Parameters.map(model.network(), Parameter::packed));
        assertThat(bits(packed)).isEqualTo(bits(model.weights(model.network())));
    }

    @Test
    void streams_the_class_path_and_a_jar_give_the_network_of_the_folder() throws IOException {
        Path folder = Golden.folder("bert");
        Map<String, Object> expected = bits(Pretrained.load(folder).network());
        ModelFiles streams =
                ModelFiles.streams(
                        Map.of(
                                "config.json",
                                new ByteArrayInputStream(
                                        Files.readAllBytes(folder.resolve("config.json"))),
                                "model.safetensors",
                                new ByteArrayInputStream(
                                        Files.readAllBytes(folder.resolve("model.safetensors")))));
        assertThat(bits(Pretrained.load(streams).network())).isEqualTo(expected);
        ModelFiles classPath =
                ModelFiles.classPath(
                        PretrainedTest.class.getClassLoader(), "dev/unroll/pretrained/bert");
        assertThat(bits(Pretrained.load(classPath).network())).isEqualTo(expected);
        Path jar = temporary.resolve("model.jar");
        try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            for (String file : List.of("config.json", "model.safetensors")) {
                Files.copy(folder.resolve(file), inside.getPath("/" + file));
            }
        }
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            assertThat(bits(Pretrained.load(inside.getPath("/")).network())).isEqualTo(expected);
        }
    }

    @Test
    void an_unknown_architecture_is_refused_by_name() throws IOException {
        Path folder = copy("bert", Map.of("\"bert\"", "\"mamba\""));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("config.json")
                .hasMessageContaining("'mamba'")
                .hasMessageContaining("distilbert");
    }

    @Test
    void a_missing_array_is_refused_with_its_name_and_shape() throws IOException {
        Path folder = copy("bert", Map.of());
        change(folder, arrays -> arrays.remove("encoder.layer.1.output.dense.weight"));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("'encoder.layer.1.output.dense.weight' [12, 20] is missing");
    }

    @Test
    void an_array_too_many_is_refused_with_its_name_and_shape() throws IOException {
        Path folder = copy("bert", Map.of());
        change(
                folder,
                arrays ->
                        arrays.put(
                                "encoder.layer.2.output.dense.bias",
                                new Safetensors.Array(new int[] {2}, new float[2])));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("'encoder.layer.2.output.dense.bias' [2]");
    }

    @Test
    void an_array_of_another_shape_is_refused_with_both_shapes() throws IOException {
        Path folder =
                copy("bert", Map.of("\"intermediate_size\": 20", "\"intermediate_size\": 24"));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("'encoder.layer.0.intermediate.dense.weight' is [20, 12]")
                .hasMessageContaining("[24, 12]");
    }

    @Test
    void settings_that_ask_for_gigabytes_are_refused_before_anything_is_made() throws IOException {
        Path folder = copy("bert", Map.of("\"vocab_size\": 40", "\"vocab_size\": 9000000"));
        assertThatThrownBy(() -> Pretrained.load(folder)).hasMessageContaining("[9000000, 12]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hidden_size\": -12",
                "\"hidden_size\": 1.5",
                "\"hidden_size\": \"12\"",
                "\"hidden_size\": 99999999999"
            })
    void a_setting_that_is_no_size_is_refused_with_its_key(String setting) throws IOException {
        Path folder = copy("bert", Map.of("\"hidden_size\": 12", setting));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("config.json: hidden_size is ")
                .hasMessageContaining("a whole number from 1");
    }

    @Test
    void relative_positions_are_refused() throws IOException {
        Path folder =
                copy(
                        "bert",
                        Map.of(
                                "\"model_type\"",
                                "\"position_embedding_type\": \"relative_key\", \"model_type\""));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("position_embedding_type")
                .hasMessageContaining("absolute");
    }

    @Test
    void numbers_that_leave_nothing_to_compute_with_are_refused_with_their_key()
            throws IOException {
        Path negative = copy("bert", Map.of("\"layer_norm_eps\": 1e-12", "\"layer_norm_eps\": -1"));
        assertThatThrownBy(() -> Pretrained.load(negative))
                .hasMessageContaining(
                        "layer_norm_eps is -1, and allowed is a number of at least 0");
        Path behind = copy("roberta", Map.of("\"pad_token_id\": 1", "\"pad_token_id\": 19"));
        assertThatThrownBy(() -> Pretrained.load(behind))
                .hasMessageContaining("config.json: pad_token_id is 19")
                .hasMessageContaining("max_position_embeddings, 20");
    }

    @Test
    void arrays_without_settings_that_may_be_a_robertas_are_not_taken_for_a_berts()
            throws IOException {
        NamedWeights weights =
                new NamedWeights() {
                    @Override
                    public Map<String, int[]> shapes() {
                        return Map.of(
                                "embeddings.word_embeddings.weight", new int[] {40, 12},
                                "embeddings.token_type_embeddings.weight", new int[] {1, 12});
                    }

                    @Override
                    public float[] values(String name) {
                        throw new AssertionError(name);
                    }
                };
        assertThatThrownBy(() -> GuessedConfig.of(weights, "roberta.onnx"))
                .hasMessageContainingAll("roberta.onnx", "RoBERTa", "config.json");
    }

    @Test
    void weights_that_were_cut_off_are_refused() throws IOException {
        Path folder = copy("bert", Map.of());
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        assertThatThrownBy(() -> Pretrained.load(folder)).hasMessageContaining("is damaged");
    }

    @Test
    void an_output_that_is_not_tied_to_the_embedding_is_refused() throws IOException {
        Path folder = copy("gpt2", Map.of());
        change(
                folder,
                arrays ->
                        arrays.put(
                                "lm_head.weight",
                                new Safetensors.Array(new int[] {40, 12}, new float[480])));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("'lm_head.weight' [40, 12]")
                .hasMessageContaining("tied");
    }

    @Test
    void shards_that_name_files_elsewhere_are_refused() throws IOException {
        Path folder = copy("bert-shards", Map.of());
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(
                index,
                Files.readString(index)
                        .replace("model-00002-of-00003.safetensors", "../../etc/passwd"));
        assertThatThrownBy(() -> Pretrained.load(folder)).hasMessageContaining("../../etc/passwd");
        Path other = copy("bert-shards", Map.of());
        Files.delete(other.resolve("model-00002-of-00003.safetensors"));
        assertThatThrownBy(() -> Pretrained.load(other))
                .hasMessageContaining("model-00002-of-00003.safetensors, which is not there");
    }

    @Test
    void a_folder_without_settings_or_weights_says_what_is_missing() throws IOException {
        assertThatThrownBy(() -> Pretrained.load(temporary)).hasMessageContaining("config.json");
        Path folder = copy("bert", Map.of());
        Files.delete(folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> Pretrained.load(folder))
                .hasMessageContaining("has no weights")
                .hasMessageContaining("model.safetensors");
        assertThatThrownBy(() -> Pretrained.load(temporary.resolve("nowhere")))
                .hasMessageContaining("nowhere is no folder");
    }

    @Test
    void tokens_and_positions_that_have_no_row_are_refused() throws IOException {
        Pretrained model = Pretrained.load(Golden.folder("roberta"));
        assertThat(model.encoder().longest()).isEqualTo(18);
        assertThatThrownBy(
                        () ->
                                model.encoder()
                                        .forward(Tokens.of(List.of(new int[19])), Mode.INFERENCE))
                .hasMessageContaining("position 18");
        assertThatThrownBy(() -> model.languageModel())
                .hasMessageContaining("'roberta' is not a language model");
    }

    private Path copy(String name, Map<String, String> changes) throws IOException {
        Path to = Files.createTempDirectory(temporary, name);
        try (var files = Files.list(Golden.folder(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        Path config = to.resolve("config.json");
        String text = Files.readString(config);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(config, text);
        return to;
    }

    private static void change(Path folder, Consumer<Map<String, Safetensors.Array>> change)
            throws IOException {
        Path file = folder.resolve("model.safetensors");
        Map<String, Safetensors.Array> arrays =
                new LinkedHashMap<>(Safetensors.read(file).arrays());
        change.accept(arrays);
        new Safetensors(arrays, Map.of()).write(file);
    }

    private static Map<String, Object> bits(Object network) {
        Map<String, Object> bits = new LinkedHashMap<>();
        Parameters.of(network)
                .forEach(
                        (name, parameter) ->
                                bits.put(name, Arrays.toString(parameter.value().toArray())));
        return bits;
    }

    private static Map<String, Object> bits(Safetensors file) {
        Map<String, Object> bits = new LinkedHashMap<>();
        file.arrays().forEach((name, array) -> bits.put(name, Arrays.toString(array.values())));
        return bits;
    }
}
