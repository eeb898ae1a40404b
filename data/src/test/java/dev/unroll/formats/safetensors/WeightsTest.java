package dev.unroll.formats.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Window;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightsTest {
    @TempDir Path folder;

    private record Model(
            Embedding embedding,
            Recurrent encoder,
            List<Linear> layers,
            LayerNorm norm,
            Parameter tied) {}

    private static Model model(Function<Seed, Recurrent> encoder, long seed) {
        Seed root = new Seed(seed);
        Embedding embedding = Embedding.of(5, 3, 1, root);
        return new Model(
                embedding,
                encoder.apply(root),
                List.of(Linear.of(4, 3, root.at("one")), Linear.withoutBias(3, 2, root.at("two"))),
                LayerNorm.of(2),
                embedding.weight());
    }

    /** Every number another one. */
    private static Model shuffled(Model model, long seed) {
        Random random = new Random(seed);
        for (Parameter p : Parameters.of(model).values()) {
            float[] values = new float[p.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            p.set(values);
        }
        return model;
    }

    private static Recurrent lstm(Seed seed) {
        return Recurrent.of(Lstm::of, 3, 2, 2, true, 0, seed);
    }

    private static Recurrent gru(Seed seed) {
        return Recurrent.of(Gru::of, 3, 2, 2, true, 0, seed);
    }

    private static Recurrent elman(Seed seed) {
        return Recurrent.of(Elman::of, 3, 2, 2, true, 0, seed);
    }

    static Stream<Function<Seed, Recurrent>> encoders() {
        return Stream.of(WeightsTest::lstm, WeightsTest::gru, WeightsTest::elman);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void what_is_saved_is_loaded_into_another_model(Function<Seed, Recurrent> encoder)
            throws IOException {
        Path file = folder.resolve("model.safetensors");
        Model model = shuffled(model(encoder, 1), 3);
        Weights.save(model, file, Map.of("step", "7"));
        Model other = shuffled(model(encoder, 2), 4);
        assertThat(Weights.load(other, file)).containsExactly(Map.entry("step", "7"));
        Map<String, Parameter> loaded = Parameters.of(other);
        Parameters.of(model)
                .forEach(
                        (name, p) -> {
                            Parameter q = Objects.requireNonNull(loaded.get(name), name);
                            assertThat(q.value().toArray()).as(name).isEqualTo(p.value().toArray());
                        });
    }

    private record Containers(
            Linear[] array,
            Map<String, Linear> byName,
            Optional<Linear> head,
            Optional<Linear> none) {

        static Containers of(Seed seed) {
            return new Containers(
                    new Linear[] {Linear.of(2, 3, seed.at("a")), Linear.of(3, 2, seed.at("b"))},
                    Map.of("right", Linear.of(2, 2, seed.at("c"))),
                    Optional.of(Linear.of(2, 1, seed.at("d"))),
                    Optional.empty());
        }
    }

    @Test
    void layers_in_arrays_maps_and_optionals_are_saved_and_loaded() throws IOException {
        Path file = folder.resolve("containers.safetensors");
        Containers model = Containers.of(new Seed(1));
        Weights.save(model, file, Map.of());
        assertThat(Safetensors.read(file).arrays())
                .containsOnlyKeys(
                        "array.0.weight",
                        "array.0.bias",
                        "array.1.weight",
                        "array.1.bias",
                        "byName.right.weight",
                        "byName.right.bias",
                        "head.weight",
                        "head.bias");
        Containers other = Containers.of(new Seed(2));
        Weights.load(other, file);
        Map<String, Parameter> loaded = Parameters.of(other);
        Parameters.of(model)
                .forEach(
                        (name, p) ->
                                assertThat(
                                                Objects.requireNonNull(loaded.get(name))
                                                        .value()
                                                        .toArray())
                                        .as(name)
                                        .isEqualTo(p.value().toArray()));
    }

    @Test
    void a_part_whose_weights_would_be_lost_is_refused() {
        record Lossy(Linear first, AtomicReference<Linear> second) {}
        Seed seed = new Seed(1);
        Lossy model =
                new Lossy(Linear.of(1, 1, seed), new AtomicReference<>(Linear.of(1, 1, seed)));
        assertThatThrownBy(() -> Weights.save(model, folder.resolve("lost"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'second'");
        assertThat(folder.resolve("lost")).doesNotExist();
    }

    /** A cell that PyTorch does not have. */
    private record OwnCell(Linear both) implements Cell {
        @Override
        public CellState step(Tensor x, CellState state) {
            return new CellState(both.forward(Tensor.concat(1, x, state.h())).tanh());
        }

        @Override
        public int hidden() {
            return both.out();
        }
    }

    @Test
    void a_cell_of_ones_own_is_saved_and_loaded_under_its_components_names() throws IOException {
        CellFactory cells =
                (input, hidden, seed) -> new OwnCell(Linear.of(input + hidden, hidden, seed));
        Path file = folder.resolve("own.safetensors");
        Recurrent model = Recurrent.of(cells, 3, 2, 1, true, 0, new Seed(1));
        Weights.save(model, file, Map.of());
        assertThat(Safetensors.read(file).arrays())
                .containsOnlyKeys(
                        "forward.0.both.weight",
                        "forward.0.both.bias",
                        "backward.0.both.weight",
                        "backward.0.both.bias");
        Recurrent other = Recurrent.of(cells, 3, 2, 1, true, 0, new Seed(2));
        Weights.load(other, file);
        assertThat(((OwnCell) other.backward().getFirst()).both().weight().value().toArray())
                .isEqualTo(
                        ((OwnCell) model.backward().getFirst()).both().weight().value().toArray());
    }

    private record Images(Convolution convolution) {}

    @Test
    void a_kernel_is_stored_as_pytorch_has_it() throws IOException {
        Parameter weight = Parameter.of(new float[12], 2, 1, 2, 3); // [height, width, in, out]
        Window window = Window.of(2, 1);
        Images model = new Images(new Convolution(weight, null, window, 1));
        weight.set(new float[] {0, 100, 200, 10, 110, 210, 1, 101, 201, 11, 111, 211});
        Path file = folder.resolve("kernel.safetensors");
        Weights.save(model, file, Map.of());
        Safetensors.Array stored =
                Objects.requireNonNull(Safetensors.read(file).arrays().get("convolution.weight"));
        assertThat(stored.shape()).containsExactly(3, 2, 2, 1);
        assertThat(stored.values())
                .containsExactly(0, 1, 10, 11, 100, 101, 110, 111, 200, 201, 210, 211);
        float[] before = weight.value().toArray();
        weight.set(new float[12]);
        Weights.load(model, file);
        assertThat(weight.value().toArray()).isEqualTo(before);
    }

    @Test
    void the_names_and_shapes_are_pytorchs() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Weights.save(model(WeightsTest::lstm, 1), file, Map.of());
        Map<String, String> shapes = new LinkedHashMap<>();
        Safetensors.read(file)
                .arrays()
                .forEach((name, array) -> shapes.put(name, Arrays.toString(array.shape())));
        assertThat(shapes)
                .containsOnly(
                        Map.entry("embedding.weight", "[5, 3]"),
                        Map.entry("encoder.weight_ih_l0", "[8, 3]"),
                        Map.entry("encoder.weight_hh_l0", "[8, 2]"),
                        Map.entry("encoder.bias_ih_l0", "[8]"),
                        Map.entry("encoder.bias_hh_l0", "[8]"),
                        Map.entry("encoder.weight_ih_l0_reverse", "[8, 3]"),
                        Map.entry("encoder.weight_hh_l0_reverse", "[8, 2]"),
                        Map.entry("encoder.bias_ih_l0_reverse", "[8]"),
                        Map.entry("encoder.bias_hh_l0_reverse", "[8]"),
                        Map.entry("encoder.weight_ih_l1", "[8, 4]"),
                        Map.entry("encoder.weight_hh_l1", "[8, 2]"),
                        Map.entry("encoder.bias_ih_l1", "[8]"),
                        Map.entry("encoder.bias_hh_l1", "[8]"),
                        Map.entry("encoder.weight_ih_l1_reverse", "[8, 4]"),
                        Map.entry("encoder.weight_hh_l1_reverse", "[8, 2]"),
                        Map.entry("encoder.bias_ih_l1_reverse", "[8]"),
                        Map.entry("encoder.bias_hh_l1_reverse", "[8]"),
                        Map.entry("layers.0.weight", "[3, 4]"),
                        Map.entry("layers.0.bias", "[3]"),
                        Map.entry("layers.1.weight", "[2, 3]"),
                        Map.entry("norm.weight", "[2]"),
                        Map.entry("norm.bias", "[2]"));
    }

    @Test
    void a_linear_layer_is_stored_transposed() throws IOException {
        Linear linear =
                new Linear(
                        Parameter.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                        Parameter.of(new float[] {7, 8, 9}, 3));
        Path file = folder.resolve("model.safetensors");
        Weights.save(linear, file, Map.of());
        Map<String, Safetensors.Array> arrays = Safetensors.read(file).arrays();
        assertThat(arrays.get("weight"))
                .isNotNull()
                .extracting(Safetensors.Array::values)
                .isEqualTo(new float[] {1, 4, 2, 5, 3, 6});
        assertThat(arrays.get("bias"))
                .isNotNull()
                .extracting(Safetensors.Array::values)
                .isEqualTo(new float[] {7, 8, 9});
    }

    private static Safetensors.Array array(int[] shape, float... values) {
        return new Safetensors.Array(shape, values);
    }

    @Test
    void the_two_biases_of_pytorch_are_added() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        arrays.put("bias_hh_l0", array(new int[] {4}, 10, 20, 30, 40));
        arrays.put("bias_ih_l0", array(new int[] {4}, 1, 2, 3, 4));
        arrays.put("weight_hh_l0", array(new int[] {4, 1}, 5, 6, 7, 8));
        arrays.put("weight_ih_l0", array(new int[] {4, 2}, 1, 2, 3, 4, 5, 6, 7, 8));
        new Safetensors(arrays, Map.of()).write(file);
        Lstm lstm = Lstm.of(2, 1, new Seed(1));
        Weights.load(stack(lstm), file);
        assertThat(lstm.b().value().toArray()).containsExactly(11, 22, 33, 44);
        assertThat(lstm.wh().value().toArray()).containsExactly(5, 6, 7, 8);
        assertThat(lstm.wx().value().toArray()).containsExactly(1, 3, 5, 7, 2, 4, 6, 8);
    }

    @Test
    void the_second_bias_of_a_grus_candidate_stays_its_own() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        arrays.put("weight_ih_l0", array(new int[] {3, 1}, 1, 2, 3));
        arrays.put("weight_hh_l0", array(new int[] {3, 1}, 4, 5, 6));
        arrays.put("bias_ih_l0", array(new int[] {3}, 1, 2, 3));
        arrays.put("bias_hh_l0", array(new int[] {3}, 10, 20, 30));
        new Safetensors(arrays, Map.of()).write(file);
        Gru gru = Gru.of(Gru.Reset.AFTER, 1, 1, new Seed(1));
        Weights.load(stack(gru), file);
        assertThat(gru.b().value().toArray()).containsExactly(11, 22, 3);
        assertThat(gru.bhn().value().toArray()).containsExactly(30);
    }

    private static Recurrent stack(Cell cell) {
        return new Recurrent(List.of(cell), List.of(), List.of());
    }

    @Test
    void all_differences_are_named_at_once_and_the_model_stays_as_it_was() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        arrays.put("weight", array(new int[] {2, 3}, 1, 2, 3, 4, 5, 6));
        arrays.put("scale", array(new int[] {}, 1));
        arrays.put("gain", array(new int[] {1}, 1));
        new Safetensors(arrays, Map.of()).write(file);
        Linear linear = Linear.of(2, 3, new Seed(1));
        float[] before = linear.weight().value().toArray();
        assertThatThrownBy(() -> Weights.load(linear, file))
                .isInstanceOf(WeightsException.class)
                .hasMessage(
                        "%s does not fit the model: 'weight' is [2, 3], the model's is [3, 2];"
                                + " 'bias' is missing; 'gain' is not the model's; 'scale' is not"
                                + " the model's",
                        file);
        assertThat(linear.weight().value().toArray()).isEqualTo(before);
    }

    @Test
    void a_damaged_file_leaves_the_model_as_it_was() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Linear linear = Linear.of(2, 3, new Seed(1));
        float[] before = linear.weight().value().toArray();
        Weights.save(linear, file, Map.of());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> Weights.load(linear, file)).isInstanceOf(WeightsException.class);
        assertThat(linear.weight().value().toArray()).isEqualTo(before);
    }
}
