package dev.unroll.tasks.model;

import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.tasks.run.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The names of a run's classes, as a JSON array in the order of the model's numbers. */
public final class ClassNames {
    private static final JsonMapper JSON = new JsonMapper();

    private ClassNames() {}

    /**
     * Writes them, or, where a training goes on, holds them against those it began with: the
     * weights know classes by their places.
     *
     * @throws RunException if they are not the same, in the same order
     */
    public static void ofRun(RunFolder folder, List<String> names) throws IOException {
        if (!RunTraining.goesOn(folder)) {
            write(names, folder.classes());
            return;
        }
        List<String> before = read(folder.classes());
        if (!before.equals(names)) {
            throw new RunException(
                    ("%s learnt the classes %s, and the data have %s now; train another run for"
                                    + " them, with --run")
                            .formatted(folder.directory(), before, names));
        }
    }

    /** Writes them. */
    public static void write(List<String> names, Path file) throws IOException {
        WholeFile.write(file, JSON.writeValueAsString(names) + "\n");
    }

    /**
     * Reads them.
     *
     * @throws RunException if the file is missing or is no array of names
     */
    public static List<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RunException(file + " is missing: the run does not know its classes' names");
        }
        try {
            return List.copyOf(
                    JSON.readValue(Files.readString(file), new TypeReference<List<String>>() {}));
        } catch (JacksonException | NullPointerException e) {
            throw new RunException(file + " is not a JSON array of names; train the run again");
        }
    }
}
