package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final int[] TRUTH = {0, 0, 1, 1, 1, 2, 2, 2};

    @Test
    void labels_are_cut_into_runs() {
        assertThat(LabelSegment.of(TRUTH))
                .containsExactly(
                        new LabelSegment(0, 0, 2),
                        new LabelSegment(1, 2, 5),
                        new LabelSegment(2, 5, 8));
        assertThat(LabelSegment.of(new int[0])).isEmpty();
    }

    @Test
    void a_case_worked_out_by_hand() {
        // truth      0[0,2) 1[2,5) 2[5,8)
        // predicted  0[0,2) 1[2,4) 2[4,6) 1[6,7) 2[7,8)
        // edit: 0 1 2 and 0 1 2 1 2 are 2 apart, the longer has 5
        // overlaps: 0: 2/2; 1: 2/3; 2: 1/4; 1: none; 2: 1/3, but at 10 % and 25 % it is taken
        // found at 10 and 25 %: 3 of 5 predicted and of 3 right; at 50 %: 2
        Segmentation score = one(TRUTH, new int[] {0, 0, 1, 1, 2, 2, 1, 2});
        assertThat(score.edit()).isCloseTo(1 - 2 / 5.0, EXACT);
        assertThat(score.f1At10()).isCloseTo(2 * 3 / 8.0, EXACT);
        assertThat(score.f1At25()).isCloseTo(2 * 3 / 8.0, EXACT);
        assertThat(score.f1At50()).isCloseTo(2 * 2 / 8.0, EXACT);
    }

    @Test
    void moved_borders_cost_nothing_and_pieces_cost_much() {
        Segmentation moved = one(TRUTH, new int[] {0, 0, 0, 1, 1, 1, 2, 2});
        assertThat(moved).isEqualTo(new Segmentation(1, 1, 1, 1));
        Segmentation pieces = one(new int[] {0, 0, 0, 0}, new int[] {0, 1, 0, 1});
        assertThat(pieces.edit()).isCloseTo(0.25, EXACT);
        assertThat(pieces.f1At10()).isCloseTo(2 * 1 / 5.0, EXACT);
    }

    @Test
    void edit_is_the_mean_of_videos_and_f1_counts_their_segments_together() {
        int[] short1 = {0, 0};
        Segmentation score =
                Segmentation.of(List.of(TRUTH, short1), List.of(TRUTH, new int[] {1, 1}));
        assertThat(score.edit()).isCloseTo((1 + 0) / 2.0, EXACT);
        assertThat(score.f1At10()).isCloseTo(2 * 3 / 8.0, EXACT); // 3 found of 4 and of 4
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void perfect_is_1_and_everything_lies_between(long seed) {
        Random random = new Random(seed);
        int[] truth = random.ints(60, 0, 3).toArray();
        int[] predicted = random.ints(60, 0, 3).toArray();
        assertThat(one(truth, truth)).isEqualTo(new Segmentation(1, 1, 1, 1));
        Segmentation score = one(truth, predicted);
        assertThat(score.edit()).isBetween(0.0, 1.0).isEqualTo(one(predicted, truth).edit());
        assertThat(score.f1At50()).isBetween(0.0, score.f1At25());
        assertThat(score.f1At25()).isBetween(0.0, score.f1At10());
        assertThat(score.f1At10()).isBetween(0.0, 1.0);
    }

    @Test
    void videos_that_cannot_be_compared_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(TRUTH, new int[] {0}))
                .withMessageContaining("video 0 has 8 right labels and 1 predicted ones");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Segmentation.of(List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> one(new int[0], new int[0]));
    }

    private static Segmentation one(int[] truth, int[] predicted) {
        return Segmentation.of(List.of(truth), List.of(predicted));
    }
}
