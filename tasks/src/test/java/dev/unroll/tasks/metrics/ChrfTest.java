package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChrfTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final List<String> REFERENCES = List.of("the cat sat", "Ein Mädchen, 😀!");

    @Test
    void a_case_worked_out_by_hand() {
        // hypothesis ab ad -> abad     reference ab ac -> abac
        // 1: a 2, b 1 in common: 3 of 4 and 3 of 4
        // 2: ab, ba in common: 2 of 3 and 2 of 3
        // 3: aba in common: 1 of 2 and 1 of 2
        // 4: none of 1; 5 and 6: neither side has any
        // precision = recall = (3/4 + 2/3 + 1/2 + 0) / 4, so the F-score is the same
        Chrf chrf = Chrf.of(List.of("ab ad"), List.of("ab ac"), ChrfOptions.STANDARD);
        assertThat(chrf.score()).isCloseTo(100 * (3 / 4.0 + 2 / 3.0 + 1 / 2.0) / 4, EXACT);
    }

    @Test
    void recall_counts_more_than_precision() {
        // a against ab: only n = 1 is on both sides; precision 1, recall 1/2
        // F2 = 5 · 1 · 1/2 / (4 · 1 + 1/2) = 5/9; the other way round 5 · 1/2 · 1 / (4 · 1/2 + 1) =
        // 5/6
        assertThat(Chrf.of(List.of("a"), List.of("ab"), ChrfOptions.STANDARD).score())
                .isCloseTo(500 / 9.0, EXACT);
        assertThat(Chrf.of(List.of("ab"), List.of("a"), ChrfOptions.STANDARD).score())
                .isCloseTo(500 / 6.0, EXACT);
    }

    @Test
    void chrf_plus_plus_counts_words_too() {
        // a b. against a b!: characters ab. and ab!: 2 of 3, 1 of 2, 0 of 1
        // words a b . and a b !: 2 of 3; a b, b . : 1 of 2
        Chrf chrf = Chrf.of(List.of("a b."), List.of("a b!"), ChrfOptions.PLUS_PLUS);
        assertThat(chrf.score())
                .isCloseTo(100 * (2 / 3.0 + 1 / 2.0 + 0 + 2 / 3.0 + 1 / 2.0) / 5, EXACT);
        assertThat(chrf.options().name()).isEqualTo("chrF2++");
    }

    @Test
    void what_equals_its_reference_scores_100() {
        for (ChrfOptions options : List.of(ChrfOptions.STANDARD, ChrfOptions.PLUS_PLUS)) {
            assertThat(Chrf.of(REFERENCES, REFERENCES, options).score()).isCloseTo(100, EXACT);
        }
    }

    @Test
    void white_space_does_not_count() {
        assertThat(
                        Chrf.of(
                                        List.of("t h ecat\tsat", "EinMädchen,😀!"),
                                        REFERENCES,
                                        ChrfOptions.STANDARD)
                                .score())
                .isCloseTo(100, EXACT);
    }

    @Test
    void nothing_scores_0() {
        assertThat(Chrf.of(List.of("", ""), REFERENCES, ChrfOptions.PLUS_PLUS).score()).isZero();
        assertThat(Chrf.of(List.of(""), List.of(""), ChrfOptions.STANDARD).score()).isZero();
    }

    @Test
    void the_order_of_the_sentences_does_not_matter() {
        List<String> hypotheses = List.of("the cat sits", "Ein Madchen 😀");
        assertThat(Chrf.of(hypotheses.reversed(), REFERENCES.reversed(), ChrfOptions.PLUS_PLUS))
                .isEqualTo(Chrf.of(hypotheses, REFERENCES, ChrfOptions.PLUS_PLUS));
    }

    @Test
    void the_signature_says_how_it_was_computed() {
        assertThat(ChrfOptions.PLUS_PLUS.lowercased().signature())
                .isEqualTo("nrefs:1|case:lc|eff:yes|nc:6|nw:2|space:no|version:2.6.0-compatible");
    }

    @Test
    void what_cannot_be_computed_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chrf.of(List.of("a"), List.of(), ChrfOptions.STANDARD))
                .withMessageContaining("1 hypotheses and 0 references");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chrf.of(List.of(), List.of(), ChrfOptions.STANDARD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChrfOptions(0, 0, 2, false))
                .withMessageContaining("characterOrder 0");
    }
}
