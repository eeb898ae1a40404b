package dev.unroll.tasks.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.decode.Beam;
import dev.unroll.decode.Greedy;
import dev.unroll.decode.Hypothesis;
import dev.unroll.decode.Search;
import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.Decoding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.Memory;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reproduces a Transformer that others trained, from Arabic to Latin script (CTranslate2's test
 * model "aren"): what its encoder gives, the logits of every step, and the words.
 */
@WantsData("aren")
class ArenTest {
    private static final int START = 1;
    private static final int END = 2;

    /** The expected numbers were computed in double precision. */
    private static final double TOLERANCE = 2e-5;

    private static EncoderDecoder model;
    private static List<Word> words;

    /**
     * A word and what the model makes of it.
     *
     * @param source [from]
     * @param target [to + 1], from the start token to the end token
     * @param encoded [from, width]
     * @param logits [to, vocabulary]
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Word(
            int[] source, int[] target, double logProbability, float[] encoded, float[] logits) {

        static Word of(JsonNode json) {
            return new Word(
                    IntStream.range(0, json.path("source_ids").size())
                            .map(i -> json.path("source_ids").get(i).intValue())
                            .toArray(),
                    IntStream.range(0, json.path("target_ids").size())
                            .map(i -> json.path("target_ids").get(i).intValue())
                            .toArray(),
                    json.path("sum_logprob").doubleValue(),
                    numbers(json.path("encoder_output")),
                    numbers(json.path("step_logits")));
        }

        private static float[] numbers(JsonNode rows) {
            double[] all =
                    StreamSupport.stream(rows.spliterator(), false)
                            .flatMap(row -> StreamSupport.stream(row.spliterator(), false))
                            .mapToDouble(JsonNode::doubleValue)
                            .toArray();
            float[] values = new float[all.length];
            for (int i = 0; i < all.length; i++) {
                values[i] = (float) all[i];
            }
            return values;
        }

        /** What the decoder reads: the start token and the word. */
        int[] before() {
            return Arrays.copyOf(target, target.length - 1);
        }

        /** The word alone. */
        int[] letters() {
            return Arrays.copyOfRange(target, 1, target.length - 1);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        Path folder = WantsData.Folder.of("aren");
        model = ArenTransformer.of(Safetensors.read(folder.resolve("model.safetensors")).arrays());
        JsonNode expected =
                JsonMapper.builder().build().readTree(folder.resolve("expected.json").toFile());
        words = expected.path("cases").valueStream().map(Word::of).toList();
        assertThat(words).hasSize(2);
    }

    private static Tokens sources() {
        return Tokens.of(words.stream().map(Word::source).toList());
    }

    private static Tokens befores() {
        return Tokens.of(words.stream().map(Word::before).toList());
    }

    private static float[] all(Function<Word, float[]> part) {
        return Tensor.concat(
                        0,
                        words.stream()
                                .map(part)
                                .map(values -> Tensor.of(values, values.length))
                                .toArray(Tensor[]::new))
                .toArray();
    }

    private static void assertClose(Tensor actual, float[] expected) {
        assertThat(actual.toArray()).containsExactly(expected, Offset.offset((float) TOLERANCE));
    }

    private static Tensor logits(Tokens source, Tokens before) {
        return model.logits(source, before, Mode.INFERENCE);
    }

    private static Tensor encoded(Tokens source) {
        Memory memory = model.encoder().encode(source, Mode.INFERENCE);
        return memory.rows().rows();
    }

    @Test
    void the_encoder_gives_what_it_gave() {
        assertClose(encoded(sources()), all(Word::encoded));
        for (Word word : words) {
            assertClose(encoded(Tokens.of(List.of(word.source()))), word.encoded());
        }
    }

    @Test
    void every_step_has_its_logits_when_the_right_letters_are_given() {
        assertClose(logits(sources(), befores()), all(Word::logits));
        for (Word word : words) {
            assertClose(
                    logits(Tokens.of(List.of(word.source())), Tokens.of(List.of(word.before()))),
                    word.logits());
        }
    }

    @Test
    void every_step_has_its_logits_when_keys_and_values_are_kept() {
        for (Word word : words) {
            Decoding decoding = model.decode(Tokens.of(List.of(word.source())));
            Tensor expected =
                    Tensor.of(
                                    word.logits(),
                                    word.before().length,
                                    model.decoder().output().weight().shape().dim(0))
                            .logSoftmax();
            for (int t = 0; t < word.before().length; t++) {
                Tensor after =
                        decoding.logits(new int[] {0}, new int[] {word.before()[t]}).logSoftmax();
                assertClose(after, expected.slice(0, t, t + 1).toArray());
            }
        }
    }

    @Test
    void the_loss_is_the_surprise_at_each_word() {
        double sum = 0;
        int tokens = 0;
        for (Word word : words) {
            int[] after = Arrays.copyOfRange(word.target(), 1, word.target().length);
            double loss =
                    model.loss(
                                    Tokens.of(List.of(word.source())),
                                    Tokens.of(List.of(word.before())),
                                    after,
                                    Mode.INFERENCE)
                            .item();
            assertThat(loss * after.length).isCloseTo(-word.logProbability(), within());
            sum -= word.logProbability();
            tokens += after.length;
        }
        int[] after = words.stream().flatMapToInt(w -> Arrays.stream(w.target()).skip(1)).toArray();
        double together = model.loss(sources(), befores(), after, Mode.INFERENCE).item();
        assertThat(together * tokens).isCloseTo(sum, within());
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-4);
    }

    @Test
    void greedy_search_writes_both_words() {
        List<List<Hypothesis>> found = search(new Greedy());
        for (int i = 0; i < words.size(); i++) {
            Hypothesis best = found.get(i).getFirst();
            assertThat(best.tokens()).isEqualTo(words.get(i).letters());
            assertThat(best.finished()).isTrue();
            assertThat(best.logProbability()).isCloseTo(words.get(i).logProbability(), within());
        }
    }

    @Test
    void a_beam_writes_both_words_and_its_scores_are_the_models() {
        List<List<Hypothesis>> found = search(new Beam(5, 0, 5));
        for (int i = 0; i < words.size(); i++) {
            assertThat(found.get(i)).hasSize(5);
            assertThat(found.get(i).getFirst().tokens()).isEqualTo(words.get(i).letters());
            for (Hypothesis hypothesis : found.get(i)) {
                assertThat(hypothesis.finished()).isTrue();
                Tokens letters = Tokens.of(List.of(hypothesis.tokens()));
                int[] after = letters.endingWith(END).ids();
                double loss =
                        model.loss(
                                        Tokens.of(List.of(words.get(i).source())),
                                        letters.startingWith(START),
                                        after,
                                        Mode.INFERENCE)
                                .item();
                assertThat(hypothesis.logProbability()).isCloseTo(-loss * after.length, within());
            }
        }
    }

    private static List<List<Hypothesis>> search(Search search) {
        return search.search(model.decode(sources()), START, END, new int[] {20, 20});
    }
}
