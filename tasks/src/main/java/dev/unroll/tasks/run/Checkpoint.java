package dev.unroll.tasks.run;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     */
    public static Progress load(Path file, Map<String, Parameter> parameters, OptimiserState state)
            throws IOException {
        Safetensors stored = Safetensors.read(file);
        Progress progress = progress(file, stored);
        Map<String, Parameter> tensors = tensors(parameters, state);
        Map<Parameter, float[]> values = new LinkedHashMap<>();
        tensors.forEach((name, p) -> values.put(p, values(file, stored, name, p)));
        values.forEach(Parameter::set);
        return progress;
    }

    private static Progress progress(Path file, Safetensors stored) {
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

    private static float[] values(Path file, Safetensors stored, String name, Parameter like) {
        Safetensors.Array array = stored.arrays().get(name);
        if (array == null || array.values().length != like.size()) {
            throw new RunException(
                    "%s does not belong to this recipe's model and optimiser: '%s' is %s"
                            .formatted(file, name, array == null ? "missing" : "of another size"));
        }
        return array.values();
    }
}
