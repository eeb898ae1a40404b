package dev.unroll.nn;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.lang.classfile.Signature;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private record Part(Parameter weight, @Nullable Parameter bias, float epsilon) {}

    private record Network(
            Part first, List<Part> layers, Parameter tied, String name, List<Integer> sizes)
            implements Model {}

    private enum Side {
        RIGHT,
        LEFT
    }

    private record Containers(
            Parameter[] array,
            Part[][] grid,
            Map<String, Part> byName,
            Map<Side, List<Parameter>> bySide,
            Optional<Part> present,
            Optional<Part> absent) {}

    private record Plain(
            int size,
            double[] numbers,
            float[][] table,
            Side side,
            Seed seed,
            Duration time,
            Tensor constant,
            Set<String> words,
            Map<Character, Integer> alphabet,
            UnaryOperator<Tensor> function,
            Settings settings) {}

    /** No record, and without a field that could hold a parameter. */
    @SuppressWarnings("UnusedVariable")
    private static final class Settings {
        final int depth = 3;
        final String name = "deep";
    }

    /** No record. */
    @SuppressWarnings("UnusedVariable")
    private static final class Layer {
        final Parameter weight = Parameter.full(0, 2);
    }

    private record Holder(List<Object> parts) {}

    private static Part part(@Nullable Parameter bias) {
        return new Part(Parameter.full(0, 2, 3), bias, 1);
    }

    private static Holder holder(Object part) {
        return new Holder(List.of(1, part));
    }

    private static Containers containers() {
        Map<String, Part> byName = new LinkedHashMap<>();
        byName.put("zebra", part(null));
        byName.put("ant", part(null));
        return new Containers(
                new Parameter[] {Parameter.full(0, 1), Parameter.full(0, 2)},
                new Part[][] {{part(null)}, {}, {part(Parameter.full(0, 3))}},
                byName,
                Map.of(
                        Side.RIGHT,
                        List.of(Parameter.full(0, 4)),
                        Side.LEFT,
                        List.of(Parameter.full(0, 5))),
                Optional.of(part(null)),
                Optional.empty());
    }

    private static Plain plain() {
        return new Plain(
                1,
                new double[] {2},
                new float[][] {{3}},
                Side.LEFT,
                new Seed(4),
                Duration.ofDays(1),
                Tensor.zeros(1),
                Set.of("a"),
                Map.of('a', 1),
                Tensor::tanh,
                new Settings());
    }

    private static Parameter doubled(Parameter parameter) {
        return Parameter.full(0, 2 * parameter.size());
    }

    @Test
    void components_and_places_make_the_names_in_order() {
        Part first = part(null);
        Part second = part(Parameter.full(0, 3));
        Part third = part(null);
        Parameter last = Parameter.full(0, 4);
        Network model = new Network(first, List.of(second, third), last, "model", List.of(1));
        assertThat(model.parameters())
                .containsExactly(
                        entry("first.weight", first.weight()),
                        entry("layers.0.weight", second.weight()),
                        entry("layers.0.bias", second.bias()),
                        entry("layers.1.weight", third.weight()),
                        entry("tied", last));
        assertThat(Parameters.count(model)).isEqualTo(6 + 6 + 3 + 6 + 4);
    }

    @Test
    void a_tied_parameter_is_listed_once_under_its_first_name() {
        Part first = part(null);
        Network model = new Network(first, List.of(first), first.weight(), "model", List.of());
        assertThat(Parameters.of(model)).containsOnlyKeys("first.weight");
        assertThat(Parameters.count(model)).isEqualTo(6);
    }

    @Test
    void equal_but_not_the_same_parameters_are_two() {
        Network model =
                new Network(part(null), List.of(part(null)), Parameter.full(0, 1), "", List.of());
        assertThat(Parameters.of(model))
                .containsOnlyKeys("first.weight", "layers.0.weight", "tied");
    }

    @Test
    void the_names_cannot_be_changed() {
        Network model = new Network(part(null), List.of(), Parameter.full(0, 1), "", List.of());
        assertThatThrownBy(() -> Parameters.of(model).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void arrays_maps_and_optionals_are_walked_as_lists_are() {
        assertThat(Parameters.of(containers()).keySet())
                .containsExactly(
                        "array.0",
                        "array.1",
                        "grid.0.0.weight",
                        "grid.2.0.weight",
                        "grid.2.0.bias",
                        "byName.zebra.weight",
                        "byName.ant.weight",
                        "bySide.LEFT.0",
                        "bySide.RIGHT.0",
                        "present.weight");
    }

    @Test
    void values_that_cannot_hold_a_parameter_are_passed() {
        assertThat(Parameters.of(plain())).isEmpty();
        assertThat(Parameters.of(holder(plain()))).isEmpty();
    }

    @Test
    void an_object_that_is_no_record_is_refused_by_name_and_type() {
        assertThatThrownBy(() -> Parameters.of(holder(new Layer())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'parts.1'")
                .hasMessageContaining(Layer.class.getName())
                .hasMessageContaining("make it a record");
    }

    @Test
    void what_may_hide_a_parameter_is_refused() {
        Part hidden = part(null);
        UnaryOperator<Tensor> capturing = x -> x.plus(hidden.weight());
        for (Object part :
                List.of(
                        new AtomicReference<>(hidden),
                        Set.of(hidden),
                        capturing,
                        new Object[] {new Layer()})) {
            assertThatThrownBy(() -> Parameters.of(holder(part)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("component 'parts.1")
                    .hasMessageContaining("neither trained nor saved");
        }
    }

    @Test
    void a_map_of_layers_has_strings_or_enum_constants_as_keys() {
        assertThatThrownBy(() -> Parameters.of(holder(Map.of(3, part(null)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'parts.1'")
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void two_parameters_of_one_name_are_refused() {
        Map<String, Object> clash = new LinkedHashMap<>();
        clash.put("a.b", Parameter.full(0, 1));
        clash.put("a", Map.of("b", Parameter.full(0, 1)));
        assertThatThrownBy(() -> Parameters.of(clash))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a.b'");
    }

    @Test
    void a_model_is_not_a_value() {
        assertThatThrownBy(() -> Parameters.of("model.safetensors"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void a_record_of_a_closed_package_is_refused_with_the_line_that_opens_it() {
        Object closed = Signature.parseFrom("[I"); // a record that java.base keeps to itself
        assertThat(closed).isInstanceOf(Record.class);
        String name = closed.getClass().getPackageName();
        assertThatThrownBy(() -> Parameters.of(holder(closed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'parts.1'")
                .hasMessageContaining("module java.base")
                .hasMessageContaining("opens " + name);
    }

    private record Owner(Parameter weight) implements GroupPrincipal {
        @Override
        public String getName() {
            return "owner";
        }
    }

    /** A record of the JDK whose package is exported and not open, holding records of ours. */
    @Test
    void a_public_record_of_an_exported_package_needs_no_line_that_opens_it() throws Exception {
        Object model =
                Class.forName("jdk.net.UnixDomainPrincipal")
                        .getConstructor(UserPrincipal.class, GroupPrincipal.class)
                        .newInstance(
                                new Owner(Parameter.full(0, 1)), new Owner(Parameter.full(0, 2)));
        assertThat(model.getClass().getModule().isOpen("jdk.net", Parameters.class.getModule()))
                .isFalse();
        assertThat(Parameters.of(model)).containsOnlyKeys("user.weight", "group.weight");
        assertThat(Parameters.count(Parameters.map(model, ParametersTest::doubled))).isEqualTo(6);
    }

    @Test
    void a_mapped_model_has_the_same_names_and_the_changed_parameters() {
        Containers model = containers();
        Map<String, Parameter> before = Parameters.of(model);
        Containers mapped = Parameters.map(model, ParametersTest::doubled);
        Map<String, Parameter> after = Parameters.of(mapped);
        assertThat(List.copyOf(after.keySet())).isEqualTo(List.copyOf(before.keySet()));
        after.forEach(
                (name, parameter) ->
                        assertThat(parameter.size())
                                .isEqualTo(2 * Objects.requireNonNull(before.get(name)).size()));
        assertThat(Parameters.of(model)).isEqualTo(before);
    }

    @Test
    void a_parameter_that_is_met_twice_is_mapped_once() {
        Part first = part(null);
        Network model = new Network(first, List.of(first), first.weight(), "model", List.of());
        List<Parameter> met = new ArrayList<>();
        Network mapped =
                Parameters.map(
                        model,
                        parameter -> {
                            met.add(parameter);
                            return doubled(parameter);
                        });
        assertThat(met).containsExactly(first.weight());
        assertThat(mapped.tied()).isSameAs(mapped.first().weight()).isNotSameAs(first.weight());
        assertThat(mapped.layers().getFirst()).isSameAs(mapped.first());
    }

    @Test
    void parts_without_changed_parameters_are_used_as_they_are() {
        Part kept = part(null);
        Parameter changed = Parameter.full(0, 1);
        List<Integer> sizes = List.of(1, 2);
        Network model = new Network(kept, List.of(kept), changed, "model", sizes);
        Network mapped = Parameters.map(model, p -> p == changed ? doubled(p) : p);
        assertThat(mapped.first()).isSameAs(kept);
        assertThat(mapped.layers()).isSameAs(model.layers());
        assertThat(mapped.sizes()).isSameAs(sizes);
        assertThat(mapped.tied().size()).isEqualTo(2);
        assertThat(Parameters.map(model, p -> p)).isSameAs(model);
    }

    private record Narrow(ArrayList<Parameter> weights) {}

    @Test
    void a_container_that_cannot_be_made_anew_is_named() {
        Narrow model = new Narrow(new ArrayList<>(List.of(Parameter.full(0, 1))));
        assertThat(Parameters.of(model)).containsOnlyKeys("weights.0");
        assertThatThrownBy(() -> Parameters.map(model, ParametersTest::doubled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'weights' is declared as java.util.ArrayList");
    }

    private record Vector(Parameter values) {
        Vector {
            if (values.size() != 3) {
                throw new IllegalArgumentException("three numbers, not " + values.size());
            }
        }
    }

    @Test
    void what_a_constructor_refuses_is_told_with_the_components_name() {
        assertThatThrownBy(
                        () ->
                                Parameters.map(
                                        holder(new Vector(Parameter.full(0, 3))),
                                        ParametersTest::doubled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'parts.1'")
                .hasMessageContaining("three numbers, not 6");
    }

    @Test
    void a_stack_of_layers_is_named_by_direction_and_number() {
        Recurrent stack = Recurrent.of(Lstm::of, 3, 4, 2, true, 0.1, new Seed(1));
        assertThat(Parameters.of(stack).keySet())
                .containsExactly(
                        "forward.0.wx",
                        "forward.0.wh",
                        "forward.0.b",
                        "forward.1.wx",
                        "forward.1.wh",
                        "forward.1.b",
                        "backward.0.wx",
                        "backward.0.wh",
                        "backward.0.b",
                        "backward.1.wx",
                        "backward.1.wh",
                        "backward.1.b");
    }
}
