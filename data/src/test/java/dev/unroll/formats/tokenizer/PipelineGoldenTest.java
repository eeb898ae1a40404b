package dev.unroll.formats.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Small tokenizers of each kind of step, with what Hugging Face's tokenizers 0.21.4 and
 * SentencePiece 0.2.2 make of some texts.
 */
class PipelineGoldenTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TestFactory
    Stream<DynamicTest> every_step_gives_the_tokens_of_hugging_face() throws IOException {
        Map<String, TextPipeline> read = new HashMap<>();
        return golden("pipelines/golden.jsonl").stream()
                .map(
                        node ->
                                DynamicTest.dynamicTest(
                                        node.get("file").asString() + " " + node.get("text"),
                                        () ->
                                                check(
                                                        read.computeIfAbsent(
                                                                node.get("file").asString(),
                                                                PipelineGoldenTest::pipeline),
                                                        node)));
    }

    private static TextPipeline pipeline(String file) {
        return PipelineFile.read(bytes("pipelines/" + file), file).untruncated();
    }

    private static void check(TextPipeline pipeline, JsonNode golden) {
        String text = golden.get("text").asString();
        Encoding found = pipeline.encode(text);
        assertThat(found.ids()).isEqualTo(ints(golden.get("ids")));
        assertThat(codePoints(text, found.starts())).isEqualTo(ints(golden.get("starts")));
        assertThat(codePoints(text, found.ends())).isEqualTo(ints(golden.get("ends")));
        assertThat(pipeline.decode(found.ids(), true)).isEqualTo(golden.get("decoded").asString());
        if (golden.has("pairIds")) {
            Encoding pair = pipeline.encode(text, "the cat");
            assertThat(pair.ids()).isEqualTo(ints(golden.get("pairIds")));
            assertThat(pair.types()).isEqualTo(ints(golden.get("pairTypes")));
        }
    }

    @TestFactory
    Stream<DynamicTest> sentence_piece_models_give_the_tokens_of_sentence_piece()
            throws IOException {
        return golden("sentencepiece/golden.jsonl").stream()
                .map(
                        node ->
                                DynamicTest.dynamicTest(
                                        node.get("model").asString() + " " + node.get("text"),
                                        () -> checkSentencePiece(node)));
    }

    private static void checkSentencePiece(JsonNode golden) {
        String name = golden.get("model").asString() + ".model";
        TextPipeline pipeline = PipelineFile.ofSentencePiece(bytes("sentencepiece/" + name), name);
        String text = golden.get("text").asString();
        Encoding found = pipeline.encode(text);
        assertThat(found.ids()).isEqualTo(ints(golden.get("ids")));
        assertThat(pipeline.decode(found.ids(), true)).isEqualTo(golden.get("decoded").asString());
    }

    private static int[] codePoints(String text, int[] places) {
        int[] points = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            points[i] = text.codePointCount(0, places[i]);
        }
        return points;
    }

    private static int[] ints(JsonNode array) {
        int[] ints = new int[array.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = array.get(i).intValue();
        }
        return ints;
    }

    private static List<JsonNode> golden(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().map(JSON::readTree).toList();
    }

    private static byte[] bytes(String name) {
        try (InputStream in =
                Objects.requireNonNull(PipelineGoldenTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
