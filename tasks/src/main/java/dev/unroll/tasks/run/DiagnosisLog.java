package dev.unroll.tasks.run;

import dev.unroll.formats.files.Utf8;
import dev.unroll.formats.files.WholeFile;
import dev.unroll.watch.AttentionMap;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Observed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a watch saw of a training: {@code diagnosis.jsonl}, a JSON object an observed step, and
 * {@code attention.json}, the maps of the last one. Numbers are rounded to four digits.
 */
public final class DiagnosisLog implements Consumer<Observed> {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final MathContext DIGITS = new MathContext(4);

    private final RunFolder folder;

    /** A log in a run's folder. */
    public DiagnosisLog(RunFolder folder) {
        this.folder = folder;
    }

    @Override
    public void accept(Observed seen) {
        try {
            Files.writeString(
                    folder.diagnosis(),
                    JSON.writeValueAsString(line(seen.diagnosis())) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (!seen.attention().isEmpty()) {
                JsonNode maps = rounded(JSON.valueToTree(seen.attention()));
                WholeFile.write(folder.attention(), JSON.writeValueAsString(maps) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write what was seen of the training in " + folder.directory(), e);
        }
    }

    /** {@return a diagnosis as JSON, with its findings in words} */
    public static ObjectNode line(Diagnosis diagnosis) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", diagnosis.step()).put("summary", diagnosis.summary());
        line.set("verdicts", JSON.valueToTree(diagnosis.verdicts()));
        ((ObjectNode) rounded(JSON.valueToTree(diagnosis)))
                .properties()
                .forEach(entry -> line.putIfAbsent(entry.getKey(), entry.getValue()));
        return line;
    }

    private static JsonNode rounded(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                    object.properties().forEach(entry -> entry.setValue(rounded(entry.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, rounded(array.get(i)));
                }
            }
            default -> {
                if (node.isFloatingPointNumber() && Double.isFinite(node.asDouble())) {
                    return JSON.getNodeFactory()
                            .numberNode(
                                    new BigDecimal(node.asDouble()).round(DIGITS).doubleValue());
                }
            }
        }
        return node;
    }

    /**
     * The diagnoses of a run, in their order.
     *
     * @return none if it was not watched
     * @throws RunException if the file is damaged; the message names the line
     */
    public static List<Diagnosis> read(RunFolder folder) throws IOException {
        List<Diagnosis> all = new ArrayList<>();
        if (!Files.isRegularFile(folder.diagnosis())) {
            return all;
        }
        List<String> lines = Utf8.lines(folder.diagnosis());
        for (int i = 0; i < lines.size(); i++) {
            try {
                all.add(JSON.readValue(lines.get(i), Diagnosis.class));
            } catch (JacksonException e) {
                throw damaged(
                        "%s, line %d, is not a diagnosis".formatted(folder.diagnosis(), i + 1), e);
            }
        }
        return all;
    }

    /**
     * The attention maps that were seen last.
     *
     * @return none if the run was not watched or has no attention
     * @throws RunException if the file is damaged
     */
    public static List<AttentionMap> attention(RunFolder folder) throws IOException {
        Path file = folder.attention();
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return List.of(JSON.readValue(Utf8.read(file), AttentionMap[].class));
        } catch (JacksonException e) {
            throw damaged(file + " is not a list of attention maps", e);
        }
    }

    private static RunException damaged(String message, Exception cause) {
        RunException e =
                new RunException(message + "; delete it, or make it anew with 'train --watch'");
        e.initCause(cause);
        return e;
    }
}
