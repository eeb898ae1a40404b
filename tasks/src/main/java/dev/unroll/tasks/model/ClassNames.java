package dev.unroll.tasks.model;

import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.tasks.run.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names of a model's classes, in the order of its numbers; in a run's folder they are a JSON
 * array.
 */
public final class ClassNames {
    private static final JsonMapper JSON = new JsonMapper();

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

    /** How many. */
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
     * Writes them, or, where a training goes on, holds them against those it began with: the
     * weights know classes by their places.
     *
     * @throws RunException if they are not the same, in the same order
     */
    public static ClassNames ofRun(RunFolder folder, List<String> names) throws IOException {
        ClassNames classes = of(names);
        if (!RunTraining.goesOn(folder)) {
            classes.write(folder.classes());
            return classes;
        }
        List<String> before = read(folder.classes()).names();
        if (!before.equals(names)) {
            throw new RunException(
                    ("%s learnt the classes %s, and the data have %s now; train another run for"
                                    + " them, with --run")
                            .formatted(folder.directory(), before, names));
        }
        return classes;
    }

    /** Writes them. */
    public void write(Path file) throws IOException {
        WholeFile.write(file, JSON.writeValueAsString(names) + "\n");
    }

    /**
     * Reads them.
     *
     * @throws RunException if the file is missing or is no array of names
     */
    public static ClassNames read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RunException(file + " is missing: the run does not know its classes' names");
        }
        try {
            return of(JSON.readValue(Files.readString(file), new TypeReference<List<String>>() {}));
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            throw new RunException(
                    file + " is not a JSON array of different names; train the run again");
        }
    }
}
