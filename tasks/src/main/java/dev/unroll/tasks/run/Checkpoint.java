package dev.unroll.tasks.run;

import dev.unroll.tasks.weights.Safetensors;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Optimiser;
import dev.unroll.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A point to go on from: weights, the optimiser's moments and the progress in one safetensors file,
 * so that they always belong together.
 */
public final class Checkpoint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FIRST = "first.";
    private static final String SECOND = "second.";

    private Checkpoint() {}

    /** Writes everything. */
    public static void save(
            Path file,
            Map<String, Parameter> parameters,
            Optimiser.Moments moments,
            Progress progress)
            throws IOException {
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        parameters.forEach((name, p) -> arrays.put(name, array(p.value())));
        moments.pairs()
                .forEach(
                        (name, pair) -> {
                            arrays.put(FIRST + name, array(pair.first()));
                            arrays.put(SECOND + name, array(pair.second()));
                        });
        Map<String, String> metadata = Map.of("progress", JSON.writeValueAsString(progress));
        new Safetensors(arrays, metadata).write(file);
    }

    /**
     * A point that was saved.
     *
     * @param moments the optimiser's memory
     * @param progress how far it was
     */
    public record Point(Optimiser.Moments moments, Progress progress) {}

    /** Reads everything back; the parameters are changed in place. */
    public static Point load(Path file, Map<String, Parameter> parameters) throws IOException {
        Safetensors stored = Safetensors.read(file);
        Map<String, Optimiser.Moments.Pair> pairs = new LinkedHashMap<>();
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            String name = entry.getKey();
            Parameter parameter = entry.getValue();
            Tensor first = tensor(file, stored, FIRST + name, parameter);
            Tensor second = tensor(file, stored, SECOND + name, parameter);
            pairs.put(name, new Optimiser.Moments.Pair(first, second));
            parameter.set(tensor(file, stored, name, parameter).toArray());
        }
        try {
            String json = stored.metadata().getOrDefault("progress", "");
            return new Point(new Optimiser.Moments(pairs), JSON.readValue(json, Progress.class));
        } catch (JacksonException e) {
            throw new RunException(
                    file + " does not say how far the training was; start again without it");
        }
    }

    /** Whether there is one. */
    public static boolean exists(Path file) {
        return Files.isRegularFile(file);
    }

    private static Safetensors.Array array(Tensor tensor) {
        return new Safetensors.Array(tensor.shape().dims(), tensor.toArray());
    }

    private static Tensor tensor(Path file, Safetensors stored, String name, Parameter like) {
        Safetensors.Array array = stored.arrays().get(name);
        if (array == null || array.values().length != like.size()) {
            throw new RunException(
                    "%s does not belong to this recipe's model: '%s' is %s"
                            .formatted(file, name, array == null ? "missing" : "of another size"));
        }
        return Tensor.of(array.values(), like.shape().dims());
    }
}
