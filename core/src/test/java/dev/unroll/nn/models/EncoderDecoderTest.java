package dev.unroll.nn.models;

import static dev.unroll.nn.SmallModels.SOURCE;
import static dev.unroll.nn.SmallModels.TARGET;
import static dev.unroll.nn.SmallModels.alone;
import static dev.unroll.nn.SmallModels.rows;
import static dev.unroll.nn.SmallModels.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.decode.TopK;
import dev.unroll.memory.Workspace;
import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must be equal, and what must not, in every network that reads one text and writes another.
 */
class EncoderDecoderTest {
    private static final Tokens READ = tokens(1, SOURCE, 4, 1, 6, 3);
    private static final Tokens BEFORE = tokens(2, TARGET, 3, 5, 1, 4);
    private static final int[] AFTER = tokens(3, TARGET, BEFORE.ids().length).ids();

    static Stream<Named<EncoderDecoder>> models() {
        return SmallModels.encoderDecoders(0);
    }

    static Stream<Named<EncoderDecoder>> modelsWithDropout() {
        return SmallModels.encoderDecoders(0.3);
    }

    /** Without ReLU's kinks. */
    static Stream<Named<EncoderDecoder>> smoothModels() {
        return modelsWithDropout().filter(m -> !m.getName().contains("RELU"));
    }

