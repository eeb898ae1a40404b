package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitsTest {

    private static final List<Integer> EXAMPLES = IntStream.range(0, 100).boxed().toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void each_example_is_in_one_part_and_the_parts_keep_their_order(long seed) {
        Splits<Integer> splits = Splits.of("made", EXAMPLES, 0.1, 0.2, seed);
        assertThat(splits.train()).hasSize(70).isSorted();
        assertThat(splits.validation()).hasSize(10).isSorted();
        assertThat(splits.test()).hasSize(20).isSorted();
        List<Integer> all = new ArrayList<>(splits.train());
        all.addAll(splits.validation());
        all.addAll(splits.test());
        assertThat(all).containsExactlyInAnyOrderElementsOf(EXAMPLES);
    }

    @Test
    void the_seed_decides() {
        assertThat(Splits.of("made", EXAMPLES, 0.1, 0.1, 7))
                .isEqualTo(Splits.of("made", EXAMPLES, 0.1, 0.1, 7));
        assertThat(Splits.of("made", EXAMPLES, 0.1, 0.1, 8))
                .isNotEqualTo(Splits.of("made", EXAMPLES, 0.1, 0.1, 7));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void examples_of_a_group_are_in_one_part(long seed) {
        List<List<Integer>> groups =
                new ArrayList<>(List.of(IntStream.range(0, 60).boxed().toList()));
        IntStream.range(30, 50).forEach(i -> groups.add(List.of(2 * i, 2 * i + 1)));
        Splits<Integer> splits = Splits.byGroup("made", EXAMPLES, groups, 0.1, 0.2, seed);
        assertThat(splits.train()).hasSize(70).isSorted().contains(0, 59);
        assertThat(splits.validation()).hasSize(10).isSorted();
        assertThat(splits.test()).hasSize(20).isSorted();
        for (List<Integer> part : List.of(splits.train(), splits.validation(), splits.test())) {
            groups.forEach(
                    group ->
                            assertThat(part.containsAll(group))
                                    .isEqualTo(group.stream().anyMatch(part::contains)));
        }
    }

    @Test
    void a_share_gives_one_example_at_least_and_no_share_none() {
        Splits<Integer> splits = Splits.of("made", List.of(1, 2, 3), 0.01, 0, 1);
        assertThat(splits.validation()).hasSize(1);
        assertThat(splits.test()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "1, 0", "-0.1, 0", "NaN, 0", "0, 1.5"})
    void shares_that_leave_nothing_or_make_no_sense_are_refused(double validation, double test) {
        assertThatThrownBy(() -> Splits.of("made", EXAMPLES, validation, test, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** 95 of a, 3 of b, 1 of c and 1 of d. */
    private static String rare(int example) {
        return example < 95 ? "a" : example < 98 ? "b" : example < 99 ? "c" : "d";
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void parts_by_class_have_an_example_of_every_class_to_train_on(long seed) {
        Splits<Integer> splits = Splits.byClass("made", EXAMPLES, SplitsTest::rare, 0.1, 0.2, seed);
        assertThat(splits.train()).hasSize(70).isSorted();
        assertThat(splits.validation()).hasSize(10).isSorted();
        assertThat(splits.test()).hasSize(20).isSorted();
        assertThat(splits.train()).extracting(SplitsTest::rare).contains("a", "b", "c", "d");
        List<Integer> all = new ArrayList<>(splits.train());
        all.addAll(splits.validation());
        all.addAll(splits.test());
        assertThat(all).containsExactlyInAnyOrderElementsOf(EXAMPLES);
    }

    @Test
    void parts_by_class_have_each_class_by_its_share() {
        Splits<Integer> splits =
                Splits.byClass("made", EXAMPLES, i -> i % 4 == 0 ? "a" : "b", 0.2, 0.4, 3);
        assertThat(splits.test()).filteredOn(i -> i % 4 == 0).hasSize(10);
        assertThat(splits.validation()).filteredOn(i -> i % 4 == 0).hasSize(5);
        assertThat(splits.train()).filteredOn(i -> i % 4 == 0).hasSize(10);
    }

    @Test
    void a_class_without_an_example_to_train_on_is_told() {
        Corpus<String> corpus =
                new Corpus<>("made", List.of("a"), List.of("b"), List.of())
                        .labelled(List.of("a", "b"))
                        .remarkingUntaught(List::of);
        assertThat(corpus.remarks())
                .singleElement()
                .asString()
                .contains("made: the training set has no example of 'b'");
    }
}
