package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void every_example_is_in_exactly_one_batch(long seed) {
        Example example = Example.random(seed);
        int[][] batches = example.epoch(seed, 3);
        assertThat(Arrays.stream(batches).flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, example.sources.length).toArray());
        assertThat(Arrays.asList(batches)).noneMatch(batch -> batch.length == 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void only_a_single_example_goes_over_the_budget(long seed) {
        Example example = Example.random(seed);
        for (int[] batch : example.epoch(seed, 0)) {
            if (batch.length > 1) {
                assertThat(example.cost(batch)).isLessThanOrEqualTo(example.budget);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void the_same_seed_and_epoch_give_the_same_batches_and_others_give_others(long seed) {
        Example example = Example.random(seed);
        int[][] batches = example.epoch(seed, 1);
        assertThat(example.epoch(seed, 1)).isDeepEqualTo(batches);
        assertThat(Arrays.deepEquals(example.epoch(seed, 2), batches)).isFalse();
        assertThat(Arrays.deepEquals(example.epoch(seed + 1, 1), batches)).isFalse();
        assertThat(Arrays.deepEquals(example.epoch(1, seed), batches)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35})
    void lengths_in_a_batch_are_alike(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] lengths = random.ints(20_000, 1, 100).toArray();
        int[][] batches = Batches.epoch(lengths, 1_000, seed, 0);
        long padded = 0;
        for (int[] batch : batches) {
            int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
            padded += (long) longest * batch.length;
        }
        double tokens = Arrays.stream(lengths).asLongStream().sum();
        assertThat(padded / tokens).as("size if batches were padded").isLessThan(1.1);
    }

    @Test
    void batches_are_filled_as_far_as_the_next_example_allows() {
        int[] lengths = new int[100];
        Arrays.fill(lengths, 7);
        assertThat(Arrays.asList(Batches.epoch(lengths, 50, 1, 0)))
                .hasSize(15)
                .extracting(batch -> batch.length)
                .containsOnly(7, 2);
    }

    @Test
    void batches_come_in_no_order_of_length() {
        int[] lengths = IntStream.rangeClosed(1, 200).toArray();
        int[][] batches = Batches.epoch(lengths, 300, 5, 0);
        int[] first = Arrays.stream(batches).mapToInt(batch -> lengths[batch[0]]).toArray();
        int[] sorted = first.clone();
        Arrays.sort(sorted);
        assertThat(first).isNotEqualTo(sorted);
    }

    @Test
    void no_examples_give_no_batches() {
        assertThat(Batches.epoch(new int[0], 10, 1, 0)).isEmpty();
    }

    @Test
    void empty_examples_count_as_one_token() {
        assertThat(Batches.epoch(new int[10], 5, 1, 0)).hasDimensions(2, 5);
    }

    @Test
    void the_longest_possible_lengths_do_not_overflow() {
        int[] lengths = {Integer.MAX_VALUE, Integer.MAX_VALUE, 1};
        assertThat(Batches.epoch(lengths, lengths, Integer.MAX_VALUE, 1, 0)).hasNumberOfRows(3);
    }

    @Test
    void likeness_grows_with_length() {
        int before = -1;
        for (int length = 0; length < 100_000; length++) {
            int likeness = Batches.likeness(length);
            assertThat(likeness - before).isBetween(0, 1);
            before = likeness;
        }
        assertThat(Batches.likeness(Integer.MAX_VALUE)).isLessThan(240);
    }

    @Test
    void an_example_over_the_maximum_is_refused_by_its_number() {
        Batches.requireAtMost(new int[] {3, 5}, 5);
        assertThatThrownBy(() -> Batches.requireAtMost(new int[] {3, 6}, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example 1 has 6 tokens, more than the maximum of 5");
    }

    @Test
    void senseless_numbers_are_refused() {
        assertThatThrownBy(() -> Batches.epoch(new int[] {1}, 0, 1, 0))
                .hasMessageContaining("budget of 0");
        assertThatThrownBy(() -> Batches.epoch(new int[] {1, -2}, 5, 1, 0))
                .hasMessageContaining("example 1 has a length of -2");
        assertThatThrownBy(() -> Batches.epoch(new int[] {1}, 5, 1, -1))
                .hasMessageContaining("epoch -1");
        assertThatThrownBy(() -> Batches.epoch(new int[] {1}, new int[] {1, 2}, 5, 1, 0))
                .hasMessageContaining("1 sources but 2 targets");
    }

    private record Example(int[] sources, int[] targets, int budget) {

        static Example random(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int count = random.nextInt(100, 3_000);
            return new Example(
                    random.ints(count, 0, 90).toArray(),
                    random.ints(count, 0, 90).toArray(),
                    random.nextInt(100, 3_000));
        }

        int[][] epoch(long seed, long epoch) {
            return Batches.epoch(sources, targets, budget, seed, epoch);
        }

        int cost(int[] batch) {
            return Arrays.stream(batch).map(i -> sources[i] + targets[i]).sum();
        }
    }
}
