package dev.unroll.bench.onnx;

import static dev.unroll.bench.onnx.OnnxExportTest.moved;
import static dev.unroll.bench.onnx.OnnxExportTest.requireEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.Decay;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.Decoding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.nn.models.Memory;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.RecurrentSequenceDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.models.SequenceDecoder;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.onnx.export.OnnxExportException;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX Runtime computes from an exported network that writes the numbers that Unroll computes, and
 * writes the same tokens one by one.
 */
final class OnnxWritersTest {
    private static final int VOCABULARY = 13;
    private static final int WIDTH = 8;
    private static final int STEPS = 12;
    private static final int START = 1;

    static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** The tokens that Unroll writes after a first one, and the logits on the way. */
    private static List<float[]> ours(Decoding decoding, int first, List<Integer> tokens) {
        List<float[]> logits = new ArrayList<>();
        int token = first;
        for (int step = 0; step < STEPS; step++) {
            float[] row = decoding.logits(new int[] {0}, new int[] {token}).toArray();
            logits.add(row);
            token = best(row);
            tokens.add(token);
        }
        return logits;
    }

    /** A step's outputs as the inputs of the next. */
    static Map<String, Numbers> next(OrtGraph.Outputs outputs) {
        Map<String, Numbers> inputs = new LinkedHashMap<>();
        outputs.all()
                .forEach(
                        (name, value) ->
                                inputs.put(
                                        name.replace("present_", "past_").replace("_after_", "_"),
                                        value));
        inputs.remove("logits");
        return inputs;
    }

    static Numbers token(int id) {
        return Numbers.of(new long[] {id}, 1, 1);
    }

    static float[] lastRow(Numbers logits) {
        return logits.row(0, (int) logits.shape()[1] - 1);
    }

    private static void requireSameText(
            OrtGraph step,
            Map<String, Numbers> always,
            Map<String, Numbers> past,
            String ids,
            int first,
            List<Integer> tokens,
            List<float[]> logits)
            throws Exception {
        Map<String, Numbers> before = past;
        int token = first;
        for (int t = 0; t < STEPS; t++) {
            Map<String, Numbers> inputs = new LinkedHashMap<>(before);
            inputs.putAll(always);
            inputs.put(ids, token(token));
            OrtGraph.Outputs answer = step.run(inputs);
            requireEqual(lastRow(answer.get("logits")), logits.get(t), "step " + t);
            token = best(lastRow(answer.get("logits")));
            assertThat(token).isEqualTo(tokens.get(t));
            before = next(answer);
        }
    }

