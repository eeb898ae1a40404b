package dev.unroll.formats.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.LeadingSpace;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TokenizerFileTest {

    private static final List<String> TEXTS =
            List.of(
                    "The low tide is lower than the lowest tide.",
                    "Zwei Männer, \"Über\" \\ 日本 😀  \t\n ok",
                    "</s> \u0000\u007f\u0085\u2028");

    @TempDir Path folder;

    static Stream<Tokenizer> tokenizers() {
        TokenizerOptions options = TokenizerOptions.ofSize(300);
        TokenizerOptions inForm = new TokenizerOptions(300, 1, Normalization.NFKC_LOWERCASE);
        return Stream.of(options, options.lowercased(), inForm)
                .flatMap(
                        each ->
                                Stream.of(
                                        BytePairTokenizer.ofBytes(each.normalization()),
                                        CharacterTokenizer.train(TEXTS, each),
                                        WordTokenizer.train(TEXTS, each),
                                        BytePairTokenizer.train(TEXTS, each, LeadingSpace.KEPT),
                                        BytePairTokenizer.train(TEXTS, each, LeadingSpace.ADDED)));
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void what_is_written_is_read_back(Tokenizer tokenizer) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        TokenizerFile.write(tokenizer, file);
        Tokenizer read = TokenizerFile.read(file);
        assertThat(read).isEqualTo(tokenizer);
        for (String text : TEXTS) {
            assertThat(read.encode(text)).isEqualTo(tokenizer.encode(text));
            assertThat(read.decode(read.encode(text))).isEqualTo(read.normalization().apply(text));
        }
    }

    @Test
    void an_older_file_is_replaced_and_nothing_else_is_left() throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "old");
        Tokenizer tokenizer = CharacterTokenizer.train(TEXTS, TokenizerOptions.ofSize(50));
        TokenizerFile.write(tokenizer, file);
        assertThat(TokenizerFile.read(file)).isEqualTo(tokenizer);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Every character is unknown. */
    private record Blind(Vocabulary vocabulary, Normalization normalization) implements Tokenizer {
        @Override
        public int[] encode(String text) {
            return new int[text.length()];
        }

        @Override
        public int[] ends(String text) {
            return IntStream.rangeClosed(1, text.length()).toArray();
        }

        @Override
        public String decode(int[] ids) {
            return "";
        }
    }

    @Test
    void a_tokenizer_of_ones_own_is_refused_by_name_and_no_file_is_left() {
        Path file = folder.resolve("tokenizer.json");
        Tokenizer own = new Blind(new Vocabulary(Vocabulary.SPECIALS), Normalization.NONE);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TokenizerFile.write(own, file))
                .withMessageContainingAll("Blind", "WordTokenizer", "a file of your own");
        assertThat(file).doesNotExist();
    }

    @Test
    void merges_may_be_written_as_in_older_files() throws IOException {
        Tokenizer tokenizer = BytePairTokenizer.train(TEXTS, TokenizerOptions.ofSize(300));
        Tokenizer read =
                read(
                        changed(
                                tokenizer,
                                root -> {
                                    ObjectNode model = (ObjectNode) root.get("model");
                                    ArrayNode merges = (ArrayNode) model.get("merges");
                                    List<String> lines =
                                            merges.valueStream()
                                                    .map(
                                                            pair ->
                                                                    pair.get(0).asString()
                                                                            + " "
                                                                            + pair.get(1)
                                                                                    .asString())
                                                    .toList();
                                    merges.removeAll();
                                    lines.forEach(merges::add);
                                    model.remove("type");
                                }));
        assertThat(read).isEqualTo(tokenizer);
    }

    @Test
    void a_missing_file_is_an_io_error() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> TokenizerFile.read(folder.resolve("nothing.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "nonsense",
                "{\"version\":\"1.0\"} trailing",
                "{\"model\":{},\"model\":{}}",
                "\u0000\u0001\u0002",
                "[]",
                "3",
                "null",
                "{}",
                "{\"model\":[]}",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":[]}}",
                "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0}}}"
            })
    void what_is_no_tokenizer_is_refused_and_the_file_is_named(String content) {
        assertThatExceptionOfType(TokenizerFileException.class)
                .isThrownBy(() -> read(content))
                .withMessageContaining("tokenizer.json: ");
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void a_file_cut_off_anywhere_is_refused(Tokenizer tokenizer) {
        String whole = TokenizerFile.toJson(tokenizer).stripTrailing();
        for (int length = 0; length < whole.length(); length += 1 + whole.length() / 200) {
            String part = whole.substring(0, length);
            assertThatExceptionOfType(TokenizerFileException.class).isThrownBy(() -> read(part));
        }
    }

    @Test
    void deep_nesting_is_refused() {
        assertThatExceptionOfType(TokenizerFileException.class)
                .isThrownBy(() -> read("[".repeat(1_000_000)))
                .withMessageContaining("nesting depth");
        String sequence = "{\"type\":\"Sequence\",\"normalizers\":[";
        assertThatExceptionOfType(TokenizerFileException.class)
                .isThrownBy(
                        () ->
                                read(
                                        "{\"normalizer\":"
                                                + sequence.repeat(200)
                                                + "]}".repeat(200)
                                                + "}"));
    }

    @Test
    void a_file_too_large_is_refused_unread() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(TokenizerFile.LARGEST).write(ByteBuffer.wrap(new byte[] {'x'}));
        }
        assertThatExceptionOfType(TokenizerFileException.class)
                .isThrownBy(() -> TokenizerFile.read(file))
                .withMessageContaining("at most 67108864");
    }

    record Damage(String expected, Consumer<ObjectNode> change) {
        @Override
        public String toString() {
            return expected;
        }
    }

    private static ObjectNode at(ObjectNode node, String... names) {
        ObjectNode at = node;
        for (String name : names) {
            at = (ObjectNode) at.get(name);
        }
        return at;
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage(
                        "model.vocab['a'] is 5, as is that of '#'",
                        root -> at(root, "model", "vocab").put("a", 5)),
                new Damage(
                        "model.vocab['a'] is 999999; 260 tokens have the ids 0 to 259",
                        root -> at(root, "model", "vocab").put("a", 999_999)),
                new Damage(
                        "model.vocab['a'] is -1;", root -> at(root, "model", "vocab").put("a", -1)),
                new Damage(
                        "model.vocab['a'] is the string '7'; an integer is needed",
                        root -> at(root, "model", "vocab").put("a", "7")),
                new Damage(
                        "model.vocab['a'] is 1.5; an integer is needed",
                        root -> at(root, "model", "vocab").put("a", 1.5)),
                new Damage(
                        "model.vocab['a'] is 99999999999; an integer is needed",
                        root -> at(root, "model", "vocab").put("a", 99_999_999_999L)),
                new Damage(
                        "model.vocab['a'] is null; an integer is needed",
                        root -> at(root, "model", "vocab").putNull("a")),
                new Damage(
                        "model.vocab is missing; an object is needed",
                        root -> {
                            at(root, "model").remove("vocab");
                            root.remove("added_tokens");
                        }),
                new Damage(
                        "model.vocab: a vocabulary begins with [<unk>, <s>, </s>]",
                        root -> {
                            at(root, "model", "vocab").put("<s>", 2).put("</s>", 1);
                            root.remove("added_tokens");
                        }),
                new Damage(
                        "model: the vocabulary lacks 'a'",
                        root -> {
                            int id = at(root, "model", "vocab").remove("a").asInt();
                            at(root, "model", "vocab").put("aa", id);
                            at(root, "model").putArray("merges");
                        }),
                new Damage(
                        "model.merges[0] joins 't' and 'zz', but 'zz' is not in the vocabulary",
                        root -> at(root, "model").putArray("merges").addArray().add("t").add("zz")),
                new Damage(
                        "model.merges[0] has 3 tokens; two are needed",
                        root ->
                                at(root, "model")
                                        .putArray("merges")
                                        .addArray()
                                        .add("a")
                                        .add("b")
                                        .add("c")),
                new Damage(
                        "model.merges[0] is not two tokens with a space between them",
                        root -> at(root, "model").putArray("merges").add("ab")),
                new Damage(
                        "model.merges[0] is 7; an array is needed",
                        root -> at(root, "model").putArray("merges").add(7)),
                new Damage(
                        "model.merges is missing; an array is needed",
                        root -> at(root, "model").remove("merges")),
                new Damage(
                        "model.type Unigram is not known; BPE and WordLevel are",
                        root -> at(root, "model").put("type", "Unigram")),
                new Damage(
                        "model.unk_token is not <unk>",
                        root -> at(root, "model").put("unk_token", "[UNK]")),
                new Damage(
                        "model.dropout is set; null is needed",
                        root -> at(root, "model").put("dropout", 0.1)),
                new Damage(
                        "model.ignore_merges is true; false is needed",
                        root -> at(root, "model").put("ignore_merges", true)),
                new Damage(
                        "added_tokens[3] '<pad>' has the id 260; only [<unk>, <s>, </s>] are known",
                        root ->
                                ((ArrayNode) root.get("added_tokens"))
                                        .addObject()
                                        .put("id", 260)
                                        .put("content", "<pad>")),
                new Damage(
                        "normalizer.type is StripAccents; known are NFC, NFD, NFKC, NFKD, Lowercase, Prepend",
                        root -> root.putObject("normalizer").put("type", "StripAccents")),
                new Damage(
                        "pre_tokenizer.type is Whitespace; known are ByteLevel, Split",
                        root -> root.putObject("pre_tokenizer").put("type", "Whitespace")),
                new Damage(
                        "decoder.type is WordPiece; known are ByteLevel, Fuse, Strip",
                        root -> root.putObject("decoder").put("type", "WordPiece")),
                new Damage(
                        "the file has steps that no tokenizer here takes",
                        root -> at(root, "pre_tokenizer").put("add_prefix_space", true)),
                new Damage(
                        "the file has steps that no tokenizer here takes",
                        root ->
                                root.putObject("normalizer")
                                        .put("type", "Prepend")
                                        .put("prepend", "▁")),
                new Damage(
                        "truncation is set",
                        root -> root.putObject("truncation").put("max_length", 5)),
                new Damage(
                        "post_processor adds tokens to a text; null is needed",
                        root ->
                                root.putObject("post_processor")
                                        .put("type", "TemplateProcessing")));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void a_damaged_file_is_refused_and_the_place_is_named(Damage damage) {
        Tokenizer tokenizer =
                BytePairTokenizer.train(List.of("the the"), TokenizerOptions.ofSize(260));
        String content = changed(tokenizer, damage.change);
        assertThatExceptionOfType(TokenizerFileException.class)
                .isThrownBy(() -> read(content))
                .withMessageStartingWith(folder.resolve("tokenizer.json") + ": ")
                .withMessageContaining(damage.expected);
    }

    private static String changed(Tokenizer tokenizer, Consumer<ObjectNode> change) {
        ObjectNode root =
                (ObjectNode) JsonMapper.shared().readTree(TokenizerFile.toJson(tokenizer));
        change.accept(root);
        return root.toString();
    }

    private Tokenizer read(String content) throws IOException {
        return TokenizerFile.read(Files.writeString(folder.resolve("tokenizer.json"), content));
    }
}
