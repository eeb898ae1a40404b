package dev.unroll.tasks.model;

import dev.unroll.data.Splits;
import dev.unroll.data.TextPair;
import dev.unroll.data.UnionFind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Draws the parts of pairs of texts such that no text stands in two of them. */
public final class TextPairSplits {
    private TextPairSplits() {}

    /**
     * The shares of the pairs.
     *
     * @param validation above 0
     * @param test 0 or more
     */
    public record Shares(double validation, double test) {}

    /**
     * The parts.
     *
     * @param splits of the examples
     * @param remarks what users should know of them
     */
    public record Drawn<E>(Splits<E> splits, List<String> remarks) {}

    /**
     * Draws the parts. Pairs that share a text, directly or through others, are in one part; where
     * nearly all pairs are linked so that a part would be empty, each pair is drawn by itself, and
     * a remark says so.
     *
     * @param name of the data, for people
     * @param examples with two texts each
     * @param texts of an example
     * @param shares of the parts
     * @param seed of the draw
     * @throws IllegalArgumentException if the shares leave nothing for training
     */
    public static <E> Drawn<E> of(
            String name, List<E> examples, Function<E, TextPair> texts, Shares shares, long seed) {
        UnionFind<String> linked = new UnionFind<>();
        for (E example : examples) {
            linked.join(texts.apply(example).first(), texts.apply(example).second());
        }
        TreeMap<String, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            String group = linked.find(texts.apply(examples.get(i)).first());
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(i);
        }
        Splits<E> parts =
                Splits.byGroup(
                        name,
                        examples,
                        List.copyOf(groups.values()),
                        shares.validation(),
                        shares.test(),
                        seed);
        if (!parts.validation().isEmpty() && (shares.test() == 0 || !parts.test().isEmpty())) {
            return new Drawn<>(parts, List.of());
        }
        return new Drawn<>(
                Splits.of(name, examples, shares.validation(), shares.test(), seed),
                List.of(
                        name
                                + ": the pairs are linked by texts that they share, so that these"
                                + " stand in several parts: the figures are those of texts that were"
                                + " partly learnt; a testFile of other texts would say more"));
    }
}
