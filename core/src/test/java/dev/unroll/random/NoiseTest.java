package dev.unroll.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseTest {
    /** Standard errors that chance reaches once in a million. */
    private static final double FAR = 5;

    private static final int KEYS = 60;
    private static final int PLACES = 4_096;

    static IntStream lags() {
        return IntStream.concat(
                IntStream.rangeClosed(0, 17).map(power -> 1 << power),
                IntStream.of(3, 5, 7, 12, 24, 31, 33, 63, 65, 257, 1_000, 4_095, 4_097, 12_289));
    }

    /** Dropout's masks of neighbouring steps: keys below a seed's key. */
    private static long key(int number) {
        return Noise.key(Noise.key(Noise.key(1, number), "layer"), 3);
    }

    @ParameterizedTest
    @MethodSource("lags")
    void what_is_dropped_says_nothing_of_the_place_a_lag_away(int lag) {
        for (double rate : new double[] {0.1, 0.5}) {
            double sum = 0;
            for (int k = 0; k < KEYS; k++) {
                for (int i = 0; i < PLACES; i++) {
                    sum += dropped(key(k), i, rate) * dropped(key(k), i + lag, rate);
                }
            }
            assertThat(correlation(sum, rate)).isCloseTo(0, within(FAR));
        }
    }

    @Test
    void what_is_dropped_at_one_key_says_nothing_of_another() {
        IntToLongFunction[] pairs = {
            k -> key(k + 1),
            k -> key(k) + 1,
            k -> key(k) + (1L << 32),
            k -> key(k) ^ (1L << 63),
            k -> Long.reverse(key(k))
        };
        for (IntToLongFunction other : pairs) {
            double sum = 0;
            for (int k = 0; k < KEYS; k++) {
                for (int i = 0; i < PLACES; i++) {
                    sum += dropped(key(k), i, 0.5) * dropped(other.applyAsLong(k), i, 0.5);
                }
            }
            assertThat(correlation(sum, 0.5)).isCloseTo(0, within(FAR));
        }
    }

    @Test
    void every_bit_is_set_half_of_the_time_and_free_of_every_other() {
        int count = 100_000;
        int[][] together = new int[32][32];
        for (int i = 0; i < count; i++) {
            int bits = Noise.bits(7, i);
            for (int a = 0; a < 32; a++) {
                for (int b = a; b < 32; b++) {
                    together[a][b] += (bits >>> a) & (bits >>> b) & 1;
                }
            }
        }
        for (int a = 0; a < 32; a++) {
            for (int b = a; b < 32; b++) {
                double share = a == b ? 0.5 : 0.25;
                double error = Math.sqrt(count * share * (1 - share));
                assertThat((together[a][b] - count * share) / error).isCloseTo(0, within(FAR));
            }
        }
    }

    @Test
    void numbers_lie_evenly_between_0_and_1() {
        int[] cells = new int[1_000];
        int count = 1_000_000;
        for (int i = 0; i < count; i++) {
            float u = Noise.uniform(99, i);
            assertThat(u).isBetween(0f, Math.nextDown(1f));
            cells[(int) (u * cells.length)]++;
        }
        double expected = (double) count / cells.length;
        double chiSquare = 0;
        for (int cell : cells) {
            chiSquare += (cell - expected) * (cell - expected) / expected;
        }
        double degrees = cells.length - 1;
        assertThat((chiSquare - degrees) / Math.sqrt(2 * degrees)).isCloseTo(0, within(FAR));
    }

    @Test
    void two_neighbouring_numbers_lie_evenly_in_the_square() {
        int side = 32;
        int[] cells = new int[side * side];
        int count = 400_000;
        for (int i = 0; i < count; i++) {
            int a = (int) (Noise.uniform(5, 2 * i) * side);
            int b = (int) (Noise.uniform(5, 2 * i + 1) * side);
            cells[a * side + b]++;
        }
        double expected = (double) count / cells.length;
        double chiSquare = 0;
        for (int cell : cells) {
            chiSquare += (cell - expected) * (cell - expected) / expected;
        }
        double degrees = cells.length - 1;
        assertThat((chiSquare - degrees) / Math.sqrt(2 * degrees)).isCloseTo(0, within(FAR));
    }

    @Test
    void places_have_words_of_their_own_also_negative_ones() {
        Set<Integer> seen = new HashSet<>();
        for (int place = -200; place < 200; place++) {
            seen.add(Noise.bits(3, place));
        }
        assertThat(seen).hasSize(400);
    }

    private static double dropped(long key, int place, double rate) {
        return (Noise.uniform(key, place) < rate ? 1 : 0) - rate;
    }

    /** In standard errors. */
    private static double correlation(double sum, double rate) {
        return sum / (rate * (1 - rate) * Math.sqrt((double) KEYS * PLACES));
    }
}
