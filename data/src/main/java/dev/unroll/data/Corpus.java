package dev.unroll.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Examples for training, validation and test.
 *
 * @param <E> an example
 * @param name of the data, for people
 * @param labels the names of the classes that examples belong to, in the order in which a model
 *     numbers them; empty where examples have no classes
 * @param train examples for training
 * @param validation examples that decide which weights are kept
 * @param tests examples that only measure the trained model, by a name for people; more than one
 *     entry where parts of the test are measured apart
 * @param remarks what users should know of the data, such as rows that cannot be read
 */
public record Corpus<E>(
        String name,
        List<String> labels,
        List<E> train,
        List<E> validation,
        Map<String, List<E>> tests,
        List<String> remarks) {

    private static final int EVERY = 20;

    public Corpus {
        labels = List.copyOf(labels);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        Map<String, List<E>> copies = new LinkedHashMap<>();
        tests.forEach((test, examples) -> copies.put(test, List.copyOf(examples)));
        tests = Collections.unmodifiableMap(copies);
        remarks = List.copyOf(remarks);
    }

    /** Examples without classes, with one test part and nothing to remark. */
    public Corpus(String name, List<E> train, List<E> validation, List<E> test) {
        this(name, new Splits<>(train, validation, test));
    }

    /** Examples without classes, with one test part and nothing to remark. */
    public Corpus(String name, Splits<E> splits) {
        this(
                name,
                List.of(),
                splits.train(),
                splits.validation(),
                Map.of("test", splits.test()),
                List.of());
    }

    /**
     * Examples of your own: every twentieth is for validation, and every twentieth for the test.
     *
     * @throws IllegalArgumentException if there are fewer than 20
     */
    public static <E> Corpus<E> of(String name, List<E> examples) {
        if (examples.size() < EVERY) {
            throw new IllegalArgumentException(
                    "%s: %d examples; at least %d are needed"
                            .formatted(name, examples.size(), EVERY));
        }
        List<E> train = new ArrayList<>();
        List<E> validation = new ArrayList<>();
        List<E> test = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            List<E> part =
                    switch (i % EVERY) {
                        case 0 -> validation;
                        case 1 -> test;
                        default -> train;
                    };
            part.add(examples.get(i));
        }
        return new Corpus<>(name, train, validation, test);
    }

    /** {@return this corpus with the names of the classes that its examples belong to} */
    public Corpus<E> labelled(List<String> classes) {
        return new Corpus<>(name, classes, train, validation, tests, remarks);
    }

    /** {@return this corpus with other examples for training} */
    public Corpus<E> training(List<E> examples) {
        return new Corpus<>(name, labels, examples, validation, tests, remarks);
    }

    /** {@return this corpus with more remarks after its own} */
    public Corpus<E> remarking(List<String> more) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new Corpus<>(name, labels, train, validation, tests, all);
    }

    /**
     * {@return this corpus, with a remark that names the classes of which the training set has no
     * example, if there are any: a model has an output for them that it is never taught}
     *
     * @param classes the classes of an example, one or more
     */
    public Corpus<E> remarkingUntaught(Function<E, ? extends Collection<String>> classes) {
        Set<String> untaught = new LinkedHashSet<>(labels);
        train.forEach(example -> untaught.removeAll(classes.apply(example)));
        if (untaught.isEmpty()) {
            return this;
        }
        return remarking(
                List.of(
                        ("%s: the training set has no example of '%s', which therefore cannot be"
                                        + " learnt; give more examples, or leave the class out")
                                .formatted(name, String.join("', '", untaught))));
    }

    /** All examples of all test parts. */
    public List<E> test() {
        return tests.values().stream().flatMap(List::stream).toList();
    }

    /** The test parts by name, or the validation part under its own name. */
    public Map<String, List<E>> parts(Split split) {
        return split.of(tests, Map.of("validation", validation));
    }

    /**
     * The examples to measure a model on.
     *
     * @param keys of the recipe that say what is in the test, for the error
     * @throws IllegalArgumentException if there is none
     */
    public List<E> part(Split split, String keys) {
        return split.requireSome(split.of(test(), validation), name, keys);
    }
}
