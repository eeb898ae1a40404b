package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.data.sets.LabelledTextSet.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListOpsTest {

    private static final DataFiles FILES = DataFiles.standard(ProgressListener.SILENT);

    private static Splits<LabelledText> made(int examples, int heldOut, int tokens, long seed) {
        return new ListOps().load(FILES, new Request(examples, heldOut, tokens, seed));
    }

    private static List<LabelledText> all(Splits<LabelledText> splits) {
        return Stream.concat(splits.train().stream(), splits.test().stream()).toList();
    }

    private static List<String> tokens(String text) {
        return List.of(text.replace("[", "[ ").split(" "));
    }

    /** The value of an expression by a stack, without a tree. */
    private static int value(String text) {
        Deque<List<Integer>> lists = new ArrayDeque<>(List.of(new ArrayList<>()));
        Deque<String> operators = new ArrayDeque<>();
        for (String token : tokens(text)) {
            switch (token) {
                case "[" -> lists.push(new ArrayList<>());
                case "]" -> {
                    List<Integer> list = lists.pop();
                    lists.element().add(value(operators.pop(), list));
                }
                case "MAX", "MIN", "MED", "SM" -> operators.push(token);
                default -> lists.element().add(Integer.valueOf(token));
            }
        }
        assertThat(operators).isEmpty();
        assertThat(lists).hasSize(1);
        assertThat(lists.element()).hasSize(1);
        return lists.element().getFirst();
    }

    private static int value(String operator, List<Integer> list) {
        assertThat(list).hasSizeBetween(2, 10);
        return switch (operator) {
            case "MAX" -> Collections.max(list);
            case "MIN" -> Collections.min(list);
            case "SM" -> list.stream().reduce(0, (a, b) -> (a + b) % 10);
            default -> {
                List<Integer> sorted = list.stream().sorted().toList();
                int half = sorted.size() / 2;
                yield sorted.size() % 2 == 1
                        ? sorted.get(half)
                        : (int) Math.floor((sorted.get(half - 1) + sorted.get(half)) / 2.0);
            }
        };
    }

    @Test
    void the_test_evaluates_the_published_example() {
        assertThat(value("[MAX 4 3 [MIN 2 3 ] 1 0 [MED 1 5 8 9 2 ] ]")).isEqualTo(5);
        assertThat(value("[MED 3 [SM 9 8 ] ]")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 8, 13, 40, 500, 2_001})
    void each_label_is_the_value_of_its_text(int tokens) {
        for (LabelledText example : all(made(40, 20, tokens, 3))) {
            assertThat(example.label()).isEqualTo(Integer.toString(value(example.text())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 500, 2_000})
    void a_text_has_from_three_quarters_of_the_length_to_all_of_it(int tokens) {
        List<Integer> lengths =
                all(made(300, 100, tokens, 1)).stream().map(e -> tokens(e.text()).size()).toList();
        assertThat(lengths).allMatch(n -> n <= tokens && n > tokens * 3 / 4 - 4);
        assertThat(Collections.max(lengths)).isGreaterThan(tokens * 95 / 100 - 1);
        assertThat(Collections.min(lengths)).isLessThan(tokens * 80 / 100 + 1);
    }

    @Test
    void lists_are_nested_but_not_deeper_than_ten() {
        List<Integer> depths =
                all(made(200, 1, 2_000, 1)).stream()
                        .map(
                                e -> {
                                    int depth = 0;
                                    int deepest = 0;
                                    for (String token : tokens(e.text())) {
                                        depth += token.equals("[") ? 1 : token.equals("]") ? -1 : 0;
                                        deepest = Math.max(deepest, depth);
                                    }
                                    return deepest;
                                })
                        .toList();
        assertThat(depths).allMatch(d -> d >= 4 && d <= 10);
    }

    @ParameterizedTest
    @CsvSource({"300, 100, 5", "2000, 500, 9", "200, 50, 300"})
    void training_and_test_share_no_text_and_have_the_sizes_asked_for(
            int examples, int heldOut, int tokens) {
        Splits<LabelledText> splits = made(examples, heldOut, tokens, 7);
        assertThat(splits.train()).hasSize(examples);
        assertThat(splits.test()).hasSize(heldOut);
        Set<String> texts =
                all(splits).stream().map(LabelledText::text).collect(Collectors.toSet());
        assertThat(texts).hasSize(examples + heldOut);
    }

    @Test
    void the_seed_decides_and_more_training_texts_leave_the_test_as_it_is() {
        assertThat(made(50, 20, 60, 1)).isEqualTo(made(50, 20, 60, 1));
        assertThat(made(50, 20, 60, 1).test()).isEqualTo(made(900, 20, 60, 1).test());
        assertThat(new HashSet<>(made(50, 20, 60, 1).test()))
                .doesNotContainAnyElementsOf(made(50, 20, 60, 2).test());
    }

    @Test
    void all_ten_classes_occur_and_none_is_most_of_them() {
        List<LabelledText> texts = all(made(2_000, 1, 500, 1));
        IntStream.range(0, 10)
                .forEach(
                        digit ->
                                assertThat(
                                                texts.stream()
                                                        .filter(t -> t.label().equals("" + digit))
                                                        .count())
                                        .as("texts of value %d", digit)
                                        .isBetween(50L, 600L));
    }

    @Test
    void more_texts_than_there_are_of_a_length_are_refused() {
        assertThatThrownBy(() -> made(400, 100, 5, 1)) // 4 operators, 100 pairs of digits
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("400", "100", "of up to 5 tokens", "fewer examples");
    }

    @Test
    void a_length_without_room_for_a_list_is_refused() {
        assertThatThrownBy(() -> made(1, 1, 4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("at least 5", "not 4");
    }
}
