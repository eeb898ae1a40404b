package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GatherTest {
    private static final Tensor TABLE = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

    @Test
    void rows_are_picked_by_number() {
        assertThat(TABLE.gather(2, 0, 2).toArray()).containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(TABLE.gather().shape()).isEqualTo(Shape.of(0, 2));
        NumericGradient.check(xs -> xs[0].gather(2, 0, 2, 2).square(), TABLE);
        NumericGradient.check(xs -> xs[0].gather().square(), TABLE);
        NumericGradient.check(xs -> xs[0].transpose().gather(1, 1, 0).square(), TABLE);
        NumericGradient.check(
                xs -> xs[0].gather(0, 4, 0, 3).transpose().square(), Numbers.of(1, 5, 17));
    }

    @Test
    void rows_are_put_in_another_order() {
        int[] order = {2, 0, 1};
        assertThat(Gather.permute(TABLE, order).toArray()).containsExactly(5, 6, 1, 2, 3, 4);
        NumericGradient.check(xs -> Gather.permute(xs[0], order).square(), TABLE);
        NumericGradient.check(
                xs -> Gather.permute(xs[0].transpose(), order).square(), Numbers.of(2, 7, 3));
    }

    @Test
    void rows_of_the_same_target_are_added() {
        int[] index = {1, 3, 1};
        Tensor sums = Gather.sumInto(TABLE, index, 4);
        assertThat(sums.toArray()).containsExactly(0, 0, 6, 8, 0, 0, 3, 4);
        NumericGradient.check(xs -> Gather.sumInto(xs[0], index, 4).square(), TABLE);
        NumericGradient.check(
                xs -> Gather.sumInto(xs[0].transpose(), index, 4).square(), Numbers.of(2, 7, 3));
    }

    @Test
    void a_row_that_is_not_there_is_named() {
        assertThatThrownBy(() -> TABLE.gather(0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gather: there is no row 3 in [3, 2]");
        assertThatThrownBy(() -> TABLE.gather(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gather: there is no row -1 in [3, 2]");
        assertThatThrownBy(() -> Tensor.zeros(2, 3, 4).gather(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gather: rows are picked from [rows, width], not from [2, 3, 4]");
        assertThatThrownBy(() -> Gather.sumInto(TABLE, new int[] {0, 1, 4}, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sumInto: there is no row 4 in [4, 2]");
        assertThatThrownBy(() -> Gather.sumInto(TABLE, new int[] {0, 1}, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sumInto: [3, 2] with 2 targets");
        assertThatThrownBy(() -> Gather.permute(TABLE, new int[] {0, 0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permute: these 3 numbers do not name each row of [3, 2] once");
        assertThatThrownBy(() -> Gather.permute(TABLE, new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not name each row of [3, 2] once");
    }
}