    private static Tensor logits(EncoderDecoder model, Tokens read, Tokens before) {
        return model.logits(read, before, Mode.INFERENCE);
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_neighbour_changes_nothing(EncoderDecoder model) {
        Tensor together = logits(model, READ, BEFORE);
        for (int s = 0; s < READ.layout().batch(); s++) {
            Tensor one = logits(model, alone(READ, s), alone(BEFORE, s));
            Numbers.assertSame(rows(together, BEFORE, s), one);
        }
    }

    /** A path of a search: which sentence, and the tokens so far. */
    private record Path(int sentence, List<Integer> tokens) {}

    @ParameterizedTest
    @MethodSource("models")
    void word_by_word_is_all_at_once_however_a_search_branches(EncoderDecoder model) {
        Decoding decoding = model.decode(READ);
        Random random = new Random(5);
        List<Path> paths = new ArrayList<>();
        for (int s = 0; s < READ.layout().batch(); s++) {
            paths.add(new Path(s, List.of()));
        }
        for (int step = 0; step < 6; step++) {
            // the paths that go on, in order: some end, some branch
            List<Path> next = new ArrayList<>();
            List<Integer> parents = new ArrayList<>();
            for (int r = 0; r < paths.size(); r++) {
                for (int branches = step == 0 ? 1 : r == 0 ? 2 : random.nextInt(3);
                        branches > 0;
                        branches--) {
                    List<Integer> longer = new ArrayList<>(paths.get(r).tokens());
                    longer.add(random.nextInt(TARGET));
                    next.add(new Path(paths.get(r).sentence(), longer));
                    parents.add(r);
                }
            }
            Tensor after =
                    decoding.logits(
                                    parents.stream().mapToInt(p -> p).toArray(),
                                    next.stream().mapToInt(p -> p.tokens().getLast()).toArray())
                            .logSoftmax();
            assertThat(after.shape().dims()).containsExactly(next.size(), TARGET);
            for (int r = 0; r < next.size(); r++) {
                Tokens before =
                        Tokens.of(
                                List.of(next.get(r).tokens().stream().mapToInt(t -> t).toArray()));
                Tensor whole = logits(model, alone(READ, next.get(r).sentence()), before);
                Numbers.assertClose(
                        after.slice(0, r, r + 1),
                        whole.slice(0, step, step + 1).logSoftmax(),
                        1e-5);
            }
            paths = next;
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_likeliest_are_the_front_of_all(EncoderDecoder model) {
        EncoderDecoder packed = Parameters.map(model, Parameter::packed);
        int batch = READ.layout().batch();
        Workspace.run(
                () -> {
                    Decoding whole = packed.decode(READ);
                    Decoding front = packed.decode(READ);
                    int[] parents = IntStream.range(0, batch).toArray();
                    int[] tokens = new int[batch];
                    for (int step = 0; step < 12; step++) { // past the room there is at first
                        float[] logs = whole.logits(parents, tokens).logSoftmax().toArray();
                        TopK best = front.topK(parents, tokens, 3);
                        for (int at = 0; at < 3 * batch; at++) {
                            int row = at / 3 * TARGET;
                            float log = logs[row + best.tokens()[at]];
                            assertThat(best.logs()[at]).isEqualTo(log);
                            int rank = at % 3;
                            assertThat(
                                            IntStream.range(row, row + TARGET)
                                                    .filter(i -> logs[i] > log))
                                    .hasSizeLessThanOrEqualTo(rank);
                            if (rank == 0) {
                                tokens[at / 3] = best.tokens()[at];
                            }
                        }
                    }
                    return true;
                },
                done -> List.of());
    }

    @Test
    void a_source_of_thousands_of_tokens_is_read_as_it_was_in_training() {
        EncoderDecoder model =
                EncoderDecoder.transformer(
                        TransformerShape.of(4, 1), 1, 1, SOURCE, TARGET, false, new Seed(5));
        Tokens read = tokens(1, SOURCE, 2100);

        Tensor after = model.decode(read).logits(new int[1], new int[] {1}).logSoftmax();

        Tensor expected = logits(model, read, Tokens.of(List.of(new int[] {1}))).logSoftmax();
        Numbers.assertClose(after, expected, 1e-5);
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_packed_network_writes_what_the_network_writes(EncoderDecoder model) {
        EncoderDecoder packed = Parameters.map(model, Parameter::packed);
        assertThat(Parameters.of(packed).keySet()).isEqualTo(Parameters.of(model).keySet());
        Numbers.assertClose(logits(packed, READ, BEFORE), logits(model, READ, BEFORE), 1e-5);
        Gradients plain = Gradients.of(() -> model.loss(READ, BEFORE, AFTER, Mode.INFERENCE));
        Gradients same = Gradients.of(() -> packed.loss(READ, BEFORE, AFTER, Mode.INFERENCE));
        for (Parameter parameter : Parameters.of(model).values()) {
            Numbers.assertSame(same.of(parameter), plain.of(parameter));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void what_is_written_later_changes_nothing_before(EncoderDecoder model) {
        Tokens read = alone(READ, 0);
        int[] ids = {1, 2, 3, 4, 5};
        Tensor all = logits(model, read, Tokens.of(List.of(ids)));
        ids[3] = 9;
        Tensor changed = logits(model, read, Tokens.of(List.of(ids)));
        Numbers.assertSame(changed.slice(0, 0, 3), all.slice(0, 0, 3));
        for (int t = 3; t < 5; t++) {
            assertThat(changed.slice(0, t, t + 1).toArray())
                    .isNotEqualTo(all.slice(0, t, t + 1).toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void every_word_that_is_read_counts(EncoderDecoder model) {
        Tokens before = Tokens.of(List.of(new int[] {1, 2}));
        int[] read = {3, 4, 5};
        float[] plain = logits(model, Tokens.of(List.of(read)), before).toArray();
        for (int i = 0; i < read.length; i++) {
            int[] other = read.clone();
            other[i] = 9;
            assertThat(logits(model, Tokens.of(List.of(other)), before).toArray())
                    .isNotEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("modelsWithDropout")
    void the_loss_is_the_cross_entropy_of_the_logits(EncoderDecoder model) {
        Mode mode = new Mode.Training(6, 7, 0.1);
        Gradients fused = Gradients.of(() -> model.loss(READ, BEFORE, AFTER, mode));
        Gradients slow =
                Gradients.of(
                        () -> CrossEntropy.mean(model.logits(READ, BEFORE, mode), AFTER, 0.1f));
        Numbers.assertClose(new float[] {fused.loss()}, new float[] {slow.loss()}, 1e-5);
        for (Parameter parameter : model.parameters().values()) {
            Numbers.assertClose(fused.of(parameter), slow.of(parameter), 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("smoothModels")
    void the_derivative_of_the_loss_is_its_slope(EncoderDecoder model) {
        Mode mode = new Mode.Training(8, 9, 0.1);
        ModelGradient.check(model, () -> model.loss(READ, BEFORE, AFTER, mode));
    }

    @ParameterizedTest
    @MethodSource("modelsWithDropout")
    void noise_depends_on_seed_and_step_alone(EncoderDecoder model) {
        Tensor first = model.logits(READ, BEFORE, new Mode.Training(1, 2));
        assertThat(model.logits(READ, BEFORE, new Mode.Training(1, 2)).toArray())
                .isEqualTo(first.toArray());
        assertThat(model.logits(READ, BEFORE, new Mode.Training(1, 3)).toArray())
                .isNotEqualTo(first.toArray());
        assertThat(model.logits(READ, BEFORE, new Mode.Training(2, 2)).toArray())
                .isNotEqualTo(first.toArray());
    }

    @ParameterizedTest
    @MethodSource("models")
    void rows_continue_rows_that_were_there(EncoderDecoder model) {
        Decoding decoding = model.decode(READ);
        assertThatThrownBy(() -> decoding.after(new int[] {0, 4}, new int[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 continues row 4 of 4");
        assertThatThrownBy(() -> decoding.after(new int[] {2, 1}, new int[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order of their sentences");
    }

    @ParameterizedTest
    @MethodSource("models")
    void what_is_read_and_written_come_in_pairs(EncoderDecoder model) {
        Tokens fewer = tokens(2, TARGET, 3, 5);
        assertThatThrownBy(() -> model.logits(READ, fewer, Mode.INFERENCE))
                .isInstanceOf(IllegalArgumentException.class);
        Tokens more = tokens(2, TARGET, 1, 1, 1, 1, 2);
        assertThatThrownBy(() -> model.logits(READ, more, Mode.INFERENCE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("models")
    void an_unknown_token_is_refused(EncoderDecoder model) {
        Tokens wrong = Tokens.of(List.of(new int[] {1, SOURCE}));
        assertThatThrownBy(() -> model.decode(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(SOURCE));
    }

    @ParameterizedTest
    @MethodSource("models")
    void nothing_to_read_is_nothing_to_write(EncoderDecoder model) {
        Tokens none = Tokens.of(List.of());
        assertThat(model.logits(none, none, Mode.INFERENCE).shape().dims())
                .containsExactly(0, TARGET);
    }

    @ParameterizedTest
    @MethodSource("models")
    void an_empty_text_can_be_read_beside_others(EncoderDecoder model) {
        Tokens read = tokens(1, SOURCE, 3, 0, 2);
        Tokens before = tokens(2, TARGET, 2, 3, 1);
        Tensor together = logits(model, read, before);
        for (float x : together.toArray()) {
            assertThat(x).isFinite();
        }
        for (int s = 0; s < 3; s++) {
            Numbers.assertSame(
                    rows(together, before, s), logits(model, alone(read, s), alone(before, s)));
        }
        Tensor first = model.decode(read).logits(new int[] {0, 1, 2}, firsts(before));
        assertThat(first.shape().dims()).containsExactly(3, TARGET);
    }

    private static int[] firsts(Tokens tokens) {
        int[] firsts = new int[tokens.layout().batch()];
        Arrays.setAll(firsts, s -> tokens.sequence(s)[0]);
        return firsts;
    }
}
