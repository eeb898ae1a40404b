package dev.unroll.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.CharacterAwareEmbedding;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.nn.models.SequenceTagger;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.onnx.export.OnnxExportException;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime computes from an exported network that reads the numbers that Unroll computes. */
final class OnnxExportTest {
    static final float TOLERANCE = 1e-4f;
    private static final int WIDTH = 8;
    private static final int VOCABULARY = 11;
    private static final int[][] TEXTS = {{1, 2, 3, 4, 5}, {6}, {7, 8, 9}};

    /** Moves all weights, so that no bias is 0 and no gain 1. */
    static <M> M moved(M model) {
        Random random = new Random(3);
        Parameters.of(model)
                .values()
                .forEach(
                        p -> {
                            float[] values = p.value().toArray();
                            for (int i = 0; i < values.length; i++) {
                                values[i] += (float) (0.2 * random.nextGaussian());
                            }
                            p.set(values);
                        });
        return model;
    }

    static void requireEqual(float[] theirs, float[] ours, String what) {
        assertThat(theirs).as(what).hasSameSizeAs(ours);
        for (int i = 0; i < ours.length; i++) {
            assertThat(theirs[i])
                    .as("%s, number %d", what, i)
                    .isCloseTo(ours[i], within(TOLERANCE));
        }
    }

    private static void requireSameClasses(SequenceEncoder encoder, SequencePooling.Kind pooling)
            throws Exception {
        SequenceClassifier model =
                moved(
                        SequenceClassifier.of(
                                encoder, pooling, 0.1, VOCABULARY, WIDTH, 3, new Seed(1)));
        float[] ours = model.logits(Tokens.of(List.of(TEXTS)), Mode.INFERENCE).toArray();
        try (OrtGraph graph = new OrtGraph(OnnxExport.of(model), "")) {
            OrtGraph.Outputs answer =
                    graph.run(
                            Map.of(
                                    "input_ids", Numbers.padded(TEXTS),
                                    "lengths", Numbers.lengths(TEXTS)));
            requireEqual(answer.get("logits").reals(), ours, "logits");
            Tensor logits = Tensor.of(ours, TEXTS.length, 3);
            requireEqual(
                    answer.get("probabilities").reals(),
                    logits.softmax().toArray(),
                    "probabilities");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"elman", "elman-relu", "elman-sigmoid", "lstm", "gru", "mingru", "minlstm"})
    void recurrent_classifiers_of_every_cell_give_the_same(String cell) throws Exception {
        CellFactory cells = Cells.named(cell);
        requireSameClasses(
                new SequenceEncoder.Recurrence(
                        Recurrent.of(cells, WIDTH, 6, 2, true, 0.1, new Seed(2))),
                SequencePooling.Kind.LAST);
        requireSameClasses(
                new SequenceEncoder.Recurrence(
                        Recurrent.of(cells, WIDTH, 6, 1, false, 0, new Seed(2))),
                SequencePooling.Kind.LAST);
    }

    @Test
    void a_gru_that_resets_before_the_product_gives_the_same() throws Exception {
        CellFactory cells = (in, hidden, seed) -> Gru.of(Gru.Reset.BEFORE, in, hidden, seed);
        requireSameClasses(
                new SequenceEncoder.Recurrence(
                        Recurrent.of(cells, WIDTH, 6, 1, true, 0, new Seed(2))),
                SequencePooling.Kind.LAST);
    }

    @ParameterizedTest
    @EnumSource(SequencePooling.Kind.class)
    void every_pooling_gives_the_same(SequencePooling.Kind pooling) throws Exception {
        requireSameClasses(SequenceEncoder.Mlp.of(WIDTH, 6, new Seed(2)), pooling);
    }

    static Stream<TransformerShape> shapes() {
        TransformerShape plain = TransformerShape.of(WIDTH, 4);
        return Stream.of(
                plain,
                plain.preNorm(false).activation(FeedForward.Kind.GELU),
                TransformerShape.of(WIDTH, 4, Positions.Kind.LEARNED, 9)
                        .keyHeads(2)
                        .norm(Norm.Kind.RMS),
                TransformerShape.of(WIDTH, 2, Positions.Kind.ROTARY, 9)
                        .activation(FeedForward.Kind.SWIGLU),
                TransformerShape.of(WIDTH, 2, Positions.Kind.NONE, 9));
    }

