package dev.unroll.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.NumericGradient;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SparseAttentionTest {
    private static final Positions NONE = new Positions.NoPositions();

    static Stream<HeadMasks> patterns() {
        Mask window = Masks.window(3, 0);
        return Stream.of(
                HeadMasks.same(window),
                HeadMasks.same(window.or(Masks.globalTokens(0, 7))),
                new HeadMasks(List.of(window, Masks.strided(4))),
                new HeadMasks(
                        List.of(
                                Masks.dilated(3, 0, 3),
                                Masks.blocks(5),
                                Masks.randomBlocks(4, 1, 2).or(Masks.window(0, 0)),
                                Masks.NONE)));
    }

    private static MultiHeadAttention attention(int keyHeads, HeadMasks pattern) {
        return MultiHeadAttention.of(8, 4, keyHeads, NONE, new Seed(1)).pattern(pattern);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void heads_with_masks_of_their_own_are_dense_attention_under_those_masks(HeadMasks pattern) {
        for (int keyHeads : new int[] {4, 1}) {
            MultiHeadAttention attention = attention(keyHeads, pattern);
            Layout layout = Layout.of(0, 1, 13, 4);
            Tensor rows = Numbers.of(2, 18, 8);
            Sequences x = new Sequences(rows, layout);
            Numbers.assertClose(
                    attention.forward(x, x, Masks.CAUSAL).rows(),
                    attention.formula(x, x, Masks.CAUSAL).rows(),
                    1e-5);
            NumericGradient.check(
                    in -> {
                        Sequences own = new Sequences(in[0], layout);
                        return attention.forward(own, own, Masks.CAUSAL).rows();
                    },
                    rows);
        }
    }

    @Test
    void an_output_feels_no_input_beyond_the_window_times_the_layers() {
        int layers = 2;
        int window = 3;
        TransformerShape shape =
                TransformerShape.of(8, 2).attention(Masks.window(window, 0)).dropout(0);
        SequenceEncoder encoder =
                SequenceEncoder.SelfAttention.of(shape, 8, layers, Masks.CAUSAL, new Seed(4));
        int length = 17;
        for (int t : new int[] {0, 5, 16}) {
            Tensor rows = Numbers.of(3, length, 8);
            int output = t;
            float[] slopes =
                    Gradients.of(
                                    () ->
                                            encoder.forward(
                                                            new Sequences(rows, Layout.of(length)),
                                                            Mode.INFERENCE)
                                                    .rows()
                                                    .rows()
                                                    .slice(0, output, output + 1)
                                                    .times(Numbers.of(5, 1, 8))
                                                    .sum(),
                                    rows)
                            .of(rows)
                            .toArray();
            for (int s = 0; s < length; s++) {
                float[] row = Arrays.copyOfRange(slopes, s * 8, (s + 1) * 8);
                boolean felt = IntStream.range(0, 8).anyMatch(i -> row[i] != 0);
                assertThat(felt)
                        .as("output %d feels input %d", t, s)
                        .isEqualTo(s <= t && s >= t - layers * window);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void a_long_text_written_token_by_token_is_read_at_once(HeadMasks pattern) {
        TransformerShape shape = TransformerShape.of(8, 4).attention(pattern).dropout(0);
        TransformerLanguageModel model = TransformerLanguageModel.of(shape, 2, 7, new Seed(3));
        int[] text = new Random(1).ints(300, 0, 7).toArray();
        Tensor whole =
                model.output()
                        .logits(model.forward(Tokens.of(List.of(text)), Mode.INFERENCE).rows());
        var decoding = model.decode(Tokens.of(List.of(Arrays.copyOf(text, 90))));
        for (int t = 90; t < text.length; t++) {
            Tensor next = decoding.logits(new int[1], new int[] {text[t]});
            Numbers.assertClose(next, whole.slice(0, t, t + 1), 1e-4);
        }
    }

    @Test
    void a_window_keeps_only_its_window_and_the_global_tokens() {
        Mask mask = Masks.window(10, 0).or(Masks.globalTokens(0, 2));
        HeadMasks pattern = HeadMasks.same(mask);
        MultiHeadAttention attention = attention(4, pattern);
        BeamHistory history = new BeamHistory(2, pattern.and(Masks.CAUSAL));
        KeyValueCache cache = attention.cache(1);
        int most = 0;
        for (int t = 0; t < 2000; t++) {
            BeamHistory.Step step = history.append(new int[] {0, 1});
            Sequences x = new Sequences(Numbers.of(t, 2, 8), Layout.even(2, 1));
            attention.step(x, step, cache);
            most = Math.max(most, cache.rows());
            int last = t;
            long seen = IntStream.rangeClosed(0, t).filter(key -> mask.sees(last, key)).count();
            assertThat((long) step.seen().getFirst().offsets()[1]).isEqualTo(seen);
        }
        assertThat(most).isLessThan(400);
    }

    @Test
    void the_rows_of_hypotheses_that_were_given_up_are_forgotten() {
        MultiHeadAttention attention = attention(4, HeadMasks.NONE);
        BeamHistory history = new BeamHistory(1, HeadMasks.CAUSAL);
        KeyValueCache cache = attention.cache(1);
        int[] parents = {0};
        for (int t = 0; t < 500; t++) {
            BeamHistory.Step step = history.append(parents);
            int rows = parents.length;
            attention.step(
                    new Sequences(Numbers.of(t, rows, 8), Layout.even(rows, 1)), step, cache);
            parents = new int[] {0, 0, 0, 0};
        }
        assertThat(cache.rows()).isLessThan(1500);
    }
}
