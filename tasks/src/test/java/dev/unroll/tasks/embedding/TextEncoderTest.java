package dev.unroll.tasks.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.backend.WeightStorage;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextEncoderTest {
    private static final String[] TEXTS = {
        "Parcels can be sent back within 30 days.",
        "The shop is open from nine to five.",
        "query: passage: You can pay by card or by invoice."
    };

    @TempDir Path temporary;
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = MadeUpEncoder.write(temporary.resolve("encoder"), TEXTS);
    }

    @Test
    void the_nearest_text_is_the_one_with_words_in_common() throws IOException {
        TextEncoder encoder = TextEncoder.load(folder);
        NearestTexts texts = NearestTexts.of(encoder, List.of(TEXTS));
        NearestTexts.Match best =
                texts.nearest(encoder.predict("Within how many days?"), 2).getFirst();
        assertThat(best.index()).isEqualTo(0);
        assertThat(texts.nearest(encoder.predict(TEXTS[1]), 1).getFirst().score())
                .isEqualTo(1, within(1e-6));
    }

    @Test
    void an_encoder_that_keeps_packed_matrices_alone_has_the_vectors_of_the_whole_one()
            throws IOException {
        TextEncoder whole = TextEncoder.of(Pretrained.load(folder));
        assertThat(TextEncoder.load(folder).predict(TEXTS[0])).isEqualTo(whole.predict(TEXTS[0]));
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "INT8"})
    void matrices_in_fewer_bytes_give_nearly_the_same_vectors(WeightStorage storage)
            throws IOException {
        float[] whole = TextEncoder.load(folder).predict(TEXTS[0]);
        float[] rounded = TextEncoder.load(ModelFiles.folder(folder), storage).predict(TEXTS[0]);
        assertThat(rounded).containsExactly(whole, within(0.01f));
    }

    @Test
    void many_texts_of_mixed_lengths_have_the_vectors_of_each_by_itself() throws IOException {
        TextEncoder encoder = TextEncoder.load(folder);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            texts.add("open shop ".repeat(i % 17) + TEXTS[i % 3]);
        }
        List<float[]> together = encoder.predictAll(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i))
                    .containsExactly(encoder.predict(texts.get(i)), within(1e-6f));
        }
    }

    @Test
    void many_threads_get_the_same_bits() throws Exception {
        TextEncoder encoder = TextEncoder.load(folder);
        float[] expected = encoder.predict(TEXTS[0]);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<float[]>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(() -> encoder.predict(TEXTS[0])));
            }
            for (Future<float[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_text_of_100_000_characters_is_cut_and_says_so() throws IOException {
        TextEncoder encoder = TextEncoder.load(folder);
        TextVector cut = encoder.encode("open ".repeat(20_000));
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.tokens()).isEqualTo(MadeUpEncoder.LONGEST);
        assertThat(cut.vector()).doesNotContain(Float.NaN);
        assertThat(encoder.encode("open").truncated()).isFalse();
    }

    @Test
    void empty_texts_spaces_and_half_characters_have_a_vector() throws IOException {
        TextEncoder encoder = TextEncoder.load(folder);
        for (String text : List.of("", "   ", "\t\n\u00a0", "\ud800", "\0", "\u200f")) {
            TextVector vector = encoder.encode(text);
            assertThat(vector.vector()).hasSize(MadeUpEncoder.WIDTH).doesNotContain(Float.NaN);
            assertThat(vector.tokens()).isGreaterThanOrEqualTo(2);
        }
        assertThat(encoder.predictAll(List.of())).isEmpty();
    }

    @Test
    void first_last_and_mean_pooling_take_the_rows_that_they_name() throws IOException {
        float[] rows = {1, 2, 3, 4, 5, 9};
        assertThat(Pooling.FIRST.pool(rows, 1, 3, 2)).containsExactly(3, 4);
        assertThat(Pooling.LAST.pool(rows, 1, 3, 2)).containsExactly(5, 9);
        assertThat(Pooling.MEAN.pool(rows, 0, 3, 2)).containsExactly(3, 5);
        assertThat(Pooling.MEAN.pool(rows, 1, 1, 2)).containsExactly(0, 0);
    }

    @Test
    void a_prompt_stands_before_the_text() throws IOException {
        Files.writeString(
                folder.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"query: \"}}");
        TextEncoder encoder = TextEncoder.load(folder);
        assertThat(encoder.prompted("query").predict("card"))
                .isEqualTo(encoder.predict("query: card"));
        assertThatThrownBy(() -> encoder.prompted("title"))
                .hasMessageContaining("'title'")
                .hasMessageContaining("query");
    }

    @Test
    void the_files_of_sentence_transformers_say_pooling_length_and_norm() throws IOException {
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(
                folder.resolve("modules.json"),
                """
                [{"path": "", "type": "sentence_transformers.models.Transformer"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]
                """);
        Files.writeString(
                folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}");
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 7}");
        TextEncoder encoder = TextEncoder.load(folder);
        assertThat(encoder.settings())
                .isEqualTo(
                        EncoderSettings.standard().with(Pooling.FIRST).normalized(false).upTo(7));
        assertThat(encoder.encode(TEXTS[0]).tokens()).isEqualTo(7);
        Files.writeString(
                folder.resolve("modules.json"),
                "[{\"path\": \"2_Dense\", \"type\": \"sentence_transformers.models.Dense\"}]");
        assertThatThrownBy(() -> TextEncoder.load(folder)).hasMessageContaining("Dense");
    }

    @Test
    void settings_of_sentence_transformers_that_are_not_followed_are_refused() throws IOException {
        refused("modules.json", "", "no module 'Pooling'");
        refused("modules.json", "[{\"type\": \"a.Transformer\"}]", "no module 'Pooling'");
        for (String path : List.of("", "..", "../other", "/tmp", "a\\u0000b")) {
            refused(
                    "modules.json",
                    "[{\"type\": \"a.Pooling\", \"path\": \"" + path + "\"}]",
                    "no folder beside it");
        }
        Files.createDirectories(folder.resolve("1_Pooling"));
        refused(
                "1_Pooling/config.json",
                "{\"pooling_mode_mean_tokens\": true, \"include_prompt\": false}",
                "include_prompt is false");
    }

    @Test
    void texts_in_lower_case_are_asked_for_only_where_the_tokenizer_keeps_upper_case()
            throws IOException {
        Files.writeString(
                folder.resolve("vocab.txt"),
                Files.readString(folder.resolve("vocab.txt")).replace("\nopen\n", "\nB\n"));
        Path settings = folder.resolve("sentence_bert_config.json");
        Files.writeString(settings, "{\"max_seq_length\": 7, \"do_lower_case\": true}");
        assertThat(TextEncoder.load(folder).settings().longest()).isEqualTo(7);
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        refused("sentence_bert_config.json", "{\"do_lower_case\": true}", "keeps upper case");
    }

    /** A file with something that is refused; it is gone afterwards. */
    private void refused(String file, String content, String reason) throws IOException {
        Files.writeString(folder.resolve(file), content);
        assertThatThrownBy(() -> TextEncoder.load(folder))
                .as(content)
                .isInstanceOf(PretrainedException.class)
                .hasMessageContainingAll(file, reason);
        Files.delete(folder.resolve(file));
    }

    @Test
    void a_tokenizer_with_ids_beyond_the_embedding_is_refused() throws IOException {
        Files.writeString(
                folder.resolve("vocab.txt"),
                Files.readString(folder.resolve("vocab.txt")) + "more\n");
        assertThatThrownBy(() -> TextEncoder.load(folder))
                .hasMessageContaining("'more'")
                .hasMessageContaining("rows");
    }

    @Test
    void an_imported_run_gives_the_vectors_of_its_source_and_is_verified() throws IOException {
        Path run = temporary.resolve("run");
        EncoderImport.Imported imported =
                EncoderImport.run(folder, run, told -> told.prompting("query", "query: ").upTo(9));
        assertThat(imported.width()).isEqualTo(MadeUpEncoder.WIDTH);
        TextEncoder encoder = TextEncoder.load(run);
        assertThat(encoder.settings()).isEqualTo(imported.settings());
        assertThat(encoder.predict("open shop"))
                .isEqualTo(TextEncoder.load(folder).predict("open shop"));
        RunFolder made = new RunFolder(run);
        assertThat(Manifest.read(made).orElseThrow().states(made))
                .containsKeys("config.json", "model.safetensors", "vocab.txt")
                .allSatisfy((file, state) -> assertThat(state).isEqualTo(Manifest.State.INTACT));
        assertThatThrownBy(() -> EncoderImport.run(folder, run, told -> told))
                .hasMessageContaining("is not empty");
        assertThat(Pretrained.load(run).left()).isEmpty();
    }
}
