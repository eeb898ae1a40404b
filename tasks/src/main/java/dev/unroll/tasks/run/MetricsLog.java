package dev.unroll.tasks.run;

import dev.unroll.formats.files.Utf8;
import dev.unroll.formats.files.WholeFile;
import dev.unroll.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The course of a training, a JSON object a line, appended as it happens. A training that goes on
 * from a checkpoint first drops the lines of steps that the checkpoint does not know.
 */
public final class MetricsLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private long started = System.nanoTime();
    private long tokens;

    /** A log in a file. */
    public MetricsLog(Path file) {
        this.file = file;
    }

    /** Drops everything after a step. */
    public void backTo(long step) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> kept = Utf8.lines(file).stream().filter(line -> stepOf(line) <= step).toList();
        WholeFile.write(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
    }

    private static long stepOf(String line) {
        try {
            return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE);
        } catch (JacksonException e) {
            return Long.MAX_VALUE; // a line that was cut off
        }
    }

    /** Writes what happened. */
    public void accept(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Stepped s -> {
                tokens += s.tokens();
                long now = System.nanoTime();
                ObjectNode line = JSON.createObjectNode();
                line.put("event", "step").put("step", s.progress().step());
                line.put("epoch", s.progress().epoch()).put("loss", s.loss());
                line.put("gradientNorm", s.gradientNorm()).put("clipping", s.clipping());
                line.put("learningRate", s.learningRate());
                line.put("tokensPerSecond", Math.round(tokens / ((now - started) * 1e-9)));
                append(line);
                tokens = 0;
                started = now;
            }
            case TrainingEvent.Validated m -> {
                ObjectNode line = JSON.createObjectNode();
                line.put("event", "validate").put("step", m.progress().step());
                line.put("epoch", m.progress().epoch()).put("best", m.best());
                m.metrics().forEach(line::put);
                append(line);
                started = System.nanoTime();
            }
            case TrainingEvent.Recovered r -> {
                ObjectNode line = JSON.createObjectNode();
                line.put("event", "recovered").put("step", r.progress().step());
                line.put("how", r.how().name().toLowerCase(Locale.ROOT));
                append(line.put("why", r.why().getMessage()));
            }
            case TrainingEvent.Ended e -> {
                ObjectNode line = JSON.createObjectNode();
                line.put("event", "end").put("step", e.progress().step());
                append(line.put("reason", e.reason().name()));
            }
        }
    }

    private void append(ObjectNode line) {
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(line) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
