package dev.unroll.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.attention.Decay;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that read only, and models that write only. */
class LanguageModelTest {
    private static final Tokens TEXTS =
            Tokens.of(List.of(new int[] {1, 4, 2, 6, 3}, new int[] {5, 0, 5}));

    private static TransformerShape shape(Positions.Kind positions) {
        return TransformerShape.of(8, 2, positions, 16)
                .keyHeads(1)
                .feedForward(12)
                .activation(FeedForward.Kind.SWIGLU)
                .norm(Norm.Kind.RMS)
                .dropout(0);
    }

    private static TransformerLanguageModel transformer(Positions.Kind positions, Mask mask) {
        return TransformerLanguageModel.of(shape(positions).attention(mask), 2, 7, new Seed(3));
    }

    /** Dense, sparse and linear attention. */
    private static Stream<TransformerLanguageModel> transformers(Positions.Kind positions) {
        Stream<AttentionKind> sparse =
                Stream.of(Masks.NONE, Masks.window(2, 0), Masks.window(9, 0))
                        .map(HeadMasks::same)
                        .map(AttentionKind.Softmax::new);
        Stream<AttentionKind> linear =
                Arrays.stream(Decay.Kind.values())
                        .filter(kind -> positions != Positions.Kind.ROTARY)
                        .map(AttentionKind.Linear::new);
        return Stream.concat(sparse, linear)
                .map(
                        kind ->
                                SmallModels.shaken(
                                        TransformerLanguageModel.of(
                                                shape(positions).attention(kind),
                                                2,
                                                7,
                                                new Seed(3))));
    }

