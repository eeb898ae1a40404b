package dev.unroll.nn;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private record Part(Parameter weight, @Nullable Parameter bias, float epsilon) {}

    private record Model(
            Part first, List<Part> layers, Parameter tied, String name, List<Integer> sizes) {}

    private static Part part(@Nullable Parameter bias) {
        return new Part(Parameter.full(0, 2, 3), bias, 1);
    }

    @Test
    void components_and_places_make_the_names_in_order() {
        Part first = part(null);
        Part second = part(Parameter.full(0, 3));
        Part third = part(null);
        Parameter last = Parameter.full(0, 4);
        Model model = new Model(first, List.of(second, third), last, "model", List.of(1));
        assertThat(Parameters.of(model))
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
        Model model = new Model(first, List.of(first), first.weight(), "model", List.of());
        assertThat(Parameters.of(model)).containsOnlyKeys("first.weight");
        assertThat(Parameters.count(model)).isEqualTo(6);
    }

    @Test
    void equal_but_not_the_same_parameters_are_two() {
        Model model =
                new Model(part(null), List.of(part(null)), Parameter.full(0, 1), "", List.of());
        assertThat(Parameters.of(model))
                .containsOnlyKeys("first.weight", "layers.0.weight", "tied");
    }

    @Test
    void the_names_cannot_be_changed() {
        Model model = new Model(part(null), List.of(), Parameter.full(0, 1), "", List.of());
        assertThatThrownBy(() -> Parameters.of(model).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_stack_of_layers_is_named_by_direction_and_number() {
        Recurrent<Lstm.State> stack = Recurrent.of(Lstm::of, 3, 4, 2, true, 0.1, new Seed(1));
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
