package dev.unroll.bench.onnx;

import static dev.unroll.bench.onnx.OnnxExportTest.moved;
import static dev.unroll.bench.onnx.OnnxExportTest.requireEqual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.network.PieceTagger;
import dev.unroll.pretrained.network.SentenceEncoder;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes from exported encoders of others' shapes what Unroll computes. */
final class OnnxEncodersTest {
    private static final int WIDTH = 8;
    private static final int[][] TEXTS = {{1, 2, 3, 4, 5}, {6}, {7, 8, 9}};
    private static final int[][] PARTS = {{0, 0, 1, 1, 1}, {0}, {0, 1, 1}};
    private static final Tokens TOKENS = Tokens.of(List.of(TEXTS));

    private static BertEncoder encoder(String settings) {
        String json =
                """
                {"hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2,
                 "intermediate_size": 12, "vocab_size": 11, "max_position_embeddings": 20, %s}
                """
                        .formatted(settings);
        return moved(
                Pretrained.blank(
                                ModelConfig.parse(
                                        json.getBytes(StandardCharsets.UTF_8), "config.json"))
                        .encoder());
    }

    static Stream<Named<BertEncoder>> encoders() {
        return Stream.of(
                Named.of(
                        "BERT",
                        encoder("'model_type': 'bert', 'type_vocab_size': 2".replace('\'', '"'))),
                Named.of(
                        "RoBERTa",
                        encoder(
                                "'model_type': 'roberta', 'type_vocab_size': 1, 'pad_token_id': 1"
                                        .replace('\'', '"'))),
                Named.of(
                        "ELECTRA",
                        encoder(
                                "'model_type': 'electra', 'type_vocab_size': 2, 'embedding_size': 6"
                                        .replace('\'', '"'))),
                Named.of(
                        "DistilBERT",
                        encoder(
                                ("'model_type': 'distilbert', 'dim': 8, 'n_layers': 2, 'n_heads': 2,"
                                                + " 'hidden_dim': 12")
                                        .replace('\'', '"'))));
    }

    /**
     * The inputs of an exported encoder; token_type_ids are among them if the encoder tells the two
     * texts of a pair apart.
     */
    private static Map<String, Numbers> texts(BertEncoder encoder, int[]... parts) {
        Map<String, Numbers> inputs = new LinkedHashMap<>();
        inputs.put("input_ids", Numbers.padded(TEXTS));
        inputs.put("lengths", Numbers.lengths(TEXTS));
        if (encoder.types() != null && encoder.types().vocabulary() > 1) {
            inputs.put("token_type_ids", Numbers.padded(parts));
        }
        return inputs;
    }

    private static int[] parts(BertEncoder encoder) {
        boolean told = encoder.types() != null && encoder.types().vocabulary() > 1;
        return told
                ? Arrays.stream(PARTS).flatMapToInt(Arrays::stream).toArray()
                : new int[TOKENS.ids().length];
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void every_encoder_gives_the_same_rows_and_vectors(BertEncoder encoder) throws Exception {
        Sequences rows = encoder.forward(TOKENS, parts(encoder), Mode.INFERENCE);
        for (SequencePooling pooling :
                List.of(
                        new SequencePooling.Mean(),
                        new SequencePooling.First(),
                        new SequencePooling.Last())) {
            float[] ours = pooling.forward(SequenceEncoder.States.of(rows)).toArray();
            try (OrtGraph graph =
                    new OrtGraph(OnnxExport.of(new SentenceEncoder(encoder, pooling, false)), "")) {
                OrtGraph.Outputs answer = graph.run(texts(encoder, PARTS));
                requireEqual(answer.get("sentence_embedding").reals(), ours, pooling.toString());
                requireSameRows(answer.get("last_hidden_state"), rows);
            }
            try (OrtGraph graph =
                    new OrtGraph(OnnxExport.of(new SentenceEncoder(encoder, pooling, true)), "")) {
                float[] units = graph.run(texts(encoder, PARTS)).get("sentence_embedding").reals();
                requireEqual(units, units(ours), "units of " + pooling);
            }
        }
        try (OrtGraph graph = new OrtGraph(OnnxExport.of(encoder), "")) {
            requireSameRows(graph.run(texts(encoder, PARTS)).get("last_hidden_state"), rows);
        }
    }

    private static void requireSameRows(Numbers theirs, Sequences ours) {
        float[] all = ours.rows().toArray();
        int at = 0;
        for (int s = 0; s < TEXTS.length; s++) {
            for (int t = 0; t < TEXTS[s].length; t++, at += WIDTH) {
                requireEqual(theirs.row(s, t), Arrays.copyOfRange(all, at, at + WIDTH), "row");
            }
        }
        assertThat(at).isEqualTo(all.length);
    }

    private static float[] units(float[] vectors) {
        float[] units = vectors.clone();
        for (int from = 0; from < units.length; from += WIDTH) {
            double squares = 0;
            for (int i = from; i < from + WIDTH; i++) {
                squares += vectors[i] * vectors[i];
            }
            for (int i = from; i < from + WIDTH; i++) {
                units[i] = (float) (vectors[i] / Math.sqrt(squares));
            }
        }
        return units;
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void a_classifier_of_pairs_on_an_encoder_gives_the_same(BertEncoder encoder) throws Exception {
        SequenceClassifier model =
                moved(
                        new SequenceClassifier(
                                encoder.words(),
                                new Dropout(0, 0),
                                encoder.rows(),
                                new SequencePooling.Mean(),
                                Linear.of(encoder.width(), 3, new Seed(1))));
        float[] ours = model.logits(TOKENS, parts(encoder), Mode.INFERENCE).toArray();
        try (OrtGraph graph = new OrtGraph(OnnxExport.of(model), "")) {
            requireEqual(graph.run(texts(encoder, PARTS)).get("logits").reals(), ours, "logits");
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void a_tagger_of_words_on_an_encoder_gives_the_same(BertEncoder encoder) throws Exception {
        PieceTagger model =
                moved(
                        new PieceTagger(
                                encoder, new Dropout(0, 0), Linear.of(WIDTH, 4, new Seed(1))));
        int[][] firsts = {{1, 3}, {0}, {0, 2}};
        float[] ours = model.logits(TOKENS, new int[] {1, 3, 5, 6, 8}, Mode.INFERENCE).toArray();
        try (OrtGraph graph = new OrtGraph(OnnxExport.of(model), "")) {
            Numbers theirs =
                    graph.run(
                                    Map.of(
                                            "input_ids", Numbers.padded(TEXTS),
                                            "lengths", Numbers.lengths(TEXTS),
                                            "first_tokens", Numbers.padded(firsts)))
                            .get("logits");
            int at = 0;
            for (int s = 0; s < firsts.length; s++) {
                for (int w = 0; w < firsts[s].length; w++, at += 4) {
                    requireEqual(theirs.row(s, w), Arrays.copyOfRange(ours, at, at + 4), "word");
                }
            }
        }
    }
}
