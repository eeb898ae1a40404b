package dev.unroll.tasks.model;

import dev.unroll.data.Corpus;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.JsonArtefact;
import dev.unroll.tasks.task.Fitting;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a model's classes, in the order of its numbers; in a run's folder they are a JSON
 * array.
 */
public final class ClassNames {
    /** In a run's folder: a JSON array of names. */
    public static final Artefact<ClassNames> FILE =
            new JsonArtefact<>(
                    "classes.json",
                    String[].class,
                    names -> of(List.of(names)),
                    classes -> classes.names().toArray(String[]::new),
                    "the run does not know its classes' names",
                    "is not a JSON array of different names");

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    private ClassNames(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < this.names.size(); i++) {
            if (numbers.put(this.names.get(i), i) != null) {
                throw new IllegalArgumentException(
                        "two classes are named '%s'; each has a name of its own"
                                .formatted(this.names.get(i)));
            }
        }
    }

    /**
     * Names in the order of the model's numbers.
     *
     * @throws IllegalArgumentException if a name is there twice
     */
    public static ClassNames of(List<String> names) {
        return new ClassNames(names);
    }

    /** All of them, in order. */
    public List<String> names() {
        return names;
    }

    /** The number of classes. */
    public int size() {
        return names.size();
    }

    /**
     * A class's number, from 0.
     *
     * @throws IllegalArgumentException if the model has no class of this name
     */
    public int number(String name) {
        return number("the class is", name);
    }

    private int number(String before, String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException(
                    "%s '%s'; the model knows %s".formatted(before, name, names));
        }
        return number;
    }

    /**
     * The numbers of some labels.
     *
     * @param what has them, to be told with a place, from 0: {@code text}
     * @throws IllegalArgumentException if the model has no class of such a name
     */
    public int[] numbers(String what, List<String> labels) {
        int[] found = new int[labels.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = number("%s %d is labelled".formatted(what, i), labels.get(i));
        }
        return found;
    }

    /**
     * The classes of a run: those of its corpus, which must stay as they are when a training goes
     * on, because the weights know classes by their places.
     *
     * @throws IllegalArgumentException if the corpus has no names of classes
     */
    public static <R extends Recipe, E> ClassNames of(Fitting<R, E> fitting) throws IOException {
        return fitting.same(
                FILE,
                (recipe, corpus) -> of(given(corpus)),
                (before, now) ->
                        "the classes %s, and the data have %s now"
                                .formatted(before.names(), now.names()));
    }

    private static List<String> given(Corpus<?> corpus) {
        if (corpus.labels().isEmpty()) {
            throw new IllegalArgumentException(
                    ("the corpus '%s' has no names of classes; give it those that its examples have:"
                                    + " corpus.labelled(List.of(\"no\", \"yes\"))")
                            .formatted(corpus.name()));
        }
        return corpus.labels();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClassNames same && same.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
