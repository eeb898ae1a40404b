package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every number of the golden file, which {@code bench/golden/metrics.py} made with sacreBLEU. */
class SacreBleuGoldenTest {

    private static final Offset<Double> EXACT = within(1e-9);

    private static JsonNode golden() throws IOException {
        try (InputStream file = SacreBleuGoldenTest.class.getResourceAsStream("sacrebleu.json")) {
            return JsonMapper.shared().readTree(file);
        }
    }

    static Stream<JsonNode> tokenized() throws IOException {
        return golden().get("tokenized").valueStream();
    }

    static Stream<JsonNode> corpora() throws IOException {
        return golden().get("corpora").valueStream();
    }

    static Stream<JsonNode> several() throws IOException {
        return golden().get("several").valueStream();
    }

    @ParameterizedTest
    @MethodSource("tokenized")
    void a_sentence_is_cut_into_the_same_words(JsonNode golden) {
        BleuTokenization tokenization = tokenization(golden.get("tokenization").asString());
        assertThat(tokenization.words(golden.get("sentence").asString()))
                .isEqualTo(strings(golden.get("words")));
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void bleu_is_the_same(JsonNode golden) {
        for (JsonNode expected : golden.get("bleu")) {
            String signature = expected.get("signature").asString();
            Bleu bleu =
                    Bleu.of(
                            strings(golden.get("hypotheses")),
                            strings(golden.get("references")),
                            bleuOptions(signature));
            assertEqual(bleu, expected);
        }
    }

    /** Captions: short, and several are right; with and without effective order. */
    @ParameterizedTest
    @MethodSource("several")
    void bleu_of_several_references_is_the_same(JsonNode golden) {
        for (JsonNode expected : golden.get("bleu")) {
            Bleu bleu =
                    Bleu.ofSeveral(
                            strings(golden.get("hypotheses")),
                            golden.get("references")
                                    .valueStream()
                                    .map(SacreBleuGoldenTest::strings)
                                    .toList(),
                            bleuOptions(expected.get("signature").asString()));
            assertEqual(bleu, expected);
        }
    }

    private static void assertEqual(Bleu bleu, JsonNode expected) {
        assertThat(bleu.signature())
                .isEqualTo(expected.get("signature").asString() + "-compatible");
        assertThat(bleu.score()).isCloseTo(expected.get("score").asDouble(), EXACT);
        for (int i = 0; i < Bleu.ORDER; i++) {
            assertThat(bleu.precisions().get(i))
                    .isCloseTo(expected.get("precisions").get(i).asDouble(), EXACT);
        }
        assertThat(bleu.brevityPenalty())
                .isCloseTo(expected.get("brevityPenalty").asDouble(), EXACT);
        assertThat(bleu.hypothesisLength()).isEqualTo(expected.get("hypothesisLength").asLong());
        assertThat(bleu.referenceLength()).isEqualTo(expected.get("referenceLength").asLong());
        assertThat(bleu).hasToString(expected.get("text").asString());
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void chrf_is_the_same(JsonNode golden) {
        for (JsonNode expected : golden.get("chrf")) {
            String signature = expected.get("signature").asString();
            ChrfOptions options =
                    new ChrfOptions(
                            Integer.parseInt(field(signature, "nc")),
                            Integer.parseInt(field(signature, "nw")),
                            expected.get("beta").asInt(),
                            field(signature, "case").equals("lc"));
            Chrf chrf =
                    Chrf.of(
                            strings(golden.get("hypotheses")),
                            strings(golden.get("references")),
                            options);
            assertThat(chrf.signature()).isEqualTo(signature + "-compatible");
            assertThat(chrf.score()).isCloseTo(expected.get("score").asDouble(), EXACT);
            assertThat(chrf).hasToString(expected.get("text").asString());
        }
    }

    private static BleuOptions bleuOptions(String signature) {
        String smoothing = field(signature, "smooth");
        return new BleuOptions(
                field(signature, "case").equals("lc"),
                tokenization(field(signature, "tok")),
                switch (smoothing) {
                    case "exp" -> new BleuSmoothing.Exponential();
                    case "none" -> new BleuSmoothing.None();
                    case "floor[0.10]" -> new BleuSmoothing.Floor(0.1);
                    case "add-k[1.00]" -> new BleuSmoothing.AddK(1);
                    default -> throw new AssertionError(smoothing);
                },
                field(signature, "eff").equals("yes"));
    }

    private static String field(String signature, String key) {
        return Arrays.stream(signature.split("\\|"))
                .filter(part -> part.startsWith(key + ":"))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 1);
    }

    private static BleuTokenization tokenization(String signature) {
        return Arrays.stream(BleuTokenization.values())
                .filter(each -> each.signature().equals(signature.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
