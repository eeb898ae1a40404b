package dev.unroll.tasks.run;

import dev.unroll.formats.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A task's file in JSON.
 *
 * @param <T> the content
 * @param <J> the content as it stands in the file
 * @param file the file's name
 * @param type of the content in the file
 * @param read makes the content; throws {@link IllegalArgumentException} or {@link
 *     NullPointerException} if it is damaged
 * @param written takes the content apart
 * @param missing says what a run lacks without the file: "the run does not know its words"
 * @param damaged says what a damaged file lacks: "is not a JSON array of names"
 */
public record JsonArtefact<T, J>(
        String file,
        Class<J> type,
        Function<J, T> read,
        Function<T, J> written,
        String missing,
        String damaged)
        implements Artefact<T> {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    @Override
    public T read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new RunException(path + " is missing: " + missing);
        }
        try {
            return read.apply(JSON.readValue(Files.readString(path), type));
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            RunException damage = new RunException(path + " " + damaged + "; train the run again");
            damage.initCause(e);
            throw damage;
        }
    }

    @Override
    public void write(T content, Path path) throws IOException {
        WholeFile.write(path, JSON.writeValueAsString(written.apply(content)) + "\n");
    }
}
