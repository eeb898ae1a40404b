package dev.unroll.nn.models;

import static dev.unroll.nn.SmallModels.SOURCE;
import static dev.unroll.nn.SmallModels.TARGET;
import static dev.unroll.nn.SmallModels.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Encoders and decoders of different sizes. What holds for every encoder-decoder, holds for these
 * too: see {@link EncoderDecoderTest}.
 */
class DifferentWidthsTest {
    private static final Tokens READ = tokens(1, SOURCE, 4, 1, 6);
    private static final Tokens BEFORE = tokens(2, TARGET, 3, 5, 1);

    private static RecurrentShape recurrent(
            int width, int hidden, int layers, boolean both, Optional<Alignment.Kind> alignment) {
        return new RecurrentShape(width, hidden, layers, both, alignment, 0);
    }

    private static Encoder recurrentEncoder(int width, int hidden, int layers, boolean both) {
        return RecurrentSourceEncoder.of(
                Gru::of,
                recurrent(width, hidden, layers, both, Optional.empty()),
                SOURCE,
                new Seed(1));
    }

    private static Encoder transformerEncoder(int width, int layers) {
        return TransformerSourceEncoder.of(
                TransformerShape.of(width, 2), layers, SOURCE, new Seed(2));
    }

    private static SequenceDecoder recurrentDecoder(
            int read, Optional<Alignment.Kind> alignment, int layers) {
        return RecurrentSequenceDecoder.of(
                Lstm::of, recurrent(5, 7, layers, false, alignment), read, TARGET, new Seed(3));
    }

    private static SequenceDecoder transformerDecoder(int read, int layers) {
        return TransformerSequenceDecoder.of(
                TransformerShape.of(8, 4), layers, read, TARGET, new Seed(4));
    }

    static Stream<EncoderDecoder> all() {
        List<Encoder> encoders =
                List.of(
                        recurrentEncoder(3, 4, 1, false),
                        recurrentEncoder(3, 4, 3, true),
                        recurrentEncoder(9, 7, 2, false),
                        transformerEncoder(4, 1),
                        transformerEncoder(10, 3));
        return encoders.stream()
                .flatMap(
                        encoder ->
                                IntStream.of(1, 2, 4)
                                        .boxed()
                                        .flatMap(layers -> decoders(encoder.width(), layers))
                                        .map(decoder -> new EncoderDecoder(encoder, decoder)));
    }

    private static Stream<SequenceDecoder> decoders(int read, int layers) {
        return Stream.of(
                recurrentDecoder(read, Optional.empty(), layers),
                recurrentDecoder(read, Optional.of(Alignment.Kind.GENERAL), layers),
                recurrentDecoder(read, Optional.of(Alignment.Kind.ADDITIVE), layers),
                transformerDecoder(read, layers));
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_logits_are_those_of_the_targets_vocabulary_whatever_was_read(EncoderDecoder model) {
        Memory memory = model.encoder().encode(READ, Mode.INFERENCE);
        assertThat(memory.rows().rows().shape().dims())
                .containsExactly(11, model.encoder().width());
        assertThat(model.logits(READ, BEFORE, Mode.INFERENCE).shape().dims())
                .containsExactly(9, TARGET);
        Memory one = model.encoder().encode(tokens(1, SOURCE, 6), Mode.INFERENCE);
        assertThat(model.decoder().attentionWeights(one, tokens(2, TARGET, 3)).shape().dims())
                .containsExactly(3, 6);
    }

    @ParameterizedTest
    @CsvSource({"1, 6", "4, 6", "6, 6", "9, 6", "1, 8", "10, 8"})
    void a_decoder_layer_keeps_the_rows_and_width_of_what_is_written(int read, int width) {
        DecoderLayer layer =
                DecoderLayer.of(
                        TransformerShape.of(width, 2),
                        read,
                        new Positions.NoPositions(),
                        new Seed(5));
        for (int n : new int[] {1, 2, 7}) {
            Sequences x = new Sequences(Numbers.of(1, 3, width), Layout.of(3));
            Sequences memory = new Sequences(Numbers.of(2, n, read), Layout.of(n));
            assertThat(layer.forward(x, memory, Mode.INFERENCE).rows().shape().dims())
                    .containsExactly(3, width);
        }
    }

    @Test
    void dot_attention_fits_where_the_states_have_one_width_though_the_tokens_have_two() {
        Encoder encoder = recurrentEncoder(3, 7, 1, false);
        EncoderDecoder model =
                new EncoderDecoder(
                        encoder,
                        recurrentDecoder(encoder.width(), Optional.of(Alignment.Kind.DOT), 2));
        assertThat(model.logits(READ, BEFORE, Mode.INFERENCE).shape().dims())
                .containsExactly(9, TARGET);
    }

    @Test
    void dot_attention_of_states_of_two_widths_is_refused() {
        assertThatThrownBy(() -> recurrentDecoder(4, Optional.of(Alignment.Kind.DOT), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "dot attention multiplies states of one width, and the decoder's have 7"
                                + " numbers, the rows attended to 4: use GENERAL or ADDITIVE, or"
                                + " make the widths equal");
    }

    @Test
    void a_decoder_starts_from_the_layers_of_the_encoder_or_else_from_its_top() {
        Memory three = recurrentEncoder(3, 4, 3, true).encode(READ, Mode.INFERENCE);
        Memory top = new Memory(three.rows(), List.of(three.last().getLast()));
        for (int layers : new int[] {1, 2, 4}) {
            SequenceDecoder decoder = recurrentDecoder(8, Optional.empty(), layers);
            Tensor expected = decoder.logits(top, BEFORE, Mode.INFERENCE);
            assertThat(decoder.logits(three, BEFORE, Mode.INFERENCE).toArray())
                    .isEqualTo(expected.toArray());
        }
        SequenceDecoder equal = recurrentDecoder(8, Optional.empty(), 3);
        assertThat(equal.logits(three, BEFORE, Mode.INFERENCE).toArray())
                .isNotEqualTo(equal.logits(top, BEFORE, Mode.INFERENCE).toArray());
    }

    @Test
    void a_decoder_that_was_built_for_another_encoder_is_refused() {
        String recurrent =
                "decoder: the memory's rows have 8 numbers, and this decoder reads rows of 6: build"
                        + " it for the encoder's width, or project the rows first by a Linear from"
                        + " 8 to 6";
        String transformer =
                "attention: the rows attended to have 8 numbers, and keys and values are made from"
                        + " rows of 6: build the attention for a width of 8, or project the rows"
                        + " first by a Linear from 8 to 6";
        for (Encoder encoder : List.of(recurrentEncoder(3, 4, 1, true), transformerEncoder(8, 1))) {
            for (Optional<Alignment.Kind> alignment :
                    List.of(
                            Optional.<Alignment.Kind>empty(),
                            Optional.of(Alignment.Kind.GENERAL))) {
                assertRefused(recurrent, encoder, recurrentDecoder(6, alignment, 2));
            }
            assertRefused(transformer, encoder, transformerDecoder(6, 2));
        }
    }

    private static void assertRefused(String message, Encoder encoder, SequenceDecoder decoder) {
        EncoderDecoder model = new EncoderDecoder(encoder, decoder);
        assertThatThrownBy(() -> model.logits(READ, BEFORE, Mode.INFERENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> model.decode(READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
