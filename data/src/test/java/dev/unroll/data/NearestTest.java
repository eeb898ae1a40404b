package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    /** Winkler's own examples (1994, table 1), to the four places that he prints. */
    @ParameterizedTest
    @CsvSource({
        "SHACKLEFORD, SHACKELFORD, 0.9818",
        "DUNNINGHAM, CUNNIGHAM, 0.8963",
        "NICHLESON, NICHULSON, 0.9556",
        "JONES, JOHNSON, 0.8324",
        "MASSEY, MASSIE, 0.9333",
        "ABROMS, ABRAMS, 0.9222",
        "MARHTA, MARTHA, 0.9611",
        "MICHELLE, MICHAEL, 0.9214",
        "JULIES, JULIUS, 0.9333",
        "DWAYNE, DUANE, 0.8400",
        "JON, JAN, 0.8000"
    })
    void words_are_as_similar_as_winkler_prints(String a, String b, double similarity) {
        assertThat(JaroWinkler.similarity(a, b)).isCloseTo(similarity, within(5e-5));
        assertThat(JaroWinkler.similarity(b, a)).isCloseTo(similarity, within(5e-5));
    }

    @Test
    void words_without_a_common_letter_have_a_similarity_of_0_and_equal_words_of_1() {
        assertThat(JaroWinkler.similarity("abc", "xyz")).isZero();
        assertThat(JaroWinkler.similarity("", "xyz")).isZero();
        assertThat(JaroWinkler.similarity("x", "x")).isEqualTo(1);
        assertThat(JaroWinkler.similarity("", "")).isEqualTo(1);
    }

    @Test
    void the_most_similar_word_is_found_in_upper_and_lower_case_alike() {
        assertThat(Nearest.to("Hiden", List.of("width", "hidden", "heads"))).isEqualTo("hidden");
        assertThat(Nearest.to("x", List.of())).isEmpty();
    }
}
