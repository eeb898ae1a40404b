package dev.unroll.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
        if (forTest + forValidation >= examples.size()) {
            throw new IllegalArgumentException(
                    ("%s: with %,d for validation and %,d for the test, nothing is left"
                                    + " for training of %,d in all; give more of them, or smaller shares")
                            .formatted(name, forValidation, forTest, examples.size()));
        }
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        BitSet tested = bits(places.subList(0, forTest));
        BitSet validated = bits(places.subList(forTest, forTest + forValidation));
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
