package dev.unroll.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.image.ConvolutionalEncoder;
import dev.unroll.nn.image.ImageEncoder;
import dev.unroll.nn.image.PatchEncoder;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptioningModelTest {
    private static final int SIDE = 8;
    private static final int VOCABULARY = 7;
    private static final Tokens BEFORE = Tokens.of(List.of(new int[] {1, 4, 5}, new int[] {1, 6}));
    private static final int[] AFTER = {4, 5, 2, 6, 2};

    private static TransformerShape shape() {
        return TransformerShape.of(8, 2)
                .feedForward(16)
                .activation(FeedForward.Kind.GELU)
                .dropout(0);
    }

    private static SequenceDecoder recurrent(Optional<Alignment.Kind> alignment) {
        return RecurrentSequenceDecoder.of(
                Lstm::of,
                new RecurrentShape(8, 6, 2, false, alignment, 0),
                8,
                VOCABULARY,
                new Seed(4));
    }

    static Stream<CaptioningModel> describers() {
        ImageEncoder convolution = ConvolutionalEncoder.of(3, 16, 2, 0, new Seed(1));
        ImageEncoder patches = PatchEncoder.of(shape(), 1, 3, SIDE, 4, new Seed(2));
        SequenceDecoder transformer =
                TransformerSequenceDecoder.of(shape(), 2, VOCABULARY, new Seed(3));
        return Stream.of(
                describer(convolution, ImageContext.Kind.START, recurrent(Optional.empty())),
                describer(convolution, ImageContext.Kind.ATTEND, transformer),
                describer(
                        convolution,
                        ImageContext.Kind.ATTEND,
                        recurrent(Optional.of(Alignment.Kind.ADDITIVE))),
                describer(
                        patches,
                        ImageContext.Kind.ATTEND,
                        recurrent(Optional.of(Alignment.Kind.GENERAL))),
                describer(patches, ImageContext.Kind.START, transformer));
    }

    private static CaptioningModel describer(
            ImageEncoder encoder, ImageContext.Kind kind, SequenceDecoder decoder) {
        return new CaptioningModel(
                encoder,
                ImageContext.of(kind, cells(encoder), encoder.width(), 8, new Seed(9)),
                decoder);
    }

    private static int cells(ImageEncoder encoder) {
        return encoder.cells(SIDE) * encoder.cells(SIDE);
    }

    private static Tensor images() {
        return Numbers.of(5, 2, SIDE, SIDE, 3);
    }

    @ParameterizedTest
    @MethodSource("describers")
    void gradients_are_those_of_small_differences(CaptioningModel model) {
        Mode mode = new Mode.Training(1, 1, 0.1);
        ModelGradient.check(model, () -> model.loss(images(), BEFORE, AFTER, mode));
    }

    @ParameterizedTest
    @MethodSource("describers")
    void two_images_together_are_each_by_itself(CaptioningModel model) {
        Tensor both = memory(model, images()).rows().rows();
        float[] first = memory(model, images().slice(0, 0, 1)).rows().rows().toArray();
        float[] second = memory(model, images().slice(0, 1, 2)).rows().rows().toArray();

        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        assertThat(both.toArray()).containsExactly(joined, within(1e-5f));
    }

    private static Memory memory(CaptioningModel model, Tensor images) {
        return model.memory(images, Mode.INFERENCE);
    }

    @ParameterizedTest
    @MethodSource("describers")
    void writing_word_by_word_is_reading_the_whole_caption(CaptioningModel model) {
        Memory memory = memory(model, images());
        float[] whole =
                model.decoder().logits(memory, BEFORE, Mode.INFERENCE).logSoftmax().toArray();

        Decoding decoding = model.decoder().decode(memory);
        float[] start = decoding.logits(new int[] {0, 1}, new int[] {1, 1}).logSoftmax().toArray();
        float[] next = decoding.logits(new int[] {0, 1}, new int[] {4, 6}).logSoftmax().toArray();

        assertThat(row(start, 0)).containsExactly(row(whole, 0), within(1e-5f));
        assertThat(row(start, 1)).containsExactly(row(whole, 3), within(1e-5f));
        assertThat(row(next, 0)).containsExactly(row(whole, 1), within(1e-5f));
        assertThat(row(next, 1)).containsExactly(row(whole, 4), within(1e-5f));
    }

    private static float[] row(float[] rows, int r) {
        return Arrays.copyOfRange(rows, r * VOCABULARY, (r + 1) * VOCABULARY);
    }

    @ParameterizedTest
    @MethodSource("describers")
    void the_shares_of_what_a_word_looks_at_sum_to_one(CaptioningModel model) {
        Memory memory = memory(model, images().slice(0, 0, 1));
        Tensor weights =
                model.decoder().attentionWeights(memory, Tokens.of(List.of(new int[] {1, 4, 5})));

        assertThat(weights.shape().dims()).containsExactly(3, memory.rows().layout().tokens());
        for (float sum : weights.sum(1).toArray()) {
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void a_cell_that_is_attended_to_has_its_place_in_its_row() {
        ImageContext memory = ImageContext.of(ImageContext.Kind.ATTEND, 2, 3, 4, new Seed(1));
        Tensor twoAlike = Tensor.of(new float[] {1, 2, 3, 1, 2, 3}, 2, 3);

        Tensor rows = memory.forward(new Sequences(twoAlike, Layout.even(1, 2))).rows();

        assertThat(rows.slice(0, 0, 1).toArray()).isNotEqualTo(rows.slice(0, 1, 2).toArray());
    }

    @Test
    void a_summary_is_one_row_the_mean_of_the_cells() {
        ImageContext memory = ImageContext.of(ImageContext.Kind.START, 2, 3, 4, new Seed(1));
        Tensor cells = Tensor.of(new float[] {1, 2, 3, 3, 4, 5, 0, 0, 6, 4, 6, 2}, 4, 3);
        Tensor means = Tensor.of(new float[] {2, 3, 4, 2, 3, 4}, 2, 3);

        Sequences ofTwoImages = memory.forward(new Sequences(cells, Layout.even(2, 2)));
        Sequences ofMeans = memory.forward(new Sequences(means, Layout.even(2, 1)));

        assertThat(ofTwoImages.layout().tokens()).isEqualTo(2);
        assertThat(ofTwoImages.rows().toArray())
                .containsExactly(ofMeans.rows().toArray(), within(1e-6f));
    }

    @Test
    void patches_are_the_squares_of_a_image_row_by_row() {
        // A layer that lets numbers through: each patch of 2 x 2 keeps its four numbers.
        float[] eye = new float[16];
        for (int i = 0; i < 4; i++) {
            eye[i * 5] = 1;
        }
        PatchEncoder encoder =
                new PatchEncoder(
                        2,
                        new Linear(Parameter.of(eye, 4, 4), null),
                        new Positions.NoPositions(),
                        Dropout.of(0, new Seed(1)),
                        new TransformerEncoder(List.of(), null));
        float[] counted = new float[16];
        for (int i = 0; i < 16; i++) {
            counted[i] = i;
        }

        Sequences rows = encoder.forward(Tensor.of(counted, 1, 4, 4, 1), Mode.INFERENCE);

        assertThat(rows.rows().toArray())
                .containsExactly(0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15);
    }

    @Test
    void patches_that_do_not_fill_a_image_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchEncoder.of(shape(), 1, 3, 10, 4, new Seed(1)))
                .withMessageContaining("patches of 4 pixels do not fill images of 10");
    }
}