    private static Tensor logs(TransformerLanguageModel model, Tokens tokens) {
        Sequences rows = model.forward(tokens, Mode.INFERENCE);
        return model.output().logits(rows.rows()).logSoftmax();
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        float[] a = actual.toArray();
        float[] e = expected.toArray();
        assertThat(a).hasSameSizeAs(e);
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i]).isCloseTo(e[i], within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void continuing_a_prompt_equals_reading_the_whole_text(Positions.Kind positions) {
        for (TransformerLanguageModel model : transformers(positions).toList()) {
            Tensor whole = logs(model, TEXTS);
            // the prompts are [1, 4, 2] and [5]; then 6 and 0 are appended, the rows exchanged
            Decoding decoding =
                    model.decode(Tokens.of(List.of(new int[] {1, 4, 2}, new int[] {5})));
            Tensor next = decoding.logits(new int[] {1, 0}, new int[] {0, 6}).logSoftmax();
            assertClose(next.slice(0, 0, 1), whole.slice(0, 6, 7));
            assertClose(next.slice(0, 1, 2), whole.slice(0, 3, 4));
            Tensor then = decoding.logits(new int[] {0, 1}, new int[] {5, 3}).logSoftmax();
            assertClose(then.slice(0, 0, 1), whole.slice(0, 7, 8));
            assertClose(then.slice(0, 1, 2), whole.slice(0, 4, 5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void samples_that_share_a_prompt_are_written_each_as_if_alone(Positions.Kind positions) {
        for (TransformerLanguageModel model : transformers(positions).toList()) {
            Decoding decoding =
                    Parameters.map(model, Parameter::packed)
                            .decode(Tokens.of(List.of(new int[] {1, 4}, new int[] {})));
            Tensor next = decoding.logits(new int[] {0, 0, 1}, new int[] {2, 5, 3}).logSoftmax();
            assertClose(next.slice(0, 0, 1), last(model, 1, 4, 2));
            assertClose(next.slice(0, 1, 2), last(model, 1, 4, 5));
            assertClose(next.slice(0, 2, 3), last(model, 3));
            // the second sample branches, the first and the other text end
            Tensor then = decoding.logits(new int[] {1, 1}, new int[] {6, 0}).logSoftmax();
            assertClose(then.slice(0, 0, 1), last(model, 1, 4, 5, 6));
            assertClose(then.slice(0, 1, 2), last(model, 1, 4, 5, 0));
        }
    }

    private static Tensor last(TransformerLanguageModel model, int... text) {
        return logs(model, Tokens.of(List.of(text))).slice(0, text.length - 1, text.length);
    }

    @Test
    void a_long_text_written_token_by_token_equals_reading_it_at_once() {
        int[] text = new Random(1).ints(150, 0, 7).toArray();
        for (TransformerLanguageModel model : transformers(Positions.Kind.SINUSOIDAL).toList()) {
            Tensor whole = logs(model, Tokens.of(List.of(text)));
            Decoding decoding = model.decode(Tokens.of(List.of(Arrays.copyOf(text, 20))));
            for (int t = 20; t < text.length; t++) {
                float[] row = decoding.after(new int[1], new int[] {text[t]})[0];
                assertClose(Tensor.of(row, 1, 7), whole.slice(0, t, t + 1));
            }
        }
    }

    @Test
    void what_linear_attention_keeps_of_a_text_has_one_size() {
        TransformerShape shape =
                shape(Positions.Kind.SINUSOIDAL)
                        .attention(new AttentionKind.Linear(Decay.Kind.GATED));
        TransformerLanguageModel model = TransformerLanguageModel.of(shape, 2, 7, new Seed(3));
        Decoding decoding = model.decode(Tokens.of(List.of(new int[50])));
        decoding.after(new int[1], new int[] {1});
        List<Integer> sizes = decoding.state().stream().map(Tensor::size).toList();
        for (int t = 0; t < 100; t++) {
            decoding.after(new int[1], new int[] {t % 7});
        }
        assertThat(decoding.state().stream().map(Tensor::size).toList()).isEqualTo(sizes);
    }

    @Test
    void layers_of_a_stack_may_mix_linear_attention_and_windows() {
        Seed seed = new Seed(5);
        TransformerShape window = shape(Positions.Kind.NONE).attention(Masks.window(3, 0));
        TransformerShape linear =
                shape(Positions.Kind.NONE).attention(new AttentionKind.Linear(Decay.Kind.CONSTANT));
        Positions none = new Positions.NoPositions();
        TransformerLanguageModel whole = TransformerLanguageModel.of(linear, 1, 7, seed);
        TransformerLanguageModel model =
                new TransformerLanguageModel(
                        whole.embedding(),
                        new TransformerEncoder(
                                List.of(
                                        EncoderLayer.of(linear, none, seed.at(1)),
                                        EncoderLayer.of(window, none, seed.at(2)),
                                        EncoderLayer.of(linear, none, seed.at(3))),
                                whole.layers().norm()),
                        16,
                        whole.output());
        int[] text = new Random(1).ints(100, 0, 7).toArray();
        Tensor logs = logs(model, Tokens.of(List.of(text)));
        Decoding decoding = model.decode(Tokens.of(List.of(Arrays.copyOf(text, 20))));
        for (int t = 20; t < text.length; t++) {
            Tensor next = decoding.logits(new int[1], new int[] {text[t]}).logSoftmax();
            assertClose(next, logs.slice(0, t, t + 1));
        }
    }

    @Test
    void a_model_states_how_far_it_looks_back() {
        assertThat(transformer(Positions.Kind.LEARNED, Masks.CAUSAL).contextLength()).isEqualTo(16);
        assertThat(RecurrentLanguageModel.of(Lstm::of, 7, 5, 6, 2, 0, new Seed(3)).contextLength())
                .isEqualTo(LanguageModel.UNLIMITED);
    }

    @Test
    void a_row_that_was_never_there_cannot_be_continued() {
        TransformerLanguageModel model = transformer(Positions.Kind.NONE, Masks.CAUSAL);
        Decoding decoding = model.decode(TEXTS);
        assertThatThrownBy(() -> decoding.after(new int[] {0, 2}, new int[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 continues row 2 of 2");
        assertThatThrownBy(() -> decoding.after(new int[] {-1}, new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0 continues row -1 of 2");
    }

    @Test
    void a_recurrent_model_continues_a_prompt_as_if_it_had_read_the_whole_text() {
        RecurrentLanguageModel model =
                RecurrentLanguageModel.of(Lstm::of, 7, 5, 6, 2, 0, new Seed(3));
        Tensor rows =
                model.forward(TEXTS, model.layers().start(2), Mode.INFERENCE).outputs().rows();
        Tensor whole = model.output().logits(rows).logSoftmax();
        Decoding decoding = model.decode(Tokens.of(List.of(new int[] {1, 4, 2}, new int[] {})));
        Tensor next = decoding.logits(new int[] {0, 1}, new int[] {6, 5}).logSoftmax();
        assertClose(next.slice(0, 0, 1), whole.slice(0, 3, 4));
        assertClose(next.slice(0, 1, 2), whole.slice(0, 5, 6));
    }

    @Test
    void looking_each_token_up_once_changes_no_bit_of_the_states() {
        RecurrentLanguageModel model =
                RecurrentLanguageModel.of(Lstm::of, 7, 5, 6, 2, 0, new Seed(3));
        Tensor once =
                model.forward(TEXTS, model.layers().start(2), Mode.INFERENCE).outputs().rows();
        Sequences copied = model.embedding().forward(TEXTS);
        Tensor each =
                model.layers()
                        .unroll(copied, model.layers().start(2), Mode.INFERENCE)
                        .outputs()
                        .rows();
        assertThat(once.toArray()).isEqualTo(each.toArray());
    }

    @Test
    void the_gradient_of_the_embedding_is_the_same_when_each_token_is_looked_up_once() {
        Embedding embedding = Embedding.of(7, 5, 1, new Seed(4));
        Lstm lstm = Lstm.of(5, 6, new Seed(3));
        for (int[] ids : new int[][] {{1, 4, 4, 6, 3, 1, 0, 5}, {0, 1, 2, 3, 4, 5, 6, 6}, {}}) {
            Layout layout = Layout.of(ids.length);
            Gradients once =
                    Gradients.of(
                            () ->
                                    lstm.unroll(embedding.pick(ids), layout, lstm.start(1), false)
                                            .outputs()
                                            .rows()
                                            .square()
                                            .sum());
            Gradients each =
                    Gradients.of(
                            () ->
                                    lstm.unroll(
                                                    new Sequences(embedding.forward(ids), layout),
                                                    lstm.start(1),
                                                    false)
                                            .outputs()
                                            .rows()
                                            .square()
                                            .sum());
            assertClose(once.of(embedding.weight()), each.of(embedding.weight()));
            assertClose(once.of(lstm.wx()), each.of(lstm.wx()));
            assertClose(once.of(lstm.b()), each.of(lstm.b()));
        }
    }

    @Test
    void a_token_outside_the_vocabulary_is_named() {
        Embedding embedding = Embedding.of(7, 5, 1, new Seed(4));
        assertThatThrownBy(() -> embedding.pick(3, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("embedding: there is no token 7 in a vocabulary of 7");
    }

    @Test
    void what_comes_later_changes_nothing_before_it() {
        TransformerLanguageModel model = transformer(Positions.Kind.ROTARY, Masks.CAUSAL);
        Tensor other =
                logs(model, Tokens.of(List.of(new int[] {1, 4, 2, 0, 0}, new int[] {5, 0, 5})));
        assertClose(other.slice(0, 0, 3), logs(model, TEXTS).slice(0, 0, 3));
    }

    @Test
    void a_language_model_never_sees_what_comes_next_whatever_its_pattern() {
        for (Mask mask : List.of(Masks.window(2, 3), Masks.globalTokens(1), Masks.strided(2))) {
            TransformerLanguageModel model = transformer(Positions.Kind.ROTARY, mask);
            Tensor other =
                    logs(model, Tokens.of(List.of(new int[] {1, 4, 2, 0, 0}, new int[] {5, 0, 5})));
            assertClose(other.slice(0, 0, 3), logs(model, TEXTS).slice(0, 0, 3));
        }
    }

    @Test
    void a_recurrent_language_model_must_not_read_from_the_end() {
        assertThatThrownBy(
                        () ->
                                new RecurrentLanguageModel(
                                        Embedding.of(3, 2, 1, new Seed(1)),
                                        Dropout.of(0, new Seed(1)),
                                        Recurrent.of(Lstm::of, 2, 2, 1, true, 0, new Seed(1)),
                                        Output.of(3, 4, new Seed(1))))
                .hasMessageContaining("next");
    }
}
