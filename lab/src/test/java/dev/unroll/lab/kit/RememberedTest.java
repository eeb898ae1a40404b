package dev.unroll.lab.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.lab.kit.Remembered.Batch;
import dev.unroll.lab.kit.Remembered.Example;
import dev.unroll.nn.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RememberedTest {

    @ParameterizedTest
    @CsvSource({"256, 64, 4", "8192, 128, 8", "6, 8, 2", "34, 64, 16"})
    void pairsComeFirstAndEachKeyAsksForItsValueOnceMore(int vocabulary, int length, int pairs) {
        AssociativeRecall task = new AssociativeRecall(vocabulary, length, pairs);
        for (Example example : task.examples(50, new Seed(1))) {
            int[] ids = example.ids();
            assertThat(ids).hasSize(length);
            Set<Integer> keys = picked(ids, 0, 2 * pairs);
            assertThat(keys).hasSize(pairs).allMatch(key -> key >= 1 && key < vocabulary / 2);
            assertThat(picked(ids, 1, 2 * pairs))
                    .hasSize(pairs)
                    .allMatch(value -> value >= vocabulary / 2 && value < vocabulary);
            assertThat(Arrays.stream(example.places()).distinct().count()).isEqualTo(pairs);
            for (int q = 0; q < pairs; q++) {
                int place = example.places()[q];
                assertThat(place).isBetween(2 * pairs, length - 2).matches(p -> p % 2 == 0);
                int pair = IntStream.range(0, pairs).filter(p -> ids[2 * p] == ids[place]).sum();
                assertThat(example.answers()[q]).isEqualTo(ids[2 * pair + 1]);
                assertThat(example.sources()[q]).isEqualTo(2 * pair + 1);
                assertThat(example.gap(q)).isEqualTo(place - 2 * pair - 1);
            }
            long filled = Arrays.stream(ids).filter(id -> id != 0).count();
            assertThat(filled).isEqualTo(3L * pairs);
        }
    }

    private static Set<Integer> picked(int[] ids, int from, int to) {
        return IntStream.iterate(from, i -> i < to, i -> i + 2)
                .mapToObj(i -> ids[i])
                .collect(Collectors.toSet());
    }

    @Test
    void keysStandAgainByThePowerLaw() {
        AssociativeRecall task = new AssociativeRecall(64, 20, 1); // slots 1 to 9
        double[] counts = new double[9];
        for (Example example : task.examples(20_000, new Seed(2))) {
            counts[(example.places()[0] - 2) / 2]++;
        }
        double sum = IntStream.rangeClosed(1, 9).mapToDouble(i -> Math.pow(i, -0.99)).sum();
        for (int i = 0; i < 9; i++) {
            double expected = 20_000 * Math.pow(i + 1, -0.99) / sum;
            assertThat(counts[i])
                    .isBetween(
                            expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        }
    }

    @Test
    void symbolsAmongNoiseAreAskedForInTheirOrder() {
        SelectiveCopy task = new SelectiveCopy(5, 3, 10);
        assertThat(task.length()).isEqualTo(16);
        for (Example example : task.examples(50, new Seed(1))) {
            int[] symbols = Arrays.stream(example.ids()).filter(id -> id < 5).toArray();
            assertThat(example.answers()).isEqualTo(symbols).hasSize(3);
            assertThat(Arrays.stream(example.sources()).map(at -> example.ids()[at]).toArray())
                    .isEqualTo(symbols);
            assertThat(example.places()).containsExactly(13, 14, 15);
            assertThat(Arrays.copyOfRange(example.ids(), 13, 16)).containsOnly(6);
            assertThat(Arrays.stream(example.ids()).filter(id -> id == 5).count()).isEqualTo(10);
        }
    }

    @Test
    void everyPlaceOfASymbolIsEquallyLikely() {
        SelectiveCopy task = new SelectiveCopy(2, 2, 4);
        double[] counts = new double[6];
        for (Example example : task.examples(6_000, new Seed(3))) {
            Arrays.stream(example.sources()).forEach(at -> counts[at]++);
        }
        assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 2_000) < 200);
    }

    @Test
    void anExampleDependsOnItsSeedAlone() {
        for (Remembered task :
                List.of(new AssociativeRecall(64, 32, 4), new SelectiveCopy(8, 5, 9))) {
            assertThat(task.example(new Seed(5)).ids()).isEqualTo(task.example(new Seed(5)).ids());
            assertThat(task.examples(3, new Seed(5)).get(2).ids())
                    .isEqualTo(task.examples(9, new Seed(5)).get(2).ids());
            assertThat(task.example(new Seed(5)).ids())
                    .isNotEqualTo(task.example(new Seed(6)).ids());
        }
    }

    @Test
    void aBatchLaysExamplesEndToEnd() {
        Example one = new Example(new int[] {1, 2, 3}, new int[] {2}, new int[] {9}, new int[] {0});
        Example two = new Example(new int[] {4, 5}, new int[] {0, 1}, new int[] {8, 7}, new int[2]);
        Batch batch = Batch.of(List.of(one, two));
        assertThat(batch.tokens().ids()).containsExactly(1, 2, 3, 4, 5);
        assertThat(batch.rows()).containsExactly(2, 3, 4);
        assertThat(batch.answers()).containsExactly(9, 8, 7);
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new AssociativeRecall(64, 30, 8))
                .hasMessageContainingAll("8 pairs", "at least 32, not 30");
        assertThatThrownBy(() -> new AssociativeRecall(64, 33, 8)).hasMessageContaining("even");
        assertThatThrownBy(() -> new AssociativeRecall(16, 64, 8))
                .hasMessageContainingAll("at least 18", "not 16");
        assertThatThrownBy(() -> new SelectiveCopy(1, 2, 3)).hasMessageContaining("not 1, 2 and 3");
    }
}
