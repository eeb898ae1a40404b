package dev.unroll.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known answers that Random123 publishes: counter, key, words. */
class ThreefryTest {
    @ParameterizedTest
    @CsvSource({
        "13, 00000000 00000000, 00000000 00000000, 9d1c5ec6 8bd50731",
        "13, ffffffff ffffffff, ffffffff ffffffff, fd36d048 2d17272c",
        "13, 243f6a88 85a308d3, 13198a2e 03707344, ba3e4725 f27d669e",
        "20, 00000000 00000000, 00000000 00000000, 6b200159 99ba4efe",
        "20, ffffffff ffffffff, ffffffff ffffffff, 1cb996fc bb002be7",
        "20, 243f6a88 85a308d3, 13198a2e 03707344, c4923a9c 483df7a0",
    })
    void a_counter_and_a_key_give_the_published_words(
            int rounds, String counter, String key, String words) {
        assertThat(Threefry.block(rounds, bits(key), bits(counter))).isEqualTo(bits(words));
    }

    /** The first word is the low half. */
    private static long bits(String words) {
        int space = words.indexOf(' ');
        return Long.parseUnsignedLong(words.substring(space + 1) + words.substring(0, space), 16);
    }
}
