package dev.unroll.tasks.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedNetworksTest {
    private static final Tokens READ = Tokens.of(List.of(new int[] {3, 4, 5, 6}, new int[] {7, 3}));
    private static final Tokens WRITTEN = Tokens.of(List.of(new int[] {1, 5}, new int[] {1, 6, 4}));

    private static EncoderDecoder transformer() {
        return EncoderDecoder.transformer(
                TransformerShape.of(16, 2).dropout(0), 2, 2, 9, 9, true, new Seed(1));
    }

    static Stream<Named<EncoderDecoder>> models() {
        RecurrentShape shape =
                new RecurrentShape(6, 5, 2, true, Optional.of(Alignment.Kind.GENERAL), 0);
        return Stream.of(
                Named.of("Transformer", transformer()),
                Named.of(
                        "LSTM",
                        EncoderDecoder.recurrent(Lstm::of, shape, 9, 9, true, new Seed(2))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_packed_network_computes_what_the_plain_one_does(EncoderDecoder model) {
        float[] plain = model.logits(READ, WRITTEN, Mode.INFERENCE).toArray();
        EncoderDecoder packed = PackedNetworks.forDecoding(model);
        assertThat(packed.logits(READ, WRITTEN, Mode.INFERENCE).toArray())
                .containsExactly(plain, offset(1e-5f));
        Map<String, Parameter> before = Parameters.of(model);
        Parameters.of(packed)
                .forEach(
                        (name, p) ->
                                assertThat(p.value().toArray())
                                        .as(name)
                                        .isEqualTo(
                                                Objects.requireNonNull(before.get(name))
                                                        .value()
                                                        .toArray()));
    }

    @Test
    void matrices_that_are_only_multiplied_by_are_in_memory_once() {
        Map<String, Parameter> matrices =
                new LinkedHashMap<>(Parameters.of(PackedNetworks.forDecoding(transformer())));
        matrices.entrySet()
                .removeIf(e -> !e.getKey().contains("layers") || e.getValue().shape().rank() != 2);
        // four of each attention and two of each feed-forward part
        assertThat(matrices).hasSize(2 * (4 + 2) + 2 * (4 + 4 + 2));
        matrices.forEach(
                (name, p) ->
                        assertThatThrownBy(() -> p.set(new float[p.size()]))
                                .as(name)
                                .hasMessageContaining("packed alone"));
    }
}
