package dev.unroll.faults.kills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code metrics.jsonl} says, without what a clock has measured.
 *
 * @param events steps and validations, a line each
 * @param lastStep the last step in it; 0 if there is none
 * @param ended whether a line says that the training has ended
 */
record Course(List<String> events, long lastStep, boolean ended) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads a file that may be missing, and whose last line may be cut off. */
    static Course read(Path file) throws IOException {
        List<String> events = new ArrayList<>();
        long last = 0;
        boolean ended = false;
        if (Files.isRegularFile(file)) {
            for (String line : Files.readString(file).lines().toList()) {
                if (object(line) instanceof ObjectNode event) {
                    event.remove("tokensPerSecond");
                    last = Math.max(last, event.path("step").asLong(0));
                    if (event.path("event").asString("").equals("end")) {
                        ended = true;
                    } else {
                        events.add(event.toString());
                    }
                }
            }
        }
        return new Course(List.copyOf(events), last, ended);
    }

    private static Object object(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            return line;
        }
    }
}
