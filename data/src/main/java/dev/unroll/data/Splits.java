package dev.unroll.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A set's examples in three parts, which share no example.
 *
 * @param <E> an example
 * @param train examples for training
 * @param validation examples that decide which weights are kept; may be empty
 * @param test examples that only measure the trained model; may be empty
 */
public record Splits<E>(List<E> train, List<E> validation, List<E> test) {
    public Splits {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /**
     * Splits examples at random: the same seed gives the same parts, and each part keeps the order
     * of the examples. A share above 0 gives one example or more.
     *
     * @param name what the examples are called in errors, such as their file
     * @param validation share for validation, 0 or more
     * @param test share for the test, 0 or more
     * @throws IllegalArgumentException if the shares leave nothing for training
     */
    public static <E> Splits<E> of(
            String name, List<E> examples, double validation, double test, long seed) {
        int forTest = part(test, examples.size());
        int forValidation = part(validation, examples.size());
        requireRest(name, examples.size(), forValidation, forTest);
        List<Integer> places = shuffled(examples.size(), seed);
        return of(
                examples,
                bits(places.subList(0, forTest)),
                bits(places.subList(forTest, forTest + forValidation)));
    }

    /**
     * Splits examples at random so that each class has its share in each part, to rounding, and at
     * least one example in the training set. The same seed gives the same parts, and each part
     * keeps the order of the examples.
     *
     * @param name what the examples are called in errors, such as their file
     * @param label the class of an example
     * @param validation share for validation, 0 or more
     * @param test share for the test, 0 or more
     * @throws IllegalArgumentException if the shares leave nothing for training
     */
    public static <E> Splits<E> byClass(
            String name,
            List<E> examples,
            Function<E, String> label,
            double validation,
            double test,
            long seed) {
        int forTest = part(test, examples.size());
        int forValidation = part(validation, examples.size());
        requireRest(name, examples.size(), forValidation, forTest);
        Map<String, Deque<Integer>> classes = new TreeMap<>();
        for (int place : shuffled(examples.size(), seed)) {
            classes.computeIfAbsent(label.apply(examples.get(place)), _ -> new ArrayDeque<>())
                    .add(place);
        }
        BitSet tested = drawn(classes, forTest);
        BitSet validated = drawn(classes, forValidation);
        return of(examples, tested, validated);
    }

    /**
     * Splits examples at random so that examples of one group are in one part. The same seed gives
     * the same parts, and each part keeps the order of the examples. A group that is larger than
     * what a part still wants goes into another, the training set at last, so a part is smaller
     * than its share, or empty, where groups are large.
     *
     * @param name what the examples are called in errors, such as their file
     * @param groups places of the examples, each in one group
     * @param validation share for validation, 0 or more
     * @param test share for the test, 0 or more
     * @param seed of the draw
     * @param <E> an example
     * @throws IllegalArgumentException if the shares leave nothing for training
     */
    public static <E> Splits<E> byGroup(
            String name,
            List<E> examples,
            List<List<Integer>> groups,
            double validation,
            double test,
            long seed) {
        int forTest = part(test, examples.size());
        int forValidation = part(validation, examples.size());
        requireRest(name, examples.size(), forValidation, forTest);
        BitSet tested = new BitSet();
        BitSet validated = new BitSet();
        for (int group : shuffled(groups.size(), seed)) {
            List<Integer> places = groups.get(group);
            if (tested.cardinality() + places.size() <= forTest) {
                places.forEach(tested::set);
            } else if (validated.cardinality() + places.size() <= forValidation) {
                places.forEach(validated::set);
            }
        }
        return of(examples, tested, validated);
    }

    /** Draws so many places, of each class by its size, and leaves one of each class. */
    private static BitSet drawn(Map<String, Deque<Integer>> classes, int count) {
        IdentityHashMap<Deque<Integer>, Double> owed = new IdentityHashMap<>();
        int all = classes.values().stream().mapToInt(Deque::size).sum();
        classes.values().forEach(places -> owed.put(places, (double) count * places.size() / all));
        BitSet drawn = new BitSet();
        for (int i = 0; i < count; i++) {
            Optional<Deque<Integer>> next =
                    classes.values().stream()
                            .filter(places -> places.size() > 1)
                            .max(Comparator.comparingDouble(owed::get));
            if (next.isEmpty()) {
                break;
            }
            drawn.set(next.get().remove());
            owed.merge(next.get(), -1.0, Double::sum);
        }
        return drawn;
    }

    private static void requireRest(String name, int examples, int forValidation, int forTest) {
        if (forTest + forValidation >= examples) {
            throw new IllegalArgumentException(
                    ("%s: with %,d for validation and %,d for the test, nothing is left"
                                    + " for training of %,d in all; give more of them, or smaller shares")
                            .formatted(name, forValidation, forTest, examples));
        }
    }

    private static List<Integer> shuffled(int examples, long seed) {
        List<Integer> places = new ArrayList<>(IntStream.range(0, examples).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        return places;
    }

    private static <E> Splits<E> of(List<E> examples, BitSet tested, BitSet validated) {
        BitSet rest = new BitSet();
        rest.set(0, examples.size());
        rest.andNot(tested);
        rest.andNot(validated);
        return new Splits<>(at(examples, rest), at(examples, validated), at(examples, tested));
    }

    private static int part(double share, int examples) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share + ": 0 to 1");
        }
        return share == 0 ? 0 : (int) Math.max(1, Math.round(share * examples));
    }

    private static BitSet bits(List<Integer> places) {
        BitSet bits = new BitSet();
        places.forEach(bits::set);
        return bits;
    }

    private static <E> List<E> at(List<E> examples, BitSet places) {
        return places.stream().mapToObj(examples::get).toList();
    }
}
