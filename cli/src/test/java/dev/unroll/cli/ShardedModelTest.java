package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read a model whose weights lie in shards, as those of large models do. */
class ShardedModelTest {
    private static final Path MODELS =
            Path.of("..", "pretrained", "src", "test", "resources", "dev", "unroll", "pretrained");
    private static final String TOKENIZER =
            """
            {"added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
             "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0, "b": 1}}}
            """;

    @TempDir Path folder;
    private Path shards;
    private Path one;

    @BeforeEach
    void copy() throws IOException {
        shards = copied("bert-shards");
        one = copied("bert");
    }

    private Path copied(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(MODELS.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.writeString(copy.resolve("tokenizer.json"), TOKENIZER);
        return copy;
    }

    private static List<String> sorted(String text) {
        return text.lines().sorted().toList();
    }

    @Test
    void inspect_shows_the_arrays_of_all_shards() {
        String all = Run.done(Run.of("inspect", shards.toString())).out();
        assertThat(all).contains("embeddings.word_embeddings.weight", "imported");
        assertThat(sorted(all))
                .isEqualTo(sorted(Run.done(Run.of("inspect", one.toString())).out()));
    }

    @Test
    void inspect_names_the_shard_that_is_missing() throws IOException {
        Files.delete(shards.resolve("model-00002-of-00003.safetensors"));
        Run run = Run.of("inspect", shards.toString());
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err())
                .contains("index.json names model-00002-of-00003.safetensors", "not there");
    }

    @Test
    void a_folder_of_shards_is_exported_as_onnx_and_not_again_as_hugging_faces_form() {
        Path file = folder.resolve("model.onnx");
        Run.done(Run.of("export", shards.toString(), "--onnx", file.toString()));
        assertThat(file).isNotEmptyFile();
        String again = folder.resolve("again").toString();
        for (Path each : List.of(shards, one)) {
            Run run = Run.of("export", each.toString(), "--hugging-face", again);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("has Hugging Face's form already");
        }
    }

    @Test
    void a_folder_of_shards_is_imported_as_one_file() {
        Path run = folder.resolve("run");
        Run.done(Run.of("import", shards.toString(), "--run", run.toString()));
        assertThat(Run.done(Run.of("inspect", run.toString(), "--verify")).out())
                .contains("intact    model.safetensors");
        assertThat(Run.done(Run.of("embed", run.toString(), "a b")).out())
                .isEqualTo(Run.done(Run.of("embed", shards.toString(), "a b")).out());
    }
}
