package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NormalizationTest {

    @Test
    void lower_case_reaches_every_alphabet() {
        assertThat(Normalization.LOWERCASE.apply("ÄÖÜ ẞ ЖИЗНЬ ΑΒΓ 𐐀 I"))
                .isEqualTo("äöü ß жизнь αβγ 𐐨 i");
    }

    @Test
    void each_character_is_lowered_by_itself() {
        assertThat(Normalization.LOWERCASE.apply("ΟΔΟΣ")).isEqualTo("οδοσ");
        assertThat(Normalization.LOWERCASE.apply("İ")).isEqualTo("i\u0307");
    }

    @Test
    void the_language_of_the_machine_does_not_matter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Normalization.LOWERCASE.apply("TITLE")).isEqualTo("title");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void half_a_surrogate_pair_becomes_the_replacement_character(Normalization normalization) {
        assertThat(normalization.apply("a\ud83d")).isEqualTo("a\ufffd");
        assertThat(normalization.apply("\ude00\ud83d b")).isEqualTo("\ufffd\ufffd b");
        assertThat(normalization.apply("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    }

    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void without_normalisation_a_text_stays_as_it_is(String text) {
        assertThat(Normalization.NONE.apply(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("dev.unroll.text.TestTexts#awkward")
    void normalising_twice_changes_nothing_more(String text) {
        String once = Normalization.LOWERCASE.apply(text);
        assertThat(Normalization.LOWERCASE.apply(once)).isEqualTo(once);
    }

    /** Unicode Standard Annex 15, figures 3 to 6. */
    @Test
    void a_form_makes_one_text_of_those_that_look_alike() {
        String composed = "\u00c5ngstr\u00f6m \ufb01 \uff21";
        String decomposed = "A\u030angstro\u0308m \ufb01 \uff21";
        assertThat(Normalization.NFC.apply(decomposed)).isEqualTo(composed);
        assertThat(Normalization.NFD.apply(composed)).isEqualTo(decomposed);
        assertThat(Normalization.NFKC.apply(decomposed)).isEqualTo("\u00c5ngstr\u00f6m fi A");
        assertThat(Normalization.NFKD.apply(composed)).isEqualTo("A\u030angstro\u0308m fi A");
        assertThat(Normalization.NFC_LOWERCASE.apply(decomposed))
                .isEqualTo("\u00e5ngstr\u00f6m \ufb01 \uff41");
        assertThat(Normalization.NONE.apply(decomposed)).isEqualTo(decomposed);
    }

    @Test
    void a_normalisation_is_a_form_and_a_case() {
        for (Normalization one : Normalization.values()) {
            assertThat(Normalization.of(one.form(), one.lowercases())).isEqualTo(one);
        }
    }
}
