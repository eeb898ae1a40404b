package dev.unroll.tasks.model;

import dev.unroll.tasks.run.RunException;
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
