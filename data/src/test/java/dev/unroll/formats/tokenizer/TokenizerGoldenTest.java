package dev.unroll.formats.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.LeadingSpace;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokenizers that {@code bench/golden/tokenizers_json.py} made with Hugging Face's tokenizers. */
class TokenizerGoldenTest {

    private static JsonNode json(String name) throws IOException {
        try (InputStream file = TokenizerGoldenTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(file);
        }
    }

    private static Tokenizer theirs(String name) throws IOException, URISyntaxException {
        return TokenizerFile.read(
                Path.of(
                        Objects.requireNonNull(
                                        TokenizerGoldenTest.class.getResource(name + ".json"))
                                .toURI()));
    }

    private static Tokenizer ours(String name) throws IOException {
        List<String> corpus =
                json("golden.json").get("corpus").valueStream().map(JsonNode::asString).toList();
        TokenizerOptions bytePairs = TokenizerOptions.ofSize(400).seenAtLeast(2).lowercased();
        TokenizerOptions words = TokenizerOptions.ofSize(1000);
        return switch (name) {
            case "byte-pairs" -> BytePairTokenizer.train(corpus, bytePairs);
            case "byte-pairs-space" ->
                    BytePairTokenizer.train(corpus, bytePairs, LeadingSpace.ADDED);
            case "words" -> WordTokenizer.train(corpus, words);
            case "characters" ->
                    CharacterTokenizer.train(corpus, words.lowercased().seenAtLeast(2));
            default -> throw new AssertionError(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-pairs", "byte-pairs-space", "words", "characters"})
    void a_file_that_is_read_encodes_and_decodes_as_there(String name) throws Exception {
        Tokenizer tokenizer = theirs(name);
        for (JsonNode golden : json("golden.json").get("tokenizers").get(name)) {
            String text = golden.get("text").asString();
            int[] ids = golden.get("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
            assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
            assertThat(tokenizer.decode(ids)).isEqualTo(golden.get("decoded").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-pairs", "byte-pairs-space", "words", "characters"})
    void training_on_the_same_texts_gives_the_same_tokenizer(String name) throws Exception {
        Tokenizer ours = ours(name);
        Tokenizer theirs = theirs(name);
        assertThat(ours.vocabulary().tokens()).isEqualTo(theirs.vocabulary().tokens());
        assertThat(ours).isEqualTo(theirs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-pairs", "byte-pairs-space", "words", "characters"})
    void what_is_written_is_what_is_written_there(String name) throws Exception {
        JsonNode ours = JsonMapper.shared().readTree(TokenizerFile.toJson(ours(name)));
        JsonNode theirs = json(name + ".json");
        assertThat(ours).isEqualTo(theirs);
        assertThat(names(ours)).isEqualTo(names(theirs));
    }

    /** The names in their order, which equality of objects does not look at. */
    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
