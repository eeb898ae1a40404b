package dev.unroll.tasks.run;

import dev.unroll.formats.files.Utf8;
import dev.unroll.formats.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A task's file in JSON. Unknown keys and keys that are missing are refused.
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
                    .enable(
                            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    @Override
    public T read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new RunException(path + " is missing: " + missing);
        }
        try {
            return read.apply(JSON.readValue(Utf8.read(path), type));
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            RunException damage =
                    new RunException(
                            "%s %s%s; train the run again".formatted(path, damaged, key(e)));
            damage.initCause(e);
            throw damage;
        }
    }

    private static String key(Exception e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    " (it has the unknown key '" + unknown.getPropertyName() + "')";
            case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
                    " (at the key '" + mismatch.getPath().getLast().getPropertyName() + "')";
            default -> "";
        };
    }

    @Override
    public void write(T content, Path path) throws IOException {
        WholeFile.write(path, JSON.writeValueAsString(written.apply(content)) + "\n");
    }
}
