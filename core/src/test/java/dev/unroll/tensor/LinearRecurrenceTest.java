package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinearRecurrenceTest {
    private static final int WIDTH = 3;

    static Stream<Arguments> cases() {
        return Stream.of(
                        Layout.of(),
                        Layout.of(0, 0),
                        Layout.of(1),
                        Layout.of(5),
                        Layout.of(2, 2),
                        Layout.of(3, 0, 1, 4, 0))
                .flatMap(
                        layout ->
                                Stream.of(Arguments.of(layout, false), Arguments.of(layout, true)));
    }

    @ParameterizedTest(name = "{0} backwards {1}")
    @MethodSource("cases")
    void it_has_its_slopes_as_derivatives(Layout layout, boolean backwards) {
        NumericGradient.check(
                xs -> LinearRecurrence.scan(xs[0], xs[1], xs[2], layout, backwards),
                Numbers.of(1, layout.tokens(), WIDTH),
                Numbers.of(2, layout.tokens(), WIDTH),
                Numbers.of(3, layout.batch(), WIDTH));
    }

    @Test
    void the_order_in_memory_does_not_matter() {
        NumericGradient.check(
                xs ->
                        LinearRecurrence.scan(
                                        xs[0].transpose(),
                                        xs[1].transpose(),
                                        xs[2].transpose(),
                                        Layout.of(3, 1),
                                        false)
                                .transpose(),
                Numbers.of(1, WIDTH, 4),
                Numbers.of(2, WIDTH, 4),
                Numbers.of(3, WIDTH, 2));
    }

    @Test
    void with_factors_of_1_it_adds_up_and_with_nothing_added_it_multiplies() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 6, 1);
        Tensor ones = Tensor.full(1, 6, 1);
        Tensor zeros = Tensor.zeros(6, 1);
        Layout layout = Layout.of(4, 2);
        Tensor first = Tensor.of(new float[] {1, 10}, 2, 1);
        assertThat(LinearRecurrence.scan(ones, x, first, layout, false).toArray())
                .containsExactly(2, 4, 7, 11, 15, 21);
        assertThat(LinearRecurrence.scan(ones, x, first, layout, true).toArray())
                .containsExactly(11, 10, 8, 5, 21, 16);
        assertThat(LinearRecurrence.scan(x, zeros, first, layout, false).toArray())
                .containsExactly(1, 2, 6, 24, 50, 300);
    }

    @Test
    void shapes_that_do_not_fit_are_named() {
        Layout layout = Layout.of(2, 1);
        Tensor rows = Tensor.zeros(3, WIDTH);
        Tensor first = Tensor.zeros(2, WIDTH);
        for (Tensor[] wrong :
                new Tensor[][] {
                    {Tensor.zeros(2, WIDTH), rows, first},
                    {rows, Tensor.zeros(3, 2), first},
                    {rows, rows, Tensor.zeros(3, WIDTH)},
                    {Tensor.zeros(3), rows, first}
                }) {
            assertThatThrownBy(
                            () ->
                                    LinearRecurrence.scan(
                                            wrong[0], wrong[1], wrong[2], layout, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "scan: a %s, b %s, first state %s over 3 tokens of 2 sequences: expected a"
                                    + " and b [tokens, width], first state [sequences, width]",
                            wrong[0].shape(), wrong[1].shape(), wrong[2].shape());
        }
    }
}
