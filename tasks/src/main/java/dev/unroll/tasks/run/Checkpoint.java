package dev.unroll.tasks.run;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.formats.safetensors.SafetensorsFile;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A point to go on from: weights, the optimiser's state and the progress in one safetensors file,
 * so that they always belong together.
 */
public final class Checkpoint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "optimiser.";

    private Checkpoint() {}

    /** Writes everything. */
    public static void save(
            Path file, Map<String, Parameter> parameters, OptimiserState state, Progress progress)
            throws IOException {
        Map<String, String> metadata = Map.of("progress", JSON.writeValueAsString(progress));
        Safetensors.save(file, tensors(parameters, state), metadata);
    }

    /**
     * Reads everything back.
     *
     * @param parameters changed in place
     * @param state changed in place
     * @throws RunException if the file is of another model or optimiser; nothing has changed
     * @throws IOException if it cannot be read; some of the numbers may then be set
     */
    public static Progress load(Path file, Map<String, Parameter> parameters, OptimiserState state)
            throws IOException {
        try (FileChannel channel = SafetensorsFile.open(file)) {
            SafetensorsFile stored = SafetensorsFile.of(channel, file);
            Progress progress = progress(file, stored);
            Map<String, Parameter> tensors = tensors(parameters, state);
            requireFits(file, stored.shapes(), tensors);
            for (Map.Entry<String, Parameter> tensor : tensors.entrySet()) {
                tensor.getValue().set(stored.values(tensor.getKey()));
            }
            return progress;
        }
    }

    private static void requireFits(
            Path file, Map<String, int[]> shapes, Map<String, Parameter> tensors) {
        tensors.forEach(
                (name, tensor) -> {
                    int[] shape = shapes.get(name);
                    if (!Arrays.equals(shape, tensor.shape().dims())) {
                        throw new RunException(
                                "%s does not belong to this recipe's model and optimiser: '%s' is %s"
                                        .formatted(
                                                file,
                                                name,
                                                shape == null ? "missing" : "of another size"));
                    }
                });
    }

    private static Progress progress(Path file, SafetensorsFile stored) {
        try {
            return JSON.readValue(stored.metadata().getOrDefault("progress", ""), Progress.class);
        } catch (JacksonException e) {
            throw new RunException(
                    file + " does not say how far the training was; start again without it");
        }
    }

    /** {@return true if the checkpoint exists} */
    public static boolean exists(Path file) {
        return Files.isRegularFile(file);
    }

    private static Map<String, Parameter> tensors(
            Map<String, Parameter> parameters, OptimiserState state) {
        Map<String, Parameter> all = new LinkedHashMap<>(parameters);
        state.tensors().forEach((name, tensor) -> all.put(STATE + name, tensor));
        return all;
    }
}
