package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

    @Test
    void an_empty_part_is_refused_with_the_keys_that_fill_it() {
        assertThatThrownBy(() -> Split.TEST.requireSome(List.of(), "mine", "'data.test'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mine: the test part is empty")
                .hasMessageContaining("set 'data.test' in the recipe");
        assertThatThrownBy(() -> Split.VALIDATION.requireSome(List.of(), "mine", "'data.test'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mine: the validation part is empty");
        assertThat(Split.TEST.requireSome(List.of(1), "mine", "'data.test'")).containsExactly(1);
    }

    @Test
    void a_split_takes_its_part_of_two() {
        assertThat(Split.TEST.of("test", "validation")).isEqualTo("test");
        assertThat(Split.VALIDATION.of("test", "validation")).isEqualTo("validation");
    }
}
