package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BleuTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final BleuOptions PLAIN = BleuOptions.STANDARD.with(BleuTokenization.NONE);

    private static final List<String> REFERENCES =
            List.of(
                    "the cat sat on the mat today",
                    "a dog ran over the green hill",
                    "two men stand at the stove");

    @Test
    void a_case_worked_out_by_hand() {
        // hypothesis: the cat the cat on the mat     reference: the cat is on the mat now ok
        // 1-grams: the 3 (2 in the reference), cat 2 (1), on 1 (1), mat 1 (1)         5 of 7
        // 2-grams: the cat 2 (1), cat the 0, cat on 0, on the 1, the mat 1            3 of 6
        // 3-grams: on the mat                                                         1 of 5
        // 4-grams: none of 4; exponential smoothing counts one half                 1/2 of 4
        // brevity penalty: exp(1 - 8/7)
        Bleu bleu =
                Bleu.of(
                        List.of("the cat the cat on the mat"),
                        List.of("the cat is on the mat now ok"),
                        PLAIN);
        assertThat(bleu.matches()).containsExactly(5L, 3L, 1L, 0L);
        assertThat(bleu.totals()).containsExactly(7L, 6L, 5L, 4L);
        double product = (5 / 7.0) * (3 / 6.0) * (1 / 5.0) * (0.5 / 4.0);
        assertThat(bleu.score())
                .isCloseTo(100 * Math.exp(1 - 8 / 7.0) * Math.pow(product, 0.25), EXACT);
    }

    @Test
    void counts_are_summed_over_the_corpus_before_they_are_divided() {
        // a b c d e: 5 4 3 2 match of 5 4 3 2; x y: 0 of 2 1 0 0
        Bleu bleu = Bleu.of(List.of("a b c d e", "x y"), List.of("a b c d e", "v w"), PLAIN);
        assertThat(bleu.matches()).containsExactly(5L, 4L, 3L, 2L);
        assertThat(bleu.totals()).containsExactly(7L, 5L, 3L, 2L);
        assertThat(bleu.score()).isCloseTo(100 * Math.pow(5 / 7.0 * 4 / 5.0, 0.25), EXACT);
    }

    @Test
    void a_longer_hypothesis_has_no_brevity_penalty() {
        Bleu bleu = Bleu.of(List.of("a b c d e f"), List.of("a b c d e"), PLAIN);
        assertThat(bleu.brevityPenalty()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_equals_its_reference_scores_100(BleuTokenization tokenization) {
        Bleu bleu = Bleu.of(REFERENCES, REFERENCES, BleuOptions.STANDARD.with(tokenization));
        assertThat(bleu.score()).isCloseTo(100, EXACT);
    }

    @Test
    void nothing_scores_0() {
        assertThat(Bleu.of(List.of("", "", ""), REFERENCES, BleuOptions.STANDARD).score()).isZero();
        assertThat(Bleu.of(List.of(""), List.of(""), BleuOptions.STANDARD).score()).isZero();
    }

    @Test
    void the_order_of_the_sentences_does_not_matter() {
        List<String> hypotheses =
                List.of("the cat sat on a mat", "a dog ran over the hill", "men stand at stove");
        double score = Bleu.of(hypotheses, REFERENCES, BleuOptions.STANDARD).score();
        assertThat(score).isBetween(1.0, 99.0);
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(order, new Random(seed));
            Bleu shuffled =
                    Bleu.of(
                            order.stream().map(hypotheses::get).toList(),
                            order.stream().map(REFERENCES::get).toList(),
                            BleuOptions.STANDARD);
            assertThat(shuffled.score()).isEqualTo(score);
        }
    }

    @Test
    void case_counts_unless_told_otherwise() {
        List<String> shouted = REFERENCES.stream().map(String::toUpperCase).toList();
        assertThat(Bleu.of(shouted, REFERENCES, BleuOptions.STANDARD).score()).isZero();
        assertThat(Bleu.of(shouted, REFERENCES, BleuOptions.STANDARD.lowercased()).score())
                .isCloseTo(100, EXACT);
    }

    @Test
    void the_signature_says_how_it_was_computed() {
        assertThat(BleuOptions.STANDARD.lowercased().signature())
                .isEqualTo("nrefs:1|case:lc|eff:no|tok:13a|smooth:exp|version:2.6.0-compatible");
    }

    @Test
    void short_sentences_score_what_they_deserve_with_effective_order_only() {
        List<String> brief = List.of("red circle", "blue square");
        BleuOptions effective = BleuOptions.STANDARD.withEffectiveOrder();

        assertThat(Bleu.of(brief, brief, BleuOptions.STANDARD).score()).isZero();
        assertThat(Bleu.of(brief, brief, effective).score()).isCloseTo(100, EXACT);
        assertThat(Bleu.of(List.of("", ""), brief, effective).score()).isZero();
        assertThat(Bleu.of(brief, brief, effective).signature()).contains("|eff:yes|");
    }

    @Test
    void effective_order_changes_nothing_where_there_are_four_words() {
        List<String> hypotheses = List.of("the cat sat on it", "a dog", "men");
        Bleu standard = Bleu.of(hypotheses, REFERENCES, BleuOptions.STANDARD);
        Bleu effective = Bleu.of(hypotheses, REFERENCES, BleuOptions.STANDARD.withEffectiveOrder());

        assertThat(standard.score()).isBetween(1.0, 99.0);
        assertThat(effective.score()).isEqualTo(standard.score());
    }

    @Test
    void several_references_worked_out_by_hand() {
        // hypothesis: the the the a cat        references: the cat | the the mat is a mat
        // 1-grams: the 3 (1 in one, 2 in the other), a 1 (1), cat 1 (1)               4 of 5
        // 2-grams: the the 2 (1), the a 0, a cat 0                                    1 of 4
        // none of 3 and of 2 longer ones: 1/2 and 1/4
        // 6 words are closer to 5 than 2: exp(1 - 6/5)
        Bleu bleu =
                Bleu.ofSeveral(
                        List.of("the the the a cat"),
                        List.of(List.of("the cat", "the the mat is a mat")),
                        PLAIN);
        assertThat(bleu.matches()).containsExactly(4L, 1L, 0L, 0L);
        double product = (4 / 5.0) * (1 / 4.0) * (0.5 / 3.0) * (0.25 / 2.0);
        assertThat(bleu.score())
                .isCloseTo(100 * Math.exp(1 - 6 / 5.0) * Math.pow(product, 0.25), EXACT);
        assertThat(bleu.signature()).startsWith("nrefs:2|");
    }

    @Test
    void of_two_references_that_are_as_close_the_shorter_one_counts() {
        Bleu bleu = Bleu.ofSeveral(List.of("a b c"), List.of(List.of("a b c d", "a b")), PLAIN);
        assertThat(bleu.referenceLength()).isEqualTo(2);
    }

    @Test
    void lists_that_cannot_be_compared_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Bleu.ofSeveral(
                                        List.of("a", "b"),
                                        List.of(List.of("a"), List.of()),
                                        BleuOptions.STANDARD))
                .withMessageContaining("hypothesis 1, from 0, has no reference");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bleu.of(List.of("a"), REFERENCES, BleuOptions.STANDARD))
                .withMessage(
                        "BLEU: 1 hypotheses and 3 references; each hypothesis needs its reference");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bleu.of(List.of(), List.of(), BleuOptions.STANDARD))
                .withMessageContaining("at least one hypothesis");
    }

    @Test
    void smoothing_by_nothing_or_less_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BleuSmoothing.Floor(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BleuSmoothing.AddK(Double.NaN));
    }
}
