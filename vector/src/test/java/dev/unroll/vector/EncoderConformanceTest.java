package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Backends;
import dev.unroll.backend.WeightStorage;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole encoder layers on packed weights, held to the layers' formulas. */
class EncoderConformanceTest {
    private static final int LAYERS = 2;

    /**
     * An encoder with packed weights.
     *
     * @param heads of the queries
     * @param keyHeads of keys and values
     */
    private record Case(
            int width,
            int heads,
            int keyHeads,
            int inside,
            FeedForward.Kind kind,
            boolean preNorm,
            Mask mask) {

        TransformerEncoder packed() {
            return packed(WeightStorage.F32);
        }

        TransformerEncoder packed(WeightStorage storage) {
            TransformerShape shape =
                    TransformerShape.of(width, heads, Positions.Kind.NONE, 64)
                            .keyHeads(keyHeads)
                            .feedForward(inside)
                            .activation(kind)
                            .preNorm(preNorm)
                            .dropout(0);
            TransformerEncoder encoder =
                    TransformerEncoder.of(
                            shape, LAYERS, new Positions.NoPositions(), new Seed(width));
            Parameters.of(encoder).values().forEach(Case::shake);
            return Parameters.map(encoder, parameter -> parameter.packed(storage));
        }

        /** Biases and gains that are not 0 and 1. */
        private static void shake(Parameter parameter) {
            if (parameter.shape().rank() == 1) {
                float[] noise = Operand.normal(parameter.size(), parameter.size());
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = 0.5f + 0.3f * noise[i];
                }
                parameter.set(noise);
            }
        }
    }

    private static final List<Case> CASES =
            List.of(
                    new Case(384, 12, 12, 1536, FeedForward.Kind.GELU, false, Masks.NONE),
                    new Case(96, 4, 4, 200, FeedForward.Kind.RELU, true, Masks.CAUSAL),
                    new Case(60, 3, 3, 130, FeedForward.Kind.GELU, false, Masks.window(3, 2)),
                    new Case(512, 8, 8, 800, FeedForward.Kind.GELU_TANH, true, Masks.NONE),
                    new Case(70, 7, 7, 33, FeedForward.Kind.RELU, false, Masks.NONE),
                    new Case(64, 4, 2, 64, FeedForward.Kind.SILU, true, Masks.NONE));

    private static final int[][] LENGTHS = {{1}, {8}, {13, 4, 1, 7}, {0, 30}, {200, 3}, {0}};

    private static final List<Backend> BACKENDS =
            List.of(
                    new VectorBackend(1, WarmUp.Rule.VECTORS),
                    new VectorBackend(2, WarmUp.Rule.VECTORS),
                    new VectorBackend(5, WarmUp.Rule.VECTORS),
                    new VectorBackend(2, WarmUp.Rule.PLAIN));

    private static Sequences rows(int width, int... lengths) {
        Layout layout = Layout.of(lengths);
        float[] numbers = Operand.normal(7, layout.tokens() * width);
        return new Sequences(Tensor.of(numbers, layout.tokens(), width), layout);
    }

    private static float[] numbers(Sequences rows) {
        return rows.rows().toArray();
    }

    private static Sequences formula(TransformerEncoder encoder, Sequences x, Mask mask) {
        Sequences y = x;
        for (EncoderLayer layer : encoder.layers()) {
            y = layer.formula(y, mask, Mode.INFERENCE);
        }
        return encoder.norm() == null ? y : y.with(encoder.norm().forward(y.rows()));
    }

    @Test
    void packed_layers_give_the_bits_of_their_formula_on_one_thread_and_many() {
        for (Case one : CASES) {
            hold(one, one.packed(), LENGTHS);
        }
    }

    @Test
    void layers_packed_into_less_memory_give_the_bits_of_their_formula() {
        for (WeightStorage storage : List.of(WeightStorage.BF16, WeightStorage.INT8)) {
            for (Case one : CASES.subList(0, 3)) {
                hold(one, one.packed(storage), new int[][] {{8}, {13, 4, 1, 7}});
            }
        }
    }

    private static void hold(Case one, TransformerEncoder encoder, int[][] all) {
        for (int[] lengths : all) {
            Sequences x = rows(one.width, lengths);
            float[] wanted =
                    Backends.with(
                            BACKENDS.getFirst(),
                            () -> MemoryScope.run(() -> numbers(formula(encoder, x, one.mask))));
            for (Backend backend : BACKENDS) {
                float[] y =
                        Backends.with(
                                backend,
                                () ->
                                        MemoryScope.run(
                                                () -> numbers(forward(encoder, x, one.mask))));
                assertThat(y).as("%s, %s", one, backend.description()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void packed_layers_are_close_to_unpacked_ones_on_the_reference() {
        for (Case one : CASES) {
            TransformerEncoder packed = one.packed();
            Sequences x = rows(one.width, 5, 9);
            float[] wanted =
                    Backends.with(Candidates.SCALAR, () -> numbers(formula(packed, x, one.mask)));
            float[] y =
                    Backends.with(
                            new VectorBackend(2, WarmUp.Rule.VECTORS),
                            () -> numbers(forward(packed, x, one.mask)));
            for (int i = 0; i < y.length; i++) {
                assertThat(y[i]).isCloseTo(wanted[i], within(1e-3f));
            }
        }
    }

    @Test
    void packed_layers_with_an_adapter_keep_it() {
        Case one = CASES.getFirst();
        TransformerEncoder plain = one.packed();
        TransformerEncoder adapted =
                LowRankAdapter.adapt(
                        plain, name -> name.endsWith("0.feedForward.in"), 2, 1, new Seed(3));
        Parameters.of(adapted)
                .forEach(
                        (name, parameter) -> {
                            if (name.endsWith("adapter.up")) {
                                parameter.set(Operand.normal(5, parameter.size()));
                            }
                        });
        Sequences x = rows(one.width, 9);
        Backend backend = BACKENDS.getFirst();
        float[] y = Backends.with(backend, () -> numbers(forward(adapted, x, one.mask)));
        float[] wanted = Backends.with(backend, () -> numbers(formula(adapted, x, one.mask)));
        float[] without = Backends.with(backend, () -> numbers(formula(plain, x, one.mask)));
        assertThat(y).isEqualTo(wanted);
        assertThat(y).isNotEqualTo(without);
    }

    private static Sequences forward(TransformerEncoder encoder, Sequences x, Mask mask) {
        return encoder.forward(x, mask, Mode.INFERENCE);
    }
}
