package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantNamesTest {

    @ParameterizedTest
    @CsvSource({
        "account-arrow-left-outline, account arrow",
        "account, account",
        "home-variant-outline, home",
        "numeric-3-box, numeric box",
        "file-account-outline, file account",
        "arrow-left, arrow",
        "plus, plus"
    })
    void icons_are_named_without_what_tells_variants_apart(String name, String rest) {
        assertThat(VariantNames.ofIcon(name)).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource({
        "man astronaut: dark skin tone, astronaut",
        "woman astronaut, astronaut",
        "grinning face with big eyes, grinning face",
        "flag: Lebanon, flag lebanon",
        "blue heart, heart",
        "three-thirty, clock",
        "man, man"
    })
    void emoji_are_named_without_what_tells_variants_apart(String name, String rest) {
        assertThat(VariantNames.ofEmoji(name)).isEqualTo(rest);
    }
}
