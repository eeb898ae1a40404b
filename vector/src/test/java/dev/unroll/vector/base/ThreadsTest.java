package dev.unroll.vector.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {

    @Test
    void the_property_comes_before_the_variable_before_the_processors() {
        assertThat(Threads.wanted("3", "5", 8)).isEqualTo(3);
        assertThat(Threads.wanted(null, "5", 8)).isEqualTo(5);
        assertThat(Threads.wanted(null, " ", 8)).isEqualTo(8);
        assertThat(Threads.wanted(null, null, 8)).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "", "1.5", "99999999999"})
    void what_is_no_number_of_threads_is_refused_with_what_is_allowed(String text) {
        assertThatThrownBy(() -> Threads.wanted(text, null, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "-Dunroll.threads is '"
                                + text
                                + "'; it takes a whole number from 1 to 1024");
    }
}
