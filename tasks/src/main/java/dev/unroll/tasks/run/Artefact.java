package dev.unroll.tasks.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file in a run's folder that keeps what a task fitted on its training set, such as a tokenizer.
 *
 * @param <T> the content
 */
public interface Artefact<T> {

    /** The file's name in the run's folder, without folders. */
    String file();

    /**
     * Reads the content.
     *
     * @throws RunException if the file is missing or damaged
     */
    T read(Path file) throws IOException;

    /** Writes the content. */
    void write(T content, Path file) throws IOException;
}
