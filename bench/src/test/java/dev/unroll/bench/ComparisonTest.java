package dev.unroll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Comparison BRIEF = new Comparison(3);
    private static final Pace AT_ONCE = new Pace(1e-6, 0);

    @Test
    void sidesThatComputeDifferentNumbersAreNotTimed() {
        Work work = work(() -> 2.0, () -> 2.1, 1e-3);

        assertThatIllegalStateException()
                .isThrownBy(() -> BRIEF.of(work))
                .withMessageContaining("run 1 gives 2.0 here and 2.1 in another");
    }

    @Test
    void aNumberThatIsNotOneAgreesWithNothing() {
        Work work = work(() -> Double.NaN, () -> Double.NaN, 1e-3);

        assertThatIllegalStateException().isThrownBy(() -> BRIEF.of(work));
    }

    @Test
    void aSideThatGoesAstrayLaterIsFoundOut() {
        List<Double> drifting = new ArrayList<>(List.of(1.0, 1.0, 1.5));
        Work work = work(drifting::removeFirst, () -> 1.0, 1e-3);

        assertThatIllegalStateException()
                .isThrownBy(() -> BRIEF.of(work))
                .withMessageContaining("run 3");
    }

    @Test
    void theOutcomeHoldsBothRatesAndTheirRatio() {
        Outcome outcome = BRIEF.of(work(() -> 1.0, () -> 1.0, 0));

        assertThat(outcome.ours()).isPositive();
        assertThat(outcome.theirs()).isPositive();
        assertThat(outcome.ratio()).isEqualTo(outcome.ours() / outcome.theirs());
        assertThat(outcome.theirThreads()).isIn(1, 2);
    }

    @Test
    void theOtherSideIsTriedWithEveryNumberOfThreads() {
        List<Integer> asked = new ArrayList<>();
        Contestant theirs =
                new Contestant() {
                    @Override
                    public double run() {
                        return 1;
                    }

                    @Override
                    public void threads(int threads) {
                        asked.add(threads);
                    }
                };
        BRIEF.of(
                new Work(
                        "w",
                        "another",
                        "runs/s",
                        1,
                        () -> () -> 1,
                        () -> theirs,
                        List.of(1, 2),
                        0,
                        AT_ONCE));

        assertThat(asked).containsOnly(1, 2);
        // once to warm up and once a round
        assertThat(asked).hasSize(2 + 2 * 3);
    }

    private static Work work(Contestant ours, Contestant theirs, double tolerance) {
        return new Work(
                "w",
                "another",
                "runs/s",
                1,
                () -> ours,
                () -> theirs,
                List.of(1, 2),
                tolerance,
                AT_ONCE);
    }
}