    static Stream<TransformerShape> shapes() {
        TransformerShape plain = TransformerShape.of(WIDTH, 4);
        return Stream.of(
                plain,
                TransformerShape.of(WIDTH, 4, Positions.Kind.LEARNED, 40)
                        .keyHeads(2)
                        .preNorm(false)
                        .activation(FeedForward.Kind.GELU),
                TransformerShape.of(WIDTH, 2, Positions.Kind.ROTARY, 40)
                        .norm(Norm.Kind.RMS)
                        .activation(FeedForward.Kind.SWIGLU),
                plain.attention(new AttentionKind.Softmax(HeadMasks.same(Masks.window(3, 0)))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_transformer_writes_the_same_with_and_without_its_past(TransformerShape shape)
            throws Exception {
        TransformerLanguageModel model =
                moved(TransformerLanguageModel.of(shape, 2, VOCABULARY, new Seed(1)));
        int[][] texts = {{1, 2, 3, 4, 5}, {6, 7}};
        float[] all =
                model.output()
                        .logits(model.forward(Tokens.of(List.of(texts)), Mode.INFERENCE).rows())
                        .toArray();
        requireSameLogits(OnnxExport.of(model), texts, all);
        int[] prompt = {4, 5, 6};
        List<Integer> tokens = new ArrayList<>();
        List<float[]> logits = ours(model.decode(Tokens.of(List.of(prompt))), START, tokens);
        try (OrtGraph step = new OrtGraph(OnnxExport.of(model), "-step")) {
            Map<String, Numbers> inputs = empty(shape, 2);
            inputs.put("input_ids", Numbers.padded(prompt));
            requireSameText(
                    step, Map.of(), next(step.run(inputs)), "input_ids", START, tokens, logits);
        }
    }

    /** A past of no tokens. */
    static Map<String, Numbers> empty(TransformerShape shape, int layers) {
        Map<String, Numbers> past = new LinkedHashMap<>();
        for (int l = 0; l < layers; l++) {
            long d = shape.width() / shape.heads();
            for (String what : List.of("past_key_", "past_value_")) {
                past.put(what + l, Numbers.of(new float[0], 1, shape.keyHeads(), 0, d));
            }
        }
        return past;
    }

    private static void requireSameLogits(OnnxExport export, int[][] texts, float[] all)
            throws Exception {
        try (OrtGraph graph = new OrtGraph(export, "")) {
            Numbers logits =
                    graph.run(
                                    Map.of(
                                            "input_ids", Numbers.padded(texts),
                                            "lengths", Numbers.lengths(texts)))
                            .get("logits");
            requireSameRows(logits, texts, all);
        }
    }

    private static void requireSameRows(Numbers logits, int[][] texts, float[] all) {
        int vocabulary = all.length / Arrays.stream(texts).mapToInt(text -> text.length).sum();
        int at = 0;
        for (int s = 0; s < texts.length; s++) {
            for (int t = 0; t < texts[s].length; t++) {
                requireEqual(
                        logits.row(s, t),
                        Arrays.copyOfRange(all, at * vocabulary, (at + 1) * vocabulary),
                        "text %d, token %d".formatted(s, t));
                at++;
            }
        }
    }

    static Stream<String> cells() {
        return Stream.of("elman", "lstm", "gru", "mingru", "minlstm");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_recurrent_network_writes_the_same_from_its_states(String cell) throws Exception {
        RecurrentLanguageModel model =
                moved(
                        RecurrentLanguageModel.of(
                                Cells.named(cell), VOCABULARY, WIDTH, 6, 2, 0, new Seed(1)));
        int[][] texts = {{1, 2, 3, 4, 5}, {6, 7}};
        Tokens all = Tokens.of(List.of(texts));
        var start = model.layers().start(2);
        requireSameLogits(
                OnnxExport.of(model),
                texts,
                model.output()
                        .logits(model.forward(all, start, Mode.INFERENCE).outputs().rows())
                        .toArray());
        int[] prompt = {4, 5, 6};
        List<Integer> tokens = new ArrayList<>();
        List<float[]> logits =
                ours(((LanguageModel) model).decode(Tokens.of(List.of(prompt))), START, tokens);
        try (OrtGraph step = new OrtGraph(OnnxExport.of(model), "-step")) {
            Map<String, Numbers> inputs = new LinkedHashMap<>();
            for (int l = 0; l < 2; l++) {
                inputs.put("state_" + l, Numbers.of(new float[6], 1, 6));
                if (cell.equals("lstm")) {
                    inputs.put("memory_" + l, Numbers.of(new float[6], 1, 6));
                }
            }
            inputs.put("input_ids", Numbers.padded(prompt));
            requireSameText(
                    step, Map.of(), next(step.run(inputs)), "input_ids", START, tokens, logits);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_transformer_translates_the_same(TransformerShape shape) throws Exception {
        requireSameTranslation(
                moved(
                        EncoderDecoder.transformer(
                                shape, 2, 2, VOCABULARY, VOCABULARY, true, new Seed(1))),
                empty(shape, 2));
    }

    /** The small models whose expected numbers transformers computed. */
    @ParameterizedTest
    @ValueSource(strings = {"bart", "marian"})
    void a_model_that_others_trained_translates_the_same(String name) throws Exception {
        Path folder = Path.of("..", "pretrained", "src", "test", "resources", "dev", "unroll");
        EncoderDecoder model =
                Pretrained.load(folder.resolve("pretrained").resolve(name)).encoderDecoder();
        requireSameTranslation(model, empty(TransformerShape.of(12, 2), 2));
    }

    static Stream<RecurrentShape> recurrentShapes() {
        return Stream.of(
                new RecurrentShape(WIDTH, 6, 2, true, Optional.of(Alignment.Kind.GENERAL), 0),
                new RecurrentShape(WIDTH, 6, 1, true, Optional.of(Alignment.Kind.ADDITIVE), 0),
                new RecurrentShape(WIDTH, 6, 2, false, Optional.of(Alignment.Kind.DOT), 0),
                new RecurrentShape(WIDTH, 6, 2, true, Optional.empty(), 0));
    }

    @ParameterizedTest
    @MethodSource("recurrentShapes")
    void a_recurrent_network_translates_the_same(RecurrentShape shape) throws Exception {
        for (String cell : List.of("lstm", "gru", "mingru")) {
            requireSameTranslation(
                    moved(
                            EncoderDecoder.recurrent(
                                    Cells.named(cell),
                                    shape,
                                    VOCABULARY,
                                    VOCABULARY,
                                    false,
                                    new Seed(1))),
                    Map.of());
        }
    }

    private static void requireSameTranslation(EncoderDecoder model, Map<String, Numbers> past)
            throws Exception {
        int[][] sources = {{2, 3, 4, 5}, {6}, {7, 8, 9, 10, 11, 12}};
        int[][] targets = {{1, 2, 3}, {1, 4, 5, 6, 7}, {1}};
        OnnxExport export = OnnxExport.of(model);
        Memory memory = model.encoder().encode(Tokens.of(List.of(sources)), Mode.INFERENCE);
        requireSameWhole(
                export,
                Map.of(
                        "source_ids", Numbers.padded(sources),
                        "source_lengths", Numbers.lengths(sources)),
                targets,
                all(model.decoder(), memory, targets));
        for (int[] source : sources) {
            Memory one = model.encoder().encode(Tokens.of(List.of(source)), Mode.INFERENCE);
            int[] longer = Arrays.copyOf(source, source.length + 2); // filled up
            Map<String, Numbers> inputs =
                    Map.of(
                            "source_ids", Numbers.padded(longer),
                            "source_lengths", Numbers.lengths(source));
            requireSameWriting(
                    export,
                    inputs,
                    Map.of("source_lengths", Numbers.lengths(source)),
                    past,
                    model.decoder().decode(one));
        }
    }

    static float[] all(SequenceDecoder decoder, Memory memory, int[][] targets) {
        Tensor rows = decoder.forward(memory, Tokens.of(List.of(targets)), Mode.INFERENCE);
        return switch (decoder) {
            case TransformerSequenceDecoder d -> d.output().logits(rows).toArray();
            case RecurrentSequenceDecoder d -> d.output().logits(rows).toArray();
            default -> throw new IllegalStateException();
        };
    }

    static void requireSameWhole(
            OnnxExport export, Map<String, Numbers> read, int[][] targets, float[] all)
            throws Exception {
        try (OrtGraph graph = new OrtGraph(export, "")) {
            Map<String, Numbers> inputs = new LinkedHashMap<>(read);
            inputs.put("target_ids", Numbers.padded(targets));
            requireSameRows(graph.run(inputs).get("logits"), targets, all);
        }
    }

    static void requireSameWriting(
            OnnxExport export,
            Map<String, Numbers> read,
            Map<String, Numbers> lengths,
            Map<String, Numbers> past,
            Decoding decoding)
            throws Exception {
        List<Integer> tokens = new ArrayList<>();
        List<float[]> logits = ours(decoding, START, tokens);
        try (OrtGraph encoder = new OrtGraph(export, "-encoder");
                OrtGraph step = new OrtGraph(export, "-step")) {
            Begun begun = Begun.of(encoder.run(read), lengths, past);
            requireSameText(step, begun.always, begun.past, "target_ids", START, tokens, logits);
        }
    }

    /**
     * The inputs of an exported step graph beside the token.
     *
     * @param always inputs of every step
     * @param past inputs of the first step
     */
    record Begun(Map<String, Numbers> always, Map<String, Numbers> past) {
        /**
         * Adds to a past and to what is always given what an encoder found: first states or what is
         * attended to.
         */
        static Begun of(
                OrtGraph.Outputs found, Map<String, Numbers> lengths, Map<String, Numbers> past) {
            Map<String, Numbers> always = new LinkedHashMap<>(lengths);
            Map<String, Numbers> first = new LinkedHashMap<>(past);
            found.all()
                    .forEach(
                            (name, value) -> {
                                boolean state =
                                        name.startsWith("state_") || name.startsWith("memory_");
                                (state ? first : always).put(name, value);
                            });
            return new Begun(always, first);
        }
    }

    @Test
    void linear_attention_is_refused_by_name() {
        TransformerShape shape =
                TransformerShape.of(WIDTH, 2).attention(new AttentionKind.Linear(Decay.Kind.NONE));
        TransformerLanguageModel model =
                TransformerLanguageModel.of(shape, 1, VOCABULARY, new Seed(1));

        assertThatThrownBy(() -> OnnxExport.of(model))
                .isInstanceOf(OnnxExportException.class)
                .hasMessageContaining("LinearAttention");
    }
}