    private static SequenceEncoder attention(TransformerShape shape, Mask mask) {
        return SequenceEncoder.SelfAttention.of(shape, WIDTH, 2, mask, new Seed(2));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void transformers_of_every_shape_give_the_same(TransformerShape shape) throws Exception {
        requireSameClasses(attention(shape, Masks.NONE), SequencePooling.Kind.MEAN);
        requireSameClasses(attention(shape, Masks.CAUSAL), SequencePooling.Kind.LAST);
    }

    static Stream<HeadMasks> patterns() {
        return Stream.of(
                HeadMasks.same(Masks.window(1, 1)),
                HeadMasks.same(Masks.dilated(2, 2, 2)),
                HeadMasks.same(Masks.blocks(2)),
                HeadMasks.same(Masks.window(1, 0).or(Masks.firstTokens(1))),
                new HeadMasks(List.of(Masks.window(1, 1), Masks.strided(2))));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void sparse_attention_gives_the_same(HeadMasks pattern) throws Exception {
        for (int keyHeads : new int[] {4, 2}) {
            TransformerShape shape =
                    TransformerShape.of(WIDTH, 4)
                            .keyHeads(keyHeads)
                            .attention(new AttentionKind.Softmax(pattern));
            requireSameClasses(attention(shape, Masks.NONE), SequencePooling.Kind.MEAN);
        }
    }

    @Test
    void a_mask_that_is_no_formula_is_refused_by_name() {
        TransformerShape shape =
                TransformerShape.of(WIDTH, 4)
                        .attention(
                                new AttentionKind.Softmax(
                                        HeadMasks.same(Masks.randomBlocks(2, 1, 1))));
        SequenceClassifier model =
                SequenceClassifier.of(
                        attention(shape, Masks.NONE),
                        SequencePooling.Kind.MEAN,
                        0,
                        VOCABULARY,
                        WIDTH,
                        2,
                        new Seed(1));

        assertThatThrownBy(() -> OnnxExport.of(model))
                .isInstanceOf(OnnxExportException.class)
                .hasMessageContaining("RandomBlocks");
    }

    @Test
    void a_labeller_of_rows_gives_the_same() throws Exception {
        SequenceLabeller model =
                moved(
                        SequenceLabeller.of(
                                new SequenceEncoder.Recurrence(
                                        Recurrent.of(
                                                Cells.named("gru"), 2, 6, 1, true, 0, new Seed(2))),
                                0.1,
                                0.1,
                                4,
                                new Seed(1)));
        float[][][] videos = {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}}};
        float[] ours = model.logits(Sequences.of(videos), Mode.INFERENCE).toArray();
        float[] padded = {1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0};
        try (OrtGraph graph = new OrtGraph(OnnxExport.of(model), "")) {
            Numbers logits =
                    graph.run(
                                    Map.of(
                                            "rows", Numbers.of(padded, 2, 3, 2),
                                            "lengths", Numbers.of(new long[] {3, 1}, 2)))
                            .get("logits");
            for (int t = 0; t < 4; t++) {
                float[] theirs = t < 3 ? logits.row(0, t) : logits.row(1, 0);
                requireEqual(theirs, Arrays.copyOfRange(ours, 4 * t, 4 * t + 4), "row");
            }
        }
    }

    @Test
    void a_tagger_of_words_and_their_spellings_gives_the_same() throws Exception {
        CellFactory cells = Cells.named("lstm");
        CharacterAwareEmbedding reader =
                CharacterAwareEmbedding.of(
                        VOCABULARY,
                        WIDTH,
                        7,
                        4,
                        new SequenceEncoder.Recurrence(
                                Recurrent.of(cells, 4, 5, 1, true, 0, new Seed(4))),
                        SequencePooling.Kind.LAST,
                        new Seed(3));
        SequenceTagger model =
                moved(
                        new SequenceTagger(
                                reader,
                                SequenceLabeller.of(
                                        new SequenceEncoder.Recurrence(
                                                Recurrent.of(
                                                        cells,
                                                        reader.width(),
                                                        6,
                                                        1,
                                                        true,
                                                        0,
                                                        new Seed(2))),
                                        0,
                                        0,
                                        3,
                                        new Seed(1))));
        int[][] words = {{1, 2, 3}, {2, 4}};
        int[][] spellings = {{1, 2, 3}, {4}, {5, 6}};
        int[] spelt = {0, 1, 2, 1, 0};
        float[] ours =
                model.logits(
                                new CharacterAwareEmbedding.Words(
                                        new int[] {1, 2, 3, 2, 4},
                                        Tokens.of(List.of(spellings)),
                                        spelt,
                                        Layout.of(3, 2)),
                                Mode.INFERENCE)
                        .toArray();
        try (OrtGraph graph = new OrtGraph(OnnxExport.of(model), "")) {
            Numbers logits =
                    graph.run(
                                    Map.of(
                                            "word_ids", Numbers.padded(words),
                                            "lengths", Numbers.lengths(words),
                                            "spellings", Numbers.padded(spellings),
                                            "spelling_lengths", Numbers.lengths(spellings),
                                            "spelt",
                                                    Numbers.padded(
                                                            new int[] {0, 1, 2}, new int[] {1, 0})))
                            .get("logits");
            int at = 0;
            for (int s = 0; s < words.length; s++) {
                for (int t = 0; t < words[s].length; t++) {
                    requireEqual(
                            logits.row(s, t),
                            Arrays.copyOfRange(ours, 3 * at, 3 * at + 3),
                            "word " + at);
                    at++;
                }
            }
        }
    }
}
