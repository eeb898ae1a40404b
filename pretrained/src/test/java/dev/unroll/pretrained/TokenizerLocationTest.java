package dev.unroll.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.text.pipeline.TextPipeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerLocationTest {
    private static final String IDS =
            """
            {"<s>": 0, "</s>": 1, "l": 2, "o": 3, "w": 4, "e": 5, "r": 6, "\u0120": 7, "lo": 8,
             "low": 9, "er": 10, "\u0120low": 11, "<mask>": 12}
            """;

    @TempDir Path folder;

    @Test
    void a_vocabulary_with_merges_gives_the_tokens_of_the_same_as_tokenizer_json()
            throws IOException {
        Map<String, String> parts =
                Map.of(
                        "vocab.json",
                        IDS,
                        "merges.txt",
                        "#version: 0.2\nl o\nlo w\ne r\n\u0120 low\n");
        String whole =
                """
                {"added_tokens": [{"id": 0, "content": "<s>", "special": true},
                  {"id": 1, "content": "</s>", "special": true},
                  {"id": 12, "content": "<mask>", "special": true, "lstrip": true}],
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
                 "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 1],
                   "cls": ["<s>", 0], "trim_offsets": true, "add_prefix_space": false},
                 "decoder": {"type": "ByteLevel"},
                 "model": {"type": "BPE", "vocab": %s,
                   "merges": ["l o", "lo w", "e r", "\u0120 low"]}}
                """
                        .formatted(IDS);
        TextPipeline expected = TokenizerLocation.read(files(Map.of("tokenizer.json", whole)));
        for (ModelFiles files : List.of(files(parts), written(parts))) {
            TextPipeline read = TokenizerLocation.read(files);
            for (String text : List.of("lower low", " low <mask> ower", "", "row", "r\u00e9l")) {
                assertThat(read.encode(text).ids()).isEqualTo(expected.encode(text).ids());
                assertThat(read.encode(text).starts()).isEqualTo(expected.encode(text).starts());
                assertThat(read.encode(text).ends()).isEqualTo(expected.encode(text).ends());
            }
            assertThat(read.encode("lower low").ids()).containsExactly(0, 9, 10, 11, 1);
            assertThat(read.decode(new int[] {0, 9, 10, 11, 1}, true)).isEqualTo("lower low");
        }
    }

    @Test
    void a_tokenizer_that_cuts_texts_at_their_beginning_does_so_at_any_length() throws IOException {
        TextPipeline read =
                TokenizerLocation.read(
                        files(
                                Map.of(
                                        "tokenizer.json",
                                        """
                                        {"added_tokens": [],
                                         "truncation": {"direction": "Left", "max_length": 3,
                                           "strategy": "LongestFirst", "stride": 0},
                                         "pre_tokenizer": {"type": "WhitespaceSplit"},
                                         "model": {"type": "WordLevel", "unk_token": "a",
                                           "vocab": {"a": 0, "b": 1, "c": 2, "d": 3}}}
                                        """)));
        assertThat(read.encode("a b c d").ids()).containsExactly(1, 2, 3);
        assertThat(read.truncatedTo(2).encode("a b c d").ids()).containsExactly(2, 3);
        assertThat(read.untruncated().truncatedTo(2).encode("a b c d").ids()).containsExactly(0, 1);
    }

    @Test
    void pieces_of_sentencepiece_get_the_ids_of_the_vocabulary_beside_them() throws IOException {
        Files.write(folder.resolve("source.spm"), pieces());
        Files.writeString(
                folder.resolve("vocab.json"),
                """
                {"</s>": 0, "<unk>": 1, "b": 2, "\u2581ab": 3, "\u2581a": 4, "<pad>": 5}
                """);
        TextPipeline read = TokenizerLocation.read(ModelFiles.folder(folder));
        assertThat(read.encode("ab a").ids()).containsExactly(3, 4, 0);
        assertThat(read.encode("abb").ids()).containsExactly(3, 2, 0);
        assertThat(read.decode(new int[] {3, 4, 0}, true)).isEqualTo("ab a");
    }

    @Test
    void pieces_without_the_ids_of_special_tokens_are_refused_with_the_way_out()
            throws IOException {
        Files.write(folder.resolve("sentencepiece.bpe.model"), pieces());
        assertThatThrownBy(() -> TokenizerLocation.read(ModelFiles.folder(folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sentencepiece.bpe.model")
                .hasMessageContaining("save_pretrained");
    }

    @Test
    void a_vocabulary_of_words_is_read_with_the_case_accents_and_characters_of_its_settings()
            throws IOException {
        String words = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nuber\n\u00fcber\n\u00dcber\n\u65e5\n";
        Map<String, int[]> expected = new LinkedHashMap<>();
        expected.put("{}", new int[] {2, 5, 8, 8, 3});
        expected.put("{\"strip_accents\": false}", new int[] {2, 6, 8, 8, 3});
        expected.put("{\"do_lower_case\": false}", new int[] {2, 7, 8, 8, 3});
        expected.put("{\"tokenize_chinese_chars\": false}", new int[] {2, 5, 1, 3});
        for (Map.Entry<String, int[]> each : expected.entrySet()) {
            TextPipeline read =
                    TokenizerLocation.read(
                            files(
                                    Map.of(
                                            "vocab.txt",
                                            words,
                                            "tokenizer_config.json",
                                            each.getKey())));
            assertThat(read.encode("\u00dcber \u65e5\u65e5").ids())
                    .as(each.getKey())
                    .containsExactly(each.getValue());
        }
    }

    @Test
    void settings_that_only_a_tokenizer_json_can_carry_out_are_refused_by_name() {
        Map<String, String> merges =
                Map.of(
                        "vocab.json",
                        IDS,
                        "merges.txt",
                        "l o\n",
                        "tokenizer_config.json",
                        "{\"add_prefix_space\": true}");
        Map<String, String> words =
                Map.of(
                        "vocab.txt",
                        "[UNK]",
                        "tokenizer_config.json",
                        "{\"do_basic_tokenize\": false}");
        assertThatThrownBy(() -> TokenizerLocation.read(files(merges)))
                .hasMessageContainingAll("add_prefix_space is true", "tokenizer.json");
        assertThatThrownBy(() -> TokenizerLocation.read(files(words)))
                .hasMessageContainingAll("do_basic_tokenize is false", "tokenizer.json");
    }

    @Test
    void a_model_without_a_tokenizer_is_told_which_files_could_be_one() {
        assertThatThrownBy(() -> TokenizerLocation.read(ModelFiles.folder(folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "tokenizer.json", "vocab.txt", "vocab.json", "merges.txt", "source.spm");
    }

    private static ModelFiles files(Map<String, String> contents) throws IOException {
        Map<String, InputStream> streams = new LinkedHashMap<>();
        contents.forEach(
                (name, content) ->
                        streams.put(
                                name,
                                new ByteArrayInputStream(
                                        content.getBytes(StandardCharsets.UTF_8))));
        return ModelFiles.streams(streams);
    }

    private ModelFiles written(Map<String, String> contents) throws IOException {
        for (Map.Entry<String, String> one : contents.entrySet()) {
            Files.writeString(folder.resolve(one.getKey()), one.getValue());
        }
        return ModelFiles.folder(folder);
    }

    /** A SentencePiece model of the Unigram kind, in its protocol buffer's bytes. */
    private static byte[] pieces() {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        piece(model, "<unk>", 0, 2);
        piece(model, "</s>", 0, 3);
        piece(model, "\u2581a", -1, 1);
        piece(model, "\u2581ab", -1.5f, 1);
        piece(model, "b", -2, 1);
        model.writeBytes(new byte[] {0x1A, 0}); // a normalizer_spec of defaults
        return model.toByteArray();
    }

    private static void piece(ByteArrayOutputStream model, String text, float score, int kind) {
        byte[] letters = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer piece =
                ByteBuffer.allocate(2 + letters.length + 5 + 2).order(ByteOrder.LITTLE_ENDIAN);
        piece.put((byte) 0x0A).put((byte) letters.length).put(letters);
        piece.put((byte) 0x15).putFloat(score);
        piece.put((byte) 0x18).put((byte) kind);
        model.write(0x0A);
        model.write(piece.capacity());
        model.writeBytes(piece.array());
    }
}
