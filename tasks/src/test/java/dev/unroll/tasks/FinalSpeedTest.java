package dev.unroll.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FinalSpeedTest {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger rounds = new AtomicInteger();

    private void reach(long first, long last, int falling) {
        FinalSpeed.reach(
                () -> {
                    int round = rounds.getAndIncrement();
                    clock.addAndGet(
                            round < falling ? first - round * (first - last) / falling : last);
                },
                clock::get);
    }

    @Test
    void workIsRepeatedAsLongAsItsTimeFalls() {
        reach(40_000_000, 1_000_000, 20);
        assertThat(rounds.get()).isBetween(20 + 300, 20 + 350);
    }

    @Test
    void workOfAnEvenTimeEndsSoon() {
        reach(10_000_000, 10_000_000, 0);
        assertThat(rounds.get()).isEqualTo(51);
    }

    @Test
    void longWorkEndsAnyway() {
        reach(3_000_000_000L, 3_000_000_000L, 0);
        assertThat(rounds.get()).isEqualTo(2);
    }
}
