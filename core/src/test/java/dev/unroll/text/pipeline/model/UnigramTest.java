package dev.unroll.text.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.TokenList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A Unigram tokenizer whose two best segmentations of a text have the same score, on three
 * characters. On real text, SentencePieceTest in module bench compares Unroll with SentencePiece's
 * own programs.
 */
class UnigramTest {
    private static final List<String> TOKENS = List.of("<unk>", ".", "..");
    private static final double[] SCORES = {Double.NEGATIVE_INFINITY, -2.5f, -3.8f};

    private static int[] ids(Unigram model) {
        TokenList tokens = new TokenList();
        model.encode(AlignedText.of("..."), tokens);
        return tokens.ids();
    }

    @Test
    void of_equal_sums_the_first_counts() {
        assertThat(ids(new Unigram(TOKENS, SCORES, 0, false))).containsExactly(1, 2);
    }

    @Test
    void a_sum_that_single_precision_rounded_down_yields_to_the_same_sum_before_rounding() {
        assertThat((double) (float) (SCORES[1] + SCORES[2])).isLessThan(SCORES[1] + SCORES[2]);

        assertThat(ids(Unigram.inSinglePrecision(TOKENS, SCORES, SCORES[2], 0, false)))
                .containsExactly(2, 1);
    }
}
