package dev.unroll.nn;

import static dev.unroll.nn.SmallModels.TARGET;
import static dev.unroll.nn.SmallModels.alone;
import static dev.unroll.nn.SmallModels.rows;
import static dev.unroll.nn.SmallModels.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Gather;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformerTest {

    static Stream<Named<TransformerShape>> shapes() {
        return SmallModels.shapes(0).stream().map(s -> Named.of(SmallModels.name(s), s));
    }

    static Stream<Named<TransformerShape>> shapesWithoutPositions() {
        return shapes().filter(s -> s.getPayload().positions() == Positions.Kind.NONE);
    }

    static Stream<Named<TransformerShape>> shapesWithMasks() {
        return shapes().filter(s -> s.getPayload().attention() instanceof AttentionKind.Softmax);
    }

    private static TransformerEncoder encoder(TransformerShape shape) {
        Positions positions = Positions.of(shape.positions(), 8, 12, new Seed(1));
        return SmallModels.shaken(
                TransformerEncoder.of(shape.bothWays(), 2, positions, new Seed(2)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void an_encoder_reads_each_sequence_by_itself(TransformerShape shape) {
        EncoderDecoder model = SmallModels.transformer(shape, false);
        Tokens read = tokens(1, SmallModels.SOURCE, 5, 1, 0, 7, 2);
        Tensor together = encoded(model, read);
        for (int s = 0; s < 5; s++) {
            Numbers.assertSame(rows(together, read, s), encoded(model, alone(read, s)));
        }
    }

    @ParameterizedTest
    @MethodSource("shapesWithoutPositions")
    void without_positions_tokens_in_another_order_give_their_rows_in_that_order(
            TransformerShape shape) {
        TransformerEncoder encoder = encoder(shape);
        Tensor x = Numbers.of(3, 6, 8);
        int[] order = {4, 0, 5, 2, 1, 3};
        Layout one = Layout.of(6);
        Tensor plain = encoder.forward(new Sequences(x, one), Masks.NONE, Mode.INFERENCE).rows();
        Tensor permuted =
                encoder.forward(
                                new Sequences(Gather.permute(x, order), one),
                                Masks.NONE,
                                Mode.INFERENCE)
                        .rows();
        Numbers.assertClose(permuted, Gather.permute(plain, order), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void with_positions_the_order_of_tokens_counts(TransformerShape shape) {
        if (shape.positions() == Positions.Kind.NONE) {
            return; // the test above
        }
        EncoderDecoder model = SmallModels.transformer(shape, false);
        float[] one = last(model, 1, 2, 3);
        assertThat(last(model, 2, 1, 3)).isNotEqualTo(one);
    }

    private static float[] last(EncoderDecoder model, int... read) {
        return encoded(model, Tokens.of(List.of(read)))
                .slice(0, read.length - 1, read.length)
                .toArray();
    }

    private static Tensor encoded(EncoderDecoder model, Tokens read) {
        return model.encoder().encode(read, Mode.INFERENCE).rows().rows();
    }

    @ParameterizedTest
    @MethodSource("shapesWithMasks")
    void an_encoder_with_a_window_sees_no_further_than_its_layers_times_the_window(
            TransformerShape shape) {
        TransformerEncoder encoder = encoder(shape);
        Layout layout = Layout.of(12);
        Tensor x = Numbers.of(3, 12, 8);
        float[] moved = x.toArray();
        moved[0] += 1;
        Mask mask = Masks.window(2, 1);
        Tensor plain = encoder.forward(new Sequences(x, layout), mask, Mode.INFERENCE).rows();
        Tensor changed =
                encoder.forward(
                                new Sequences(Tensor.of(moved, 12, 8), layout),
                                mask,
                                Mode.INFERENCE)
                        .rows();
        for (int t = 0; t < 12; t++) {
            float[] before = plain.slice(0, t, t + 1).toArray();
            float[] after = changed.slice(0, t, t + 1).toArray();
            if (t <= 4) {
                assertThat(after).isNotEqualTo(before);
            } else {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_shared_embedding_learns_from_all_its_places(TransformerShape shape) {
        EncoderDecoder shared = SmallModels.transformer(shape, true);
        var reads = (TransformerSourceEncoder) shared.encoder();
        var writes = (TransformerSequenceDecoder) shared.decoder();
        Embedding both = writes.embedding().embedding();
        Embedding source = copy(both);
        Embedding target = copy(both);
        Output output = new Output(copy(both).weight(), writes.output().bias());
        EncoderDecoder apart =
                new EncoderDecoder(
                        new TransformerSourceEncoder(
                                with(reads.embedding(), source), reads.layers()),
                        new TransformerSequenceDecoder(
                                with(writes.embedding(), target), writes.layers(), output));
        Tokens read = tokens(1, TARGET, 4, 2);
        Tokens before = tokens(2, TARGET, 3, 3);
        int[] after = tokens(3, TARGET, 6).ids();
        Mode mode = new Mode.Training(1, 1, 0.1);
        Gradients one = Gradients.of(() -> shared.loss(read, before, after, mode));
        Gradients three = Gradients.of(() -> apart.loss(read, before, after, mode));
        Tensor sum =
                three.of(source.weight())
                        .plus(three.of(target.weight()))
                        .plus(three.of(output.weight()));
        Numbers.assertClose(one.of(both.weight()), sum, 1e-5);
        for (Parameter parameter : List.of(source.weight(), target.weight(), output.weight())) {
            assertThat(three.of(parameter).square().sum().item()).isPositive();
        }
    }

    private static TokenEmbedding with(TokenEmbedding before, Embedding other) {
        return new TokenEmbedding(other, before.positions(), before.scale(), before.dropout());
    }

    private static Embedding copy(Embedding embedding) {
        Tensor weight = embedding.weight().value();
        return new Embedding(Parameter.of(weight.toArray(), weight.shape().dims()));
    }

    @Test
    void a_shared_embedding_is_one_parameter() {
        EncoderDecoder model = SmallModels.transformer(SmallModels.shapes(0).getFirst(), true);
        Map<String, Parameter> parameters = Parameters.of(model);
        assertThat(parameters)
                .containsKeys("encoder.embedding.embedding.weight", "decoder.output.bias")
                .doesNotContainKeys("decoder.embedding.embedding.weight", "decoder.output.weight");
    }

    @Test
    void one_embedding_does_not_serve_two_vocabularies() {
        TransformerShape shape = TransformerShape.of(8, 2);
        assertThatThrownBy(() -> EncoderDecoder.transformer(shape, 1, 1, 10, 11, true, new Seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 and 11");
    }

    @Test
    void a_shape_that_cannot_be_says_why() {
        assertThatThrownBy(() -> TransformerShape.of(10, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a width of 10 cannot be shared by 4 heads");
        refused("4 heads cannot share 3 key heads", 8, 4, 3, Positions.Kind.NONE, 1, 0);
        refused("even, not 9", 9, 3, 3, Positions.Kind.SINUSOIDAL, 1, 0);
        refused("9 numbers for 3 heads are 3", 9, 3, 3, Positions.Kind.ROTARY, 1, 0);
        refused("longest", 8, 4, 4, Positions.Kind.LEARNED, 0, 0);
        refused("[0, 1)", 8, 4, 4, Positions.Kind.NONE, 1, 1);
        refused("[0, 1)", 8, 4, 4, Positions.Kind.NONE, 1, Double.NaN);
    }

    private static void refused(
            String message,
            int width,
            int heads,
            int keyHeads,
            Positions.Kind positions,
            int longest,
            double dropout) {
        assertThatThrownBy(
                        () ->
                                TransformerShape.of(width, heads, positions, longest)
                                        .keyHeads(keyHeads)
                                        .dropout(dropout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
