package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Arrays;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * The annotations that Jackson 2 and 3 share. A program's parent may decide their version: Spring
 * Boot 3.5 does, and before 3.5.13 it took one on which Jackson 3.1 does not run.
 */
public final class JacksonAnnotations {
    private JacksonAnnotations() {}

    /**
     * Refuses annotations that are too old for the Jackson that is here.
     *
     * @throws IllegalStateException that says what to do
     */
    public static void require() {
        try {
            Objects.requireNonNull(JsonMapper.builder());
        } catch (LinkageError e) {
            throw new IllegalStateException(tooOld(), e);
        }
        // Jackson 3.0 starts without it, and fails when it reads a list.
        if (Arrays.stream(JsonFormat.Shape.values()).noneMatch(s -> s.name().equals("POJO"))) {
            throw new IllegalStateException(tooOld());
        }
    }

    private static String tooOld() {
        return "the artifact jackson-annotations is older than 2.21, and Jackson 3.1 does not run with"
                + " it; with Spring Boot 3.5 use 3.5.13 or later, or set the property"
                + " <jackson-bom.version>2.21.4</jackson-bom.version>";
    }
}
